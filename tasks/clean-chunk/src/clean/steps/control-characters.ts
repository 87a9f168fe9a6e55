/** Characters that print nothing are removed, except where they shape letters, words or emoji. */
import type { Editor } from "../editor.js";
import { replaceMatches } from "./matches.js";

/**
 * In this order: terminal escape sequences; typewriter overstrikes (x BS x, _ BS x); C0 but tab and LF, DEL, C1, soft hyphen, Arabic letter
 * mark, zero width space, joiners (judged one by one), bidirectional marks and controls, invisible operators, deprecated format characters,
 * byte order mark, annotation characters, noncharacters; tags (hidden text, or the letters of a flag); lone surrogates.
 */
const CONTROLS =
  /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b\n]{0,256}\x07|(\S)\x08(?=\1)|_\x08(?=\S)|[\u200c\u200d]+|\u200b+|[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]+|(?:\udb40[\udc00-\udc7f])+|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ASCII_CONTROLS = /[\x00-\x08\x0b-\x1f\x7f]/;
const NEXT_LINE = /\x85/;

/** Removes what prints nothing; U+0085 becomes the line feed that it means. */
export function controlCharacters(editor: Editor): void {
  if (!mayHold(editor.text)) return;
  replaceMatches(editor, CONTROLS, (match) => {
    const [found] = match;
    const first = found.charCodeAt(0);
    if (first === 0x200c || first === 0x200d) return joinersKept(editor.text, match.index, found);
    if (first === 0x200b) return partsUnspacedWords(editor.text, match.index, found.length) ? keptOnce(found) : "";
    if (first === 0xdb40) return isFlag(editor.text, match.index, found) ? null : "";
    return NEXT_LINE.test(found) ? "\n" : "";
  });
}

const SUSPECTS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]/;

/** One look that settles nearly every document. */
function mayHold(text: string): boolean {
  return ASCII_CONTROLS.test(text) || SUSPECTS.test(text);
}

/** A run of one character shortened to one; null when it is one already. */
function keptOnce(run: string): string | null {
  return run.length === 1 ? null : run[0]!;
}

const LETTER = /[\p{L}\p{M}]/u;
const ARABIC = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]/u;
/** Signs that kill the vowel of an Indic consonant: a joiner behind one chooses the letter's shape even at the end of a word. */
const VIRAMA = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u103a\u17d2\u{11046}\u{1133f}]/u;
const EMOJI_END = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u20e3\u{e007f}]/u;
const EMOJI_START = /\p{Extended_Pictographic}/u;

/** What stays of a run of joiners and non-joiners: all of it between letters and in emoji sequences (repetitions apart), else nothing. */
function joinersKept(text: string, start: number, run: string): string | null {
  const before = characterBefore(text, start);
  const after = characterAt(text, start + run.length);
  const hasMeaning =
    (LETTER.test(before) && LETTER.test(after)) ||
    VIRAMA.test(before) ||
    (run.includes("\u200d") && ((EMOJI_END.test(before) && EMOJI_START.test(after)) || ARABIC.test(before) || ARABIC.test(after)));
  if (!hasMeaning) return "";
  const once = run.replace(/(.)\1+/g, "$1").slice(0, 3);
  return once === run ? null : once;
}

const UNSPACED =
  /[\p{Script=Khmer}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tibetan}]/u;

/** Scripts without spaces use the zero width space to tell where a word ends. */
function partsUnspacedWords(text: string, start: number, length: number): boolean {
  return UNSPACED.test(characterBefore(text, start)) && UNSPACED.test(characterAt(text, start + length));
}

/** Tag letters spell the flag of a region behind a black flag and end with the cancel tag; anywhere else they are hidden text. */
function isFlag(text: string, start: number, tags: string): boolean {
  return characterBefore(text, start) === "\u{1f3f4}" && /^(?:\udb40[\udc30-\udc39\udc61-\udc7a]){2,6}\udb40\udc7f$/.test(tags);
}

function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? "" : String.fromCodePoint(code);
}

function characterBefore(text: string, index: number): string {
  const isPair = (text.charCodeAt(index - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 2) & 0xfc00) === 0xd800;
  return text.slice(Math.max(0, index - (isPair ? 2 : 1)), index);
}
