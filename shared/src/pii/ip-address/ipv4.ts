/** Text to dotted addresses of four numbers. */
import type { Candidate } from "../candidate.js";
import { isJoined, runLength } from "../digit-groups.js";
import type { Runs, Subject } from "../subject.js";
import { textBefore } from "../surroundings.js";
import { ipRange } from "./range.js";
import { ADDRESS_WORDS, VERSION_WORDS } from "./words.js";

const PARTS = 4;
const NEAR = 32; // "version 31.2.0.1 and 31.2.0.2"
const PUBLIC = 0.8;
const PUBLIC_WITH_WORD = 0.95;
const LIKE_A_VERSION = 0.4;
const VERSION = 0.2;
const NOT_PUBLIC = 0.1;

/** Addresses of public name servers, which else look like versions. */
const RESOLVERS: ReadonlySet<string> = new Set(["1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "4.2.2.1", "4.2.2.2"]);
const HIGHEST_OF_A_VERSION = 20; // four numbers up to here count versions and sections more often than they address hosts

const GLUED_BEFORE = /(?:\.|[\p{Script=Latin}\p{N}](?:-|_+)?)$/u;
/** 1.2.3.4.5, 1.2.3.4.in-addr.arpa, 1.2.3.4-beta, 1.2.3.4x; a range (1.2.3.4-1.2.3.9) may follow. */
const GLUED_AFTER = /^(?:_*[\p{Script=Latin}\p{N}]|\.[\p{Ll}\p{N}_]|-\p{Script=Latin})/u;
/** Chrome/91.0.4.2, but not example.org/93.184.216.34 or //93.184.216.34. */
const PRODUCT_BEFORE = /(?:^|[^\p{L}\p{N}.-])[\p{L}\p{N}_-]+\/$/u;
/** Of a list of packages: tool==91.0.4.2, ^91.0.4.2. */
const REQUIREMENT_BEFORE = /(?:[\p{L}\p{N}\]][=<>~!]=|[\^~])$/u;
/** user@1.2.3.4, http://1.2.3.4, and a port or the length of a network behind. */
const AS_HOST_BEFORE = /(?:@|\/\/)$/;
const AS_HOST_AFTER = /^(?::\d{2,5}(?!\d)|\/(?:[89]|[12]\d|3[0-2])(?!\d))/;

export function findIpv4({ text, digitRuns: runs }: Subject): Candidate[] {
  const found: Candidate[] = [];
  for (let first = 0; first + PARTS <= runs.count; first++) {
    if (!isQuad(text, runs, first)) continue;
    const start = runs.starts[first]!;
    const end = runs.ends[first + PARTS - 1]!;
    const before = textBefore(text, start);
    const endsRange = text[start - 1] === "-" && found.at(-1)?.end === start - 1;
    if ((!endsRange && GLUED_BEFORE.test(before)) || GLUED_AFTER.test(text.slice(end, end + 2))) continue;
    const range = ipRange(text.slice(start, end));
    if (range === "public") found.push({ start, end, score: publicScore(text, start, end, before) });
    else found.push({ start, end, score: NOT_PUBLIC, tags: [range] });
    first += PARTS - 1;
  }
  return found;
}

/** Four numbers from 0 to 255 without leading zeros, with full stops between. */
function isQuad(text: string, runs: Runs, first: number): boolean {
  for (let run = first; run < first + PARTS; run++) {
    const start = runs.starts[run]!;
    const length = runLength(runs, run);
    if (length > 3 || (length > 1 && text[start] === "0") || Number(text.slice(start, start + length)) > 255) return false;
    if (run > first && !isJoined(text, runs, run - 1, ".")) return false;
  }
  return true;
}

function publicScore(text: string, start: number, end: number, before: string): number {
  if (REQUIREMENT_BEFORE.test(before) || VERSION_WORDS.isLabel(text, start) || PRODUCT_BEFORE.test(before)) return VERSION;
  if (AS_HOST_BEFORE.test(before) || AS_HOST_AFTER.test(text.slice(end, end + 8))) return PUBLIC_WITH_WORD;
  if (ADDRESS_WORDS.isBefore(text, start, NEAR)) return PUBLIC_WITH_WORD;
  if (VERSION_WORDS.isBefore(text, start, NEAR) || isLikeAVersion(text.slice(start, end))) return LIKE_A_VERSION;
  return PUBLIC;
}

function isLikeAVersion(written: string): boolean {
  if (RESOLVERS.has(written)) return false;
  return written.endsWith(".0.0") || written.split(".").every((part) => Number(part) <= HIGHEST_OF_A_VERSION);
}
