/** Characters that print nothing are removed, except where they shape letters, words or emoji. */
import type { Editor } from "../editor.js";
import { joinersKept, spellsFlag, zeroWidthSpaceKept } from "./joiners.js";
import { replaceMatches } from "./matches.js";

/** What is looked for, in this order; the names are those of groups. */
const CONTROLS = new RegExp(
  [
    /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b\n]{0,256}\x07/, // sequences for terminals: colours, titles
    /(\S)\x08(?=\1)|_\x08(?=\S)/, // overstrikes of typewriters: bold and underlined letters
    /(?<joiners>[\u200c\u200d]+)/,
    /(?<zeroWidth>\u200b+)/,
    /(?<nextLine>\x85)/,
    // Quotes and dashes of windows-1252 that were read as Latin-1, but not parts of UTF-8 that was: those are mojibake.
    /(?<![\xc2-\xdf]|[\xe0-\xf4][\x80-\xbf]{1,2})(?<quote>[\x91-\x97])(?<![\xe0-\xf4].(?=[\x80-\xbf]))/,
    /[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200e\u200f]/, // C0 but tab and LF, C1, soft hyphen, direction marks
    /[\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]/, // direction controls, invisible operators, annotations, byte order mark
    /(?<bullet>[\uf06c\uf06e\uf076\uf0a7\uf0b7\uf0d8\uf0e0\uf0fc])/, // of the fonts Symbol and Wingdings, as word processors write them
    /(?<=[A-Za-z])[\ufe00-\ufe0f]/, // these letters have no variants
    /(?<tags>(?:\udb40[\udc00-\udc7f])+)/,
    /(?<=[\ufe00-\ufe0f]|\udb40[\udd00-\uddef])(?:[\ufe00-\ufe0f]|\udb40[\udd00-\uddef])+/, // a second variation selector hides data
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/, // lone surrogates
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);
/** One look at a text settles nearly all of them. */
const SUSPECTS =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\uf06c-\uf0fc\ufe00-\ufe0f\ufeff\ufff9-\uffff]/;
const FROM_0x91 = "‘’“”•–—";
const BULLETS: Readonly<Record<string, string>> = {
  "\uf06c": "●",
  "\uf06e": "■",
  "\uf076": "❖",
  "\uf0a7": "▪",
  "\uf0b7": "•",
  "\uf0d8": "➢",
  "\uf0e0": "→",
  "\uf0fc": "✓",
};

/** Removes what prints nothing; U+0085 becomes the line feed that it means, or the dots that it is beside stray quotes of windows-1252, and those what they are. */
export function controlCharacters(editor: Editor): void {
  const { text } = editor;
  if (!SUSPECTS.test(text)) return;
  const nextLine = /[\x91-\x97]/.test(text) ? "…" : "\n";
  replaceMatches(editor, CONTROLS, ({ 0: found, index, groups }) => {
    if (groups?.joiners) return joinersKept(text, index, found);
    if (groups?.zeroWidth) return zeroWidthSpaceKept(text, index, found);
    if (groups?.tags) return spellsFlag(text, index, found) ? null : "";
    if (groups?.quote) return FROM_0x91[found.charCodeAt(0) - 0x91]!;
    if (groups?.bullet) return BULLETS[found]!;
    return groups?.nextLine ? nextLine : "";
  });
}
