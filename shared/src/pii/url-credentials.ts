/** Text to URLs with a user name and a password inside: https://joe:secret@example.org/. */
import type { Candidate, Detector } from "./candidate.js";
import type { Subject } from "./subject.js";

const LONGEST_SCHEME = 24;
const LONGEST_AUTHORITY = 256;
const LONGEST_REST = 512;

const SCHEME = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*$/i;
/** User (may be missing), password and host; a password may hold an @ itself, so the last one counts. */
const AUTHORITY =
  /^([^\s/?#"'<>`|\\@:]*):([^\s/?#"'<>`|\\]+)@((?:[\p{L}\p{N}][\p{L}\p{N}._-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:,[\p{L}\p{N}._-]+(?::\d{1,5})?)*)/iu;
const REST = /^[/?#][^\s"'<>`|\\^{}]*/;
const SENTENCE_END = /[.,;:!?)\]]+$/;
/** Where a manual leaves room for the reader's own: user:password@, user:<pass>@, $USER:$PASS@, user:***@. */
const PLACEHOLDER =
  /^(?:pass(?:w(?:or)?d)?|pwd|secret|token|x+|\*+|\.+|your[-_]?\w*|my[-_]?\w*|[$%{[(<].*|\w*[$%{<].*[}>]|api[-_]?key|example|changeme)$/i;
const HIDDEN = /^[X*•]+$/;

const PASSWORD = 0.9;
const EMPTY_LOOKING = 0.4;

export const urlCredentials: Detector = { type: "url_credentials", find };

function find({ text }: Subject): Candidate[] {
  const found: Candidate[] = [];
  for (let slashes = text.indexOf("://"); slashes >= 0; slashes = text.indexOf("://", slashes + 3)) {
    const scheme = SCHEME.exec(text.slice(Math.max(0, slashes - LONGEST_SCHEME), slashes))?.[0];
    const authority = AUTHORITY.exec(text.slice(slashes + 3, slashes + 3 + LONGEST_AUTHORITY));
    if (scheme === undefined || authority === null || HIDDEN.test(authority[2]!)) continue;
    const start = slashes - scheme.length;
    const end = endOfUrl(text, slashes + 3 + authority[0].length);
    found.push(candidateOf(start, end, authority[2]!));
    slashes = end - 3;
  }
  return found;
}

function candidateOf(start: number, end: number, password: string): Candidate {
  return PLACEHOLDER.test(password) ? { start, end, score: EMPTY_LOOKING, tags: ["example"] } : { start, end, score: PASSWORD };
}

/** With path and query, without what ends the sentence. */
function endOfUrl(text: string, hostEnd: number): number {
  const rest = REST.exec(text.slice(hostEnd, hostEnd + LONGEST_REST))?.[0] ?? "";
  const whole = text.slice(hostEnd - 1, hostEnd) + rest;
  return hostEnd - 1 + whole.replace(SENTENCE_END, "").length;
}
