/** Where the domain behind an @ ends: labels with dots between, the last of them a top-level domain that exists. */
import { createRequire } from "node:module";
import { domainToUnicode } from "node:url";

/** Read with require because Node 20 warns about importing JSON. */
const TOP_LEVEL: ReadonlySet<string> = new Set(createRequire(import.meta.url)("tlds") as string[]);
/** Reserved for documentation (RFC 2606), so it is in no list of real ones. */
const EXAMPLE_TOP_LEVEL = "example";

const LONGEST_DOMAIN = 253; // RFC 1035
const LONGEST_LABEL = 63;
const LABEL = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?/uy;
const ASCII_LETTERS = /[A-Za-z]{2,63}/y;
const LATIN_OR_DIGIT_OR_DASH = /[\p{Script=Latin}\p{N}_-]/u;
/** An image at twice the size, icon@2x.png, and a version of a package, left-pad@1.3.0: code that looks like an address. */
const NOT_A_HOST = /^(?:\d+x\.|v?\d+\.\d+)/i;

/** The end of the address, or undefined when no domain stands here. */
export function domainEnd(text: string, start: number): number | undefined {
  if (NOT_A_HOST.test(text.slice(start, start + 16))) return undefined;
  const limit = Math.min(text.length, start + LONGEST_DOMAIN);
  let end: number | undefined;
  let position = start;
  for (let labels = 1; position < limit; labels++) {
    const label = matchAt(LABEL, text, position);
    if (label === undefined) break;
    const topLevelEnd = labels === 1 ? undefined : topLevelEndAt(text, position, label);
    if (topLevelEnd !== undefined && topLevelEnd <= limit) end = topLevelEnd;
    const labelEnd = position + label.length;
    if (label.length > LONGEST_LABEL || text[labelEnd] !== ".") break;
    position = labelEnd + 1;
  }
  return end !== undefined && isCutShort(text, end) ? undefined : end;
}

/** Where a top-level domain ends that begins here. Letters of another script may follow it directly: joe@example.com으로. */
function topLevelEndAt(text: string, position: number, label: string): number | undefined {
  if (isTopLevel(label)) return position + label.length;
  const ascii = matchAt(ASCII_LETTERS, text, position);
  if (ascii === undefined || !isTopLevel(ascii)) return undefined;
  const next = String.fromCodePoint(text.codePointAt(position + ascii.length) ?? 0x20);
  return next === "-" || !LATIN_OR_DIGIT_OR_DASH.test(next) ? position + ascii.length : undefined;
}

/** Is this label a top-level domain of the Internet? */
export function isTopLevel(label: string): boolean {
  const lower = label.toLowerCase();
  return TOP_LEVEL.has(lower.startsWith("xn--") ? domainToUnicode(lower) : lower) || lower === EXAMPLE_TOP_LEVEL;
}

/** The domain goes on behind the last top-level domain with a label that is no sentence start: mail.me.internal, host.name.local. */
function isCutShort(text: string, end: number): boolean {
  return /^(?:\.[a-z0-9_]|@|_+[\p{L}\p{N}])/u.test(text.slice(end, end + 4));
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}
