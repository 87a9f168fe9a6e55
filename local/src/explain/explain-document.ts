/** A document's bytes to everything that the pipeline decides about them, by the very functions that its tasks call. */
import { type ProcessSettings, processDocument } from "@pipeline/clean-chunk/process-document";
import { documentIdOf, sha256Of } from "@pipeline/shared/ids";
import type { PiiSpan } from "@pipeline/shared/pii/detect";
import type { Cleaning, DocumentRecord, Encoding } from "@pipeline/shared/records";
import type { RuleResult } from "@pipeline/shared/verdict";
import { type ValidatedChunk, type ValidateSettings, validateChunks } from "@pipeline/validate/validate-chunks";

export interface ExplainSettings {
  readonly process: ProcessSettings;
  readonly validate: ValidateSettings;
}

export interface ExplainedChunk {
  /** UTF-16 offsets into the explanation's text. */
  readonly start: number;
  readonly end: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly text: string;
  readonly tokens: number;
  readonly quality: number;
  readonly nonAlphanumericRatio: number;
  readonly status: "accepted" | "rejected";
  /** Names of the rules that it fails. */
  readonly reasons: readonly string[];
  readonly flags: readonly string[];
}

export interface Explanation {
  /** Of the name "binary", as file(1) has it, where the bytes are no text. */
  readonly encoding: Encoding;
  /** The cleaned text, with values masked or tagged where the recipe asks for it: what chunks are slices of. */
  readonly text: string;
  readonly verdict: "keep" | "drop";
  readonly reason: string | null;
  readonly rules: readonly RuleResult[];
  readonly chunks: readonly ExplainedChunk[];
  /** UTF-16 offsets into the text. */
  readonly pii: readonly PiiSpan[];
  readonly language: DocumentRecord["language"];
  readonly cleaning: Cleaning | null;
}

const BINARY: Encoding = { name: "binary", confidence: 1, source: "detected", replaced: 0 };

/** `encoding` is believed where the caller knows it. */
export function explainDocument(content: Buffer, settings: ExplainSettings, encoding?: string): Explanation {
  const sha256 = sha256Of(content);
  const raw = { id: documentIdOf("explain", sha256), path: "explained", fileName: "explained", sha256, rawBytes: content.length };
  const { document, chunks, chunkedText } = processDocument(raw, content, settings.process, encoding);
  const validated = validateChunks(document, chunks, settings.validate);
  const first = unitOf(chunkedText, chunks[0]?.charStart ?? 0);
  return {
    encoding: document.encoding ?? BINARY,
    text: chunkedText,
    verdict: document.status === "kept" ? "keep" : "drop",
    reason: document.drop?.reason ?? null,
    rules: document.rules,
    chunks: validated.chunks.map((chunk, at) => explainedChunk(chunk, validated.pii.places[at]!, first)),
    pii: validated.pii.spans.map((span) => ({ ...span, start: span.start + first, end: span.end + first })),
    language: document.language,
    cleaning: document.cleaning,
  };
}

/** The UTF-16 offset of a code point. */
function unitOf(text: string, point: number): number {
  let unit = 0;
  for (let left = point; left > 0; left--) unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
  return unit;
}

function explainedChunk({ chunk, rules, outcome }: ValidatedChunk, place: { start: number; end: number }, first: number): ExplainedChunk {
  const { byteStart, byteEnd, text, tokens } = chunk;
  const { kind, record } = outcome;
  return {
    start: place.start + first,
    end: place.end + first,
    byteStart,
    byteEnd,
    text,
    tokens,
    quality: outcome.kind === "accepted" ? outcome.record.quality.score : outcome.record.quality,
    nonAlphanumericRatio: record.nonAlphanumericRatio,
    status: kind,
    reasons: rules.filter(({ passed }) => !passed).map(({ name }) => name),
    flags: outcome.kind === "accepted" ? outcome.record.flags : [],
  };
}
