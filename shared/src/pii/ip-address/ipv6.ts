/** Text to addresses of colons and hexadecimal groups. */
import { isIPv6 } from "node:net";
import type { Candidate } from "../candidate.js";
import type { Subject } from "../subject.js";
import { ipRange } from "./range.js";

const PUBLIC = 0.9;
const NOT_PUBLIC = 0.1;
const LONGEST = 45; // eight groups of four, or six and a dotted address
/** Hexadecimal groups with colons, perhaps a dotted address at the end, perhaps a zone. */
const ADDRESS = /(?:[0-9a-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4})?(?:%[0-9a-z._~-]{1,32})?/iy;
const LATIN_LETTER = /\p{Script=Latin}/u;
const COLON = 0x3a;
const GLUED_BEFORE = /[\p{Script=Latin}\p{N}:.]_*$/u;
const GLUED_AFTER = /^(?::|_*[\p{Script=Latin}\p{N}]|\.\d)/u;

export function findIpv6({ text }: Subject): Candidate[] {
  const found: Candidate[] = [];
  let colon = text.indexOf(":");
  while (colon >= 0) {
    if (!hasColonSoon(text, colon + 1)) {
      colon = text.indexOf(":", colon + 1);
      continue;
    }
    let start = startOfGroup(text, colon);
    let end = endOfAddress(text, start);
    if (end === undefined && isLabel(text, start)) {
      start = colon + 1;
      end = addressEnd(text, start);
    }
    if (end !== undefined) found.push(candidateOf(text, start, end));
    colon = text.indexOf(":", endOfColons(text, Math.max(end ?? 0, colon + 1)));
  }
  return found;
}

/** Behind at most four hexadecimal digits: without a second colon there, most colons are done with. */
function hasColonSoon(text: string, position: number): boolean {
  for (let index = position; index <= position + 4; index++) {
    const code = text.charCodeAt(index);
    if (code === COLON) return true;
    if (!isHexCode(code)) return false;
  }
  return false;
}

const isHexCode = (code: number): boolean => (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);

/** Back over the hexadecimal digits in front of the first colon. */
function startOfGroup(text: string, colon: number): number {
  let start = colon;
  while (start > 0 && colon - start < 4 && isHexCode(text.charCodeAt(start - 1))) start--;
  return start;
}

/** A word ends in front of the colon, so the address may begin behind it: "host:2001:db8::1". */
function isLabel(text: string, start: number): boolean {
  return start > 0 && LATIN_LETTER.test(text[start - 1]!);
}

/** Further on over groups that belong to what was just looked at, so that 1:2:3:4 is looked at once and not at each colon. */
function endOfColons(text: string, position: number): number {
  let end = position;
  while (end < text.length && (text[end] === ":" || isHexCode(text.charCodeAt(end)))) end++;
  return end;
}

function endOfAddress(text: string, start: number): number | undefined {
  if (GLUED_BEFORE.test(text.slice(Math.max(0, start - 2), start))) return undefined;
  return addressEnd(text, start);
}

function addressEnd(text: string, start: number): number | undefined {
  ADDRESS.lastIndex = start;
  const matched = ADDRESS.exec(text)?.[0];
  if (matched === undefined) return undefined;
  // a colon behind an address opens what follows: "2001:4860:4860::8888: unreachable"
  const written = /[^:]:$/.test(matched) ? matched.slice(0, -1) : matched;
  const address = written.split("%")[0]!;
  if (address.length > LONGEST || !/\d/.test(address)) return undefined;
  const end = start + written.length;
  const next = text.slice(end, end + 2);
  return isIPv6(address) && !GLUED_AFTER.test(next === ": " || next === ":" ? "" : next) ? end : undefined;
}

function candidateOf(text: string, start: number, end: number): Candidate {
  const range = ipRange(text.slice(start, end).split("%")[0]!);
  return range === "public" ? { start, end, score: PUBLIC } : { start, end, score: NOT_PUBLIC, tags: [range] };
}
