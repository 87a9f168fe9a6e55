/** What a run made of one planted file, gathered from its records as they stream by: no text is kept. */
import type { AcceptedRecord, DocumentRecord, RejectedRecord } from "@pipeline/shared/records";
import type { PlantedSpan, Truth } from "@pipeline/shared/truth";

export interface Observation {
  document: DocumentRecord | null;
  /** Of the strings that must stay and those that must go: which some accepted chunk holds. */
  readonly held: Set<string>;
  readonly flags: Set<string>;
  /** Reasons for which chunks were rejected. */
  readonly rejected: Set<string>;
  /** Personal data found, in code points of the document; placeless where only a rejected chunk counted it. */
  readonly spans: PlantedSpan[];
}

export const nothingSeen = (): Observation => ({ document: null, held: new Set(), flags: new Set(), rejected: new Set(), spans: [] });

/** Notes what an accepted chunk shows. */
export function noteAccepted(seen: Observation, truth: Truth, chunk: AcceptedRecord): void {
  for (const text of [...(truth.contains ?? []), ...(truth.absent ?? [])]) if (chunk.text.includes(text)) seen.held.add(text);
  for (const flag of chunk.flags) seen.flags.add(flag);
  for (const { type, start, end } of chunk.pii) seen.spans.push({ type, start: chunk.charStart + start, end: chunk.charStart + end });
}

/** A find that nobody can place: outside of the text, where it meets nothing that is planted, and no two at one place. */
const placeless = (type: string, number: number): PlantedSpan => ({ type, start: -1 - number, end: -1 - number });

/** True for a find of which only the rejected chunk is known, not the place. */
export const isPlaceless = ({ start }: PlantedSpan): boolean => start < 0;

/**
 * Notes what a rejected chunk shows. Its record counts personal data without saying where: what is planted in it is taken as found up to
 * that count, anything beyond is found where nothing was planted.
 */
export function noteRejected(seen: Observation, truth: Truth, chunk: RejectedRecord): void {
  seen.rejected.add(chunk.reason);
  for (const [type, count] of Object.entries(chunk.pii)) {
    const planted = (truth.pii ?? []).filter((span) => span.type === type && span.start < chunk.charEnd && span.end > chunk.charStart);
    seen.spans.push(...planted.slice(0, count));
    for (let extra = planted.length; extra < count; extra++) seen.spans.push(placeless(type, seen.spans.length));
  }
}
