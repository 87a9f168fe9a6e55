/** The chunks of one document to what may be stored: accepted with score and personal data, or rejected with a reason. */
import { chunkIdOf, sha256Of } from "@pipeline/shared/ids";
import type { Recipe } from "@pipeline/shared/recipe";
import type { AcceptedRecord, ChunkRecord, DocumentRecord, RejectedRecord } from "@pipeline/shared/records";
import { type RuleResult, verdictOf } from "@pipeline/shared/verdict";
import { chunkSpansOf, type DocumentPii, documentPiiOf } from "./document-pii.js";
import { piiRules } from "./pii-rules.js";
import { judgeChunk } from "./rules.js";
import { scoreChunk } from "./score/score.js";

export type ValidateSettings = Pick<Recipe, "validate" | "score" | "pii">;

export interface ValidatedChunk {
  readonly chunk: ChunkRecord;
  readonly rules: readonly RuleResult[];
  readonly outcome:
    | { readonly kind: "accepted"; readonly record: AcceptedRecord }
    | { readonly kind: "rejected"; readonly record: RejectedRecord };
}

export interface ValidatedDocument {
  readonly chunks: readonly ValidatedChunk[];
  /** Every value once, also where a border cuts it in two. */
  readonly pii: DocumentPii;
  /** Values of a masked or tagged type that are still there: a fault. */
  readonly left: number;
}

/** Pure: the same document, chunks and settings give the same records. `chunks` are all of the document's, in order. */
export function validateChunks(document: DocumentRecord, chunks: readonly ChunkRecord[], settings: ValidateSettings): ValidatedDocument {
  const pii = documentPiiOf(chunks, settings.pii);
  const validated = chunks.map((chunk, at) => validatedOf(document, chunk, chunks.length === 1, pii, at, settings));
  return { chunks: validated, pii, left: leftOf(pii, settings.pii) };
}

function leftOf({ spans }: DocumentPii, { types }: Recipe["pii"]): number {
  return spans.filter(({ type }) => types[type]?.policy === "mask" || types[type]?.policy === "tag").length;
}

function validatedOf(
  document: DocumentRecord,
  chunk: ChunkRecord,
  isOnlyChunk: boolean,
  pii: DocumentPii,
  at: number,
  settings: ValidateSettings,
): ValidatedChunk {
  const { language, cleaning, encoding, metrics } = document;
  const judged = judgeChunk(chunk.text, chunk.tokens, settings.validate, { isOnlyChunk });
  const quality = scoreChunk(chunk.text, { language, cleaning, encoding, metrics }, settings.score);
  const spans = chunkSpansOf(pii, at);
  const rules = [...judged.rules, ...piiRules(spans, settings.pii)];
  const verdict = verdictOf(rules);
  const textSha256 = sha256Of(chunk.text);
  const id = chunkIdOf(document.id, document.rawSha256 ?? "", chunk.charStart, chunk.charEnd, textSha256);
  const { nonAlphanumericRatio, flags } = judged;
  if (verdict.kind === "keep") {
    const { gap: _, ...kept } = chunk;
    const record: AcceptedRecord = { ...kept, id, textSha256, quality, nonAlphanumericRatio, pii: spans, flags: [...flags] };
    return { chunk, rules, outcome: { kind: "accepted", record } };
  }
  const { documentId, ordinal, charStart, charEnd, byteStart, byteEnd, tokens } = chunk;
  const where = { documentId, ordinal, charStart, charEnd, byteStart, byteEnd, tokens };
  const why = { reason: verdict.reason, value: verdict.value, threshold: verdict.threshold };
  const record: RejectedRecord = { ...where, id, ...why, quality: quality.score, nonAlphanumericRatio, pii: countByType(spans) };
  return { chunk, rules, outcome: { kind: "rejected", record } };
}

function countByType(spans: readonly { readonly type: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of spans) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
