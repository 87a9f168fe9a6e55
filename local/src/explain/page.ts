/** An explanation as a page of text for a person: what was found, what was done, which rule said what and why. */
import { maskedOf } from "@pipeline/shared/pii/redact";
import type { Recipe } from "@pipeline/shared/recipe";
import { ruleRowsOf } from "@pipeline/shared/recipe-table";
import type { RuleResult } from "@pipeline/shared/verdict";
import type { ExplainedChunk, Explanation } from "./explain-document.js";

const PREVIEW = 72; // characters of a chunk's start and end

/** How a good or a bad outcome looks; a terminal shows colours. */
export type Paint = (outcome: "good" | "bad", text: string) => string;

/** The lines of the page. Personal values are masked in it. */
export function pageOf(name: string, explanation: Explanation, recipe: Recipe, paint: Paint = (_, text) => text): string[] {
  const { verdict, reason } = explanation;
  return [
    visible(name),
    ...decisions(explanation),
    "",
    `  verdict     ${paint(verdict === "keep" ? "good" : "bad", reason === null ? verdict : `${verdict}: ${reason}`)}`,
    ...explanation.rules.flatMap((rule) => ruleLines(rule, recipe, paint)),
    "",
    `  chunks      ${explanation.chunks.length}`,
    ...explanation.chunks.flatMap((chunk, at) => chunkLines(chunk, at, explanation, paint)),
    "",
    `  PII         ${explanation.pii.length === 0 ? "none found" : explanation.pii.length}`,
    ...explanation.pii.map((span) => piiLine(span, explanation.text)),
    "",
  ];
}

function decisions({ encoding, language, cleaning }: Explanation): string[] {
  const steps = Object.entries(cleaning?.steps ?? {}).map(([step, edits]) => `${step} ${edits}`);
  const kinds = [cleaning?.html && "read as a web page", cleaning?.code && "indentation kept, as it looks like code"].filter(Boolean);
  return [
    `  encoding    ${encoding.name === "binary" ? "none: binary" : `${encoding.name} (${encoding.source}, confidence ${encoding.confidence.toFixed(2)}, ${encoding.replaced} replaced)`}`,
    `  language    ${language ? `${language.code} (${language.confidence.toFixed(2)})` : "not told"}`,
    `  repairs     ${steps.length === 0 ? "none" : steps.join(" · ")}`,
    ...kinds.map((kind) => `              ${kind}`),
  ];
}

/** A rule by its name, what was measured, and when it drops a document; why, where it dropped this one. */
function ruleLines({ set, name, value, passed }: RuleResult, recipe: Recipe, paint: Paint): string[] {
  const row = ruleRowsOf(recipe).find((row) => row.set === set && row.name === name);
  const outcome = passed ? "pass" : paint("bad", "FAIL");
  const line = `    ${outcome}  ${name.padEnd(14)} ${shown(value).padEnd(10)}  drops ${row?.limit ?? ""}`;
  return passed || !row?.reason ? [line] : [line, `          ${row.reason}`];
}

function shown(value: RuleResult["value"]): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3);
  return value ?? "-";
}

function chunkLines(chunk: ExplainedChunk, at: number, explanation: Explanation, paint: Paint): string[] {
  const { start, end, byteStart, byteEnd, tokens, quality, nonAlphanumericRatio, status, reasons, flags } = chunk;
  const figures = `${tokens} tokens, score ${quality.toFixed(3)}, non-alphanumeric ${nonAlphanumericRatio.toFixed(3)}`;
  const remarks = [...reasons, ...flags].map((remark) => ` · ${remark}`).join("");
  return [
    `    ${String(at + 1).padStart(3)}  ${status === "accepted" ? status : paint("bad", status)}${remarks}: ${figures}; characters ${start} to ${end}, bytes ${byteStart} to ${byteEnd}`,
    `         ${preview(chunk, explanation)}`,
  ];
}

/** The chunk's start and end on one line. */
function preview({ start, end }: ExplainedChunk, { text, pii }: Explanation): string {
  let masked = "";
  let at = start;
  for (const span of pii.filter((span) => span.end > start && span.start < end)) {
    masked += text.slice(at, Math.max(at, span.start)) + maskedOf(text.slice(Math.max(at, span.start), Math.min(end, span.end)));
    at = Math.min(end, span.end);
  }
  const characters = [...visible(masked + text.slice(at, end))];
  if (characters.length <= 2 * PREVIEW) return characters.join("");
  return `${characters.slice(0, PREVIEW).join("")} … ${characters.slice(-PREVIEW).join("")}`;
}

function piiLine({ type, start, end, score, tags }: Explanation["pii"][number], text: string): string {
  const tagged = tags && tags.length > 0 ? ` (${tags.join(", ")})` : "";
  return `    ${type.padEnd(14)} ${visible(maskedOf(text.slice(start, end)))}  score ${score.toFixed(2)}${tagged}, characters ${start} to ${end}`;
}

/** Line feeds and whatever could act on a terminal as a visible sign. */
function visible(text: string): string {
  return text.replace(/\s/gu, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, "·");
}
