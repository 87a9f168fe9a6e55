/** Characters that join, part or tag others: where they stand decides whether they mean something. */

const LETTER = /[\p{L}\p{M}]/u;
/** Letters whose shape depends on whether they are joined, also with nothing. */
const JOINING = /(?=[\p{L}\p{M}])[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]/u;
/** Signs that kill the vowel of an Indic consonant: a joiner behind one chooses the letter's shape even at the end of a word. */
const VIRAMA = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u103a\u17d2\u{11046}\u{1133f}]/u;
const EMOJI_END = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u20e3]/u;
const EMOJI_START = /\p{Extended_Pictographic}/u;

/** What stays of a run of joiners and non-joiners (null: all of it, as it is): it stays between letters and in emoji sequences (repetitions apart), else nothing. */
export function joinersKept(text: string, start: number, run: string): string | null {
  const before = characterBefore(text, start);
  const after = characterAt(text, start + run.length);
  const hasMeaning =
    (LETTER.test(before) && LETTER.test(after)) ||
    VIRAMA.test(before) ||
    (run.includes("\u200d") && ((EMOJI_END.test(before) && EMOJI_START.test(after)) || JOINING.test(before) || JOINING.test(after)));
  if (!hasMeaning) return "";
  const once = run.replace(/(.)\1+/g, "$1").slice(0, 3);
  return once === run ? null : once;
}

const UNSPACED = /[\p{scx=Khmer}\p{scx=Thai}\p{scx=Lao}\p{scx=Myanmar}\p{scx=Javanese}\p{scx=Balinese}\p{scx=Tibetan}]/u;

/** What stays of zero width spaces: one, where a script without spaces tells by it where a word ends. */
export function zeroWidthSpaceKept(text: string, start: number, run: string): string | null {
  if (!UNSPACED.test(characterBefore(text, start)) || !UNSPACED.test(characterAt(text, start + run.length))) return "";
  return run.length === 1 ? null : run[0]!;
}

/** Tag letters spell the flag of a region behind a black flag and end with the cancel tag; anywhere else they are hidden text. */
export function spellsFlag(text: string, start: number, tags: string): boolean {
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
