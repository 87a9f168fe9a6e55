/** Long runs of one decorative symbol become three of it. */
import type { Editor } from "../editor.js";

/** Rulers, leaders and shouting are shortened from four on. */
const ORNAMENTS = /[-=_*~.!?^·•…\u2012-\u2015\u2500-\u259f\u25a0-\u25ff★☆✱-❋。・！＊－．＝？＿～]/u;
/** Symbols that have longer meanings (headings, quoting, escapes, brackets), from eight on. */
const SIGNS = /[#+<>|/\\:;,'"`@$%&(){}[\]]/;
/** What is also written with spaces between: `- - - -`. */
const SPACED = new Set("-=_*~.·•");
const KEPT = 3;
const SPACE = 0x20;

/** The number from which on a run of the character is shortened; 0 for characters that do not decorate. */
const LIMITS = new Uint8Array(0x10000);
for (let code = 0x21; code < LIMITS.length; code++) {
  const character = String.fromCharCode(code);
  if (ORNAMENTS.test(character)) LIMITS[code] = 4;
  else if (SIGNS.test(character)) LIMITS[code] = 8;
}

/** Shortens decorations. It looks at every third character only: a run of four cannot hide from that. */
export function decorations(editor: Editor): void {
  const { text } = editor;
  for (let index = 0; index < text.length; index += KEPT) {
    const code = text.charCodeAt(index);
    const limit = LIMITS[code]!;
    if (limit === 0) continue;
    if (text.charCodeAt(index + 1) === code) index = shortenRun(editor, index, code, limit);
    else if (text.charCodeAt(index + 1) === SPACE && text.charCodeAt(index + 2) === code) index = shortenSpaced(editor, index, code);
  }
}

/** Returns where to look on (a step is added to it). */
function shortenRun(editor: Editor, index: number, code: number, limit: number): number {
  const { text } = editor;
  let start = index;
  let end = index + 2;
  while (text.charCodeAt(start - 1) === code) start--;
  while (text.charCodeAt(end) === code) end++;
  if (end - start < limit || framesKey(text, start, end)) return index;
  editor.replace(start + KEPT, end, "");
  return end - KEPT;
}

/** Keys and signatures are framed by five dashes and BEGIN or END. */
function framesKey(text: string, start: number, end: number): boolean {
  if (end - start !== 5 || text[start] !== "-") return false;
  return /^(?:BEGIN|END) [A-Z]/.test(text.slice(end, end + 8)) || /[A-Z]/.test(text[start - 1] ?? "");
}

function shortenSpaced(editor: Editor, index: number, code: number): number {
  const { text } = editor;
  if (!SPACED.has(text[index]!)) return index;
  const isPair = (at: number) => text.charCodeAt(at) === code && text.charCodeAt(at + 1) === SPACE;
  let start = index;
  let end = index;
  while (isPair(start - 2)) start -= 2;
  while (isPair(end)) end += 2;
  const isApart = start === 0 || /\s/.test(text[start - 1]!);
  if (isApart && end - start > 2 * KEPT) editor.replace(start + 2 * KEPT, end, "");
  return Math.max(index, end - KEPT);
}
