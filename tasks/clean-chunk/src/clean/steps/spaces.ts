/** Space variants become spaces, runs of them one; blanks at the borders of lines go, but not the indentation of code. */
import { replaceMatches, type Step } from "./matches.js";

/** Tab, no-break space, the spaces of U+2000 to U+200A, narrow no-break, mathematical and ideographic space. Ogham's mark is visible. */
const VARIANTS = "\\t\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000";
/** Runs of several blanks, or with a variant in them; single spaces at the end of a line, and at its start. */
const RUNS = new RegExp(` [ ${VARIANTS}]+|[${VARIANTS}][ ${VARIANTS}]*| (?![^\\n])|(?<![^\\n]) `, "g");

/** The step for a document that is code, or is not. */
export function spaces(isCode: boolean): Step {
  return (editor) => {
    const { text } = editor;
    const isIndented = isCode ? indentedLines(text) : () => false;
    replaceMatches(editor, RUNS, ({ 0: run, index }) => {
      const end = index + run.length;
      if (end === text.length || text[end] === "\n") return "";
      const isIndentation = index === 0 || text[index - 1] === "\n";
      if (isCode && (isIndentation || isIndented(index) || !isBetweenWords(text, index, end))) return plain(run);
      if (isIndentation) return "";
      if (run === "\u202f" && isMongolian(text.charCodeAt(index - 1))) return null; // it joins suffixes to their word
      return run.includes("\t") ? tabOf(run) : " ";
    });
  };
}

/** A tab parts columns. */
const tabOf = (run: string): string | null => (run === "\t" ? null : "\t");

/** In code, runs count inside strings and before comments; between two words of a sentence they do not. */
const isBetweenWords = (text: string, start: number, end: number): boolean =>
  /[\p{L},.;:!?]/u.test(text[start - 1]!) && /\p{L}/u.test(text[end]!);

function plain(run: string): string | null {
  const spaced = run.replace(/[^\t ]/g, " ");
  return spaced === run ? null : spaced;
}

/** Tells for ascending offsets whether their line begins with a blank, each line looked at once. */
function indentedLines(text: string): (offset: number) => boolean {
  let start = 0;
  let end = text.indexOf("\n");
  return (offset) => {
    while (end >= 0 && end < offset) {
      start = end + 1;
      end = text.indexOf("\n", start);
    }
    return /\s/.test(text[start]!);
  };
}

const isMongolian = (code: number): boolean => code >= 0x1800 && code <= 0x18af;
