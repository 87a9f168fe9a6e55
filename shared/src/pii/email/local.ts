/** Where the local part in front of an @ begins. */
import { isTopLevel } from "./domain.js";

const LONGEST_LOCAL = 64; // RFC 5321
/** With what may stand glued in front: contact=joe@example.com. */
const LONGEST_RUN = 96;
const LONGEST_QUOTED = 62;

const NONE = 0;
const NEUTRAL = 1; // digits and punctuation that addresses hold
const LATIN = 2;
const OTHER_SCRIPT = 3;

const DIGIT = /\d/;
const LATIN_LETTER = /\p{Script=Latin}/u;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;
const LEADING_PUNCTUATION = /^[^\p{L}\p{N}_+]+/u;
/** Of a URL's query: mailto%3Ajoe@example.com. */
const ESCAPED_BEFORE = /^.*%[0-9A-F]{2}/;
const QUOTED_LOCAL = new RegExp(String.raw`(?<![\p{L}\p{N}])"[^"\s@<>](?:[^"\n@<>]{0,${LONGEST_QUOTED - 2}}[^"\s@<>])?"$`, "u");
/** Sender rewriting keeps the first address inside the new one: bounce-joe=example.com@list.org. */
const REWRITTEN = /^[^=]+=[\p{L}\p{N}.-]+\.([a-z]{2,})$/u;
const USER_OF_URL = /:\/\/[^\s/@]*$/;

/** The start of the address whose domain runs from `domain` to `end`, or undefined when what stands there is no mailbox: a handle, a URL's password, a very long run. */
export function localStart(text: string, at: number, domain: number, end: number): number | undefined {
  if (text[at - 1] === '"') return quotedStart(text, at);
  const runStart = startOfRun(text, at, domain);
  if (at - runStart > LONGEST_RUN) return undefined;
  const mailbox = mailboxOf(text.slice(runStart, at));
  const local = text[end] === "_" ? mailbox.replace(/^_+/, "") : mailbox; // _joe@example.com_ is emphasis
  if (local === "" || local.length > LONGEST_LOCAL || local.endsWith(".")) return undefined;
  const start = at - local.length;
  if (text[start - 1] === "@" || USER_OF_URL.test(text.slice(Math.max(0, start - LONGEST_LOCAL), start))) return undefined;
  return start;
}

function quotedStart(text: string, at: number): number | undefined {
  const quoted = QUOTED_LOCAL.exec(text.slice(Math.max(0, at - LONGEST_QUOTED - 3), at))?.[0];
  return quoted === undefined ? undefined : at - quoted.length;
}

/** Back over address characters of one script: ideographs in front of joe@example.com are the sentence around it. */
function startOfRun(text: string, at: number, domain: number): number {
  const isAsciiDomain = text.charCodeAt(domain) < 0x80;
  let script = NEUTRAL;
  let start = at;
  while (start > 0 && at - start <= LONGEST_RUN) {
    const kind = kindOf(text[start - 1]!);
    if (kind === OTHER_SCRIPT && isAsciiDomain && DIGIT.test(text[start]!)) break; // 联系12345@example.com
    if (kind === NONE || (kind !== NEUTRAL && script !== NEUTRAL && kind !== script)) break;
    if (kind !== NEUTRAL) script = kind;
    start--;
  }
  return start;
}

function kindOf(character: string): number {
  if (character < "\x80") return /[A-Za-z]/.test(character) ? LATIN : /[0-9._%+'=$~-]/.test(character) ? NEUTRAL : NONE;
  if (LATIN_LETTER.test(character)) return LATIN;
  return WORD_CHARACTER.test(character) ? OTHER_SCRIPT : NONE;
}

/** What remains of a run of address characters once quotes, ellipses and `name=` in front are gone. */
function mailboxOf(run: string): string {
  const dots = run.lastIndexOf("..");
  const afterDots = dots < 0 ? run : run.slice(dots + 2);
  const rewritten = REWRITTEN.exec(afterDots)?.[1];
  const assigned = rewritten !== undefined && isTopLevel(rewritten) ? afterDots : afterDots.slice(afterDots.lastIndexOf("=") + 1);
  return assigned.replace(ESCAPED_BEFORE, "").replace(LEADING_PUNCTUATION, "");
}
