/** One planted file against what the run made of it: in words what came out otherwise, never quoting text. */
import { COVERED_FEATURES, type Truth } from "@pipeline/shared/truth";
import { matchSpans } from "./match-spans.js";
import { isPlaceless, type Observation } from "./observation.js";

/** What a file shows only beside others: of which it is a copy. */
export type DuplicateComplaint = (truth: Truth) => string | null;

type Check = (truth: Truth, seen: Observation) => string | null;

const CHECKS: readonly Check[] = [
  ({ verdict }, { document }) => (verdict === "keep" && document?.status !== "kept" ? `${lossOf(document)}, planted to be kept` : null),
  ({ verdict }, { document }) =>
    verdict === "drop" && document?.status !== "dropped" ? `${document?.status}, planted to be dropped` : null,
  ({ verdict }, { document }) => (verdict === "any" && document?.status === "failed" ? lossOf(document) : null),
  ({ verdict, reasons }, { document }) =>
    verdict === "drop" && reasons && document?.drop && !reasons.includes(document.drop.reason)
      ? `dropped as ${document.drop.reason}, planted as ${reasons.join(" or ")}`
      : null,
  ({ encodings }, { document }) =>
    encodings && !encodings.includes(document?.encoding?.name ?? "")
      ? `read as ${document?.encoding?.name ?? "nothing"}, planted as ${encodings.join(" or ")}`
      : null,
  ({ contains = [] }, { held }) => listed("lost", "that must stay", contains, (text) => !held.has(text)),
  ({ absent = [] }, { held }) => listed("kept", "that must go", absent, (text) => held.has(text)),
  ({ flags = [] }, { flags: seen }) => flags.find((flag) => !seen.has(flag))?.replace(/^/, "no chunk is flagged ") ?? null,
  ({ rejectedChunk }, { rejected }) => (rejectedChunk && !rejected.has(rejectedChunk) ? `no chunk was rejected as ${rejectedChunk}` : null),
  personalData,
];

/** Everything that is wrong with a file, as one line; null when nothing is. */
export function complaintOf(truth: Truth, seen: Observation, duplicate: DuplicateComplaint): string | null {
  if (!seen.document) return "the run holds no such document";
  const complaints = [...CHECKS.map((check) => check(truth, seen)), duplicate(truth)].filter((complaint) => complaint !== null);
  return complaints.length === 0 ? null : complaints.join("; ");
}

function lossOf(document: Observation["document"]): string {
  if (document?.drop) return `dropped as ${document.drop.reason}`;
  return document?.failure ? `failed with ${document.failure.code}` : "kept";
}

function listed(what: string, which: string, strings: readonly string[], isWrong: (text: string) => boolean): string | null {
  const wrong = strings.flatMap((text, index) => (isWrong(text) ? [`${index + 1}`] : []));
  return wrong.length === 0 ? null : `${what} ${wrong.length} of ${strings.length} strings ${which} (no. ${wrong.join(", ")})`;
}

function personalData({ pii, lookAlikes = [] }: Truth, { document, spans }: Observation): string | null {
  if (!pii || document?.status !== "kept") return null;
  const { missed, extra } = matchSpans(pii, spans);
  const complaints = [
    ...missed.filter(({ type }) => COVERED_FEATURES.has(type)).map(({ type, start, end }) => `missed ${type} at ${start}-${end}`),
    ...extra.map((span) => {
      const fooledBy = lookAlikes.find(({ start, end }) => start < span.end && span.start < end);
      const place = isPlaceless(span) ? "in a rejected chunk" : `at ${span.start}-${span.end}`;
      return `found ${span.type} ${place}, where ${fooledBy ? `a look-alike (${fooledBy.type})` : "nothing"} is planted`;
    }),
  ];
  return complaints.length === 0 ? null : complaints.join("; ");
}
