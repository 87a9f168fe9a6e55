/** The slices of a cleaned text to chunk records: with their place in the text in code points, and in the raw file in bytes. */
import type { ChunkRecord } from "@pipeline/shared/records";
import { codePointOffsets } from "@pipeline/shared/text/code-points";
import type { Chunk } from "./chunk/chunk.js";
import type { CleanedText } from "./clean/clean.js";

/** One record per slice, in order. */
export function chunkRecordsOf(documentId: string, cleaned: CleanedText, chunks: readonly Chunk[]): ChunkRecord[] {
  const { text } = cleaned;
  const startOf = codePointOffsets(text);
  const endOf = codePointOffsets(text); // its own: with overlap a chunk starts before the last one's end
  return chunks.map(({ start, end, overlap, tokens }, ordinal) => {
    const origin = cleaned.bytesOf(start, end);
    const next = chunks[ordinal + 1]?.start ?? end;
    return {
      documentId,
      ordinal,
      text: text.slice(start, end),
      gap: text.slice(end, Math.max(end, next)),
      overlap,
      charStart: startOf(start),
      charEnd: endOf(end),
      byteStart: origin.start,
      byteEnd: origin.end,
      origin: origin.kind,
      tokens,
    };
  });
}
