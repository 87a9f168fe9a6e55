/** A document's chunks to its personal data: found in the text joined again, so that no border hides a value, then given to each chunk. */
import { detectPii, type PiiSettings, type PiiSpan } from "@pipeline/shared/pii/detect";
import type { ChunkRecord, PiiSpanRecord } from "@pipeline/shared/records";
import { codePointOffsets } from "@pipeline/shared/text/code-points";

export interface DocumentPii {
  /** Offsets are UTF-16 units of the joined text; ascending, without overlaps. */
  readonly spans: readonly PiiSpan[];
  /** Where each chunk lies in the joined text, and its text. */
  readonly places: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

/** Everything that is found in the document, each value once. */
export function documentPiiOf(chunks: readonly ChunkRecord[], settings: PiiSettings): DocumentPii {
  const places: { start: number; end: number; text: string }[] = [];
  let joined = "";
  for (const { text, overlap, gap } of chunks) {
    const start = joined.length - overlap;
    joined += text.slice(overlap);
    places.push({ start, end: joined.length, text });
    joined += gap;
  }
  return { spans: detectPii(joined, settings), places };
}

/** The spans that touch a chunk, cut to it, in code points of its text. */
export function chunkSpansOf({ spans, places }: DocumentPii, chunk: number): PiiSpanRecord[] {
  const { start, end, text } = places[chunk]!;
  const pointOf = codePointOffsets(text);
  return spansBetween(spans, start, end).map(({ type, score, tags, ...span }) => {
    const from = pointOf(Math.max(0, span.start - start));
    const to = pointOf(Math.min(text.length, span.end - start));
    return { type, start: from, end: to, score, ...(tags && tags.length > 0 && { tags: [...tags] }) };
  });
}

/** By bisection: a document can have many spans and many chunks. */
function spansBetween(spans: readonly PiiSpan[], start: number, end: number): PiiSpan[] {
  let low = 0;
  for (let high = spans.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  const touching: PiiSpan[] = [];
  for (let at = low; at < spans.length && spans[at]!.start < end; at++) touching.push(spans[at]!);
  return touching;
}
