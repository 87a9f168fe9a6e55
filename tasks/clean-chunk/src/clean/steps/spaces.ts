/** Space variants become spaces, runs of them one; blanks at the borders of lines go, but not the indentation of code, and that of list items is left to their own step. */
import { isItemAt } from "./list-items.js";
import { replaceMatches, type Step } from "./matches.js";

/** Tab, no-break space, the spaces of U+2000 to U+200A, narrow no-break, mathematical and ideographic space. Ogham's mark is visible. */
const VARIANTS = "\\t\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000";
/** Runs of several blanks, or with a variant in them; single spaces at the end of a line, and at its start. */
const RUNS = new RegExp(` [ ${VARIANTS}]+|[${VARIANTS}][ ${VARIANTS}]*| (?![^\\n])|(?<![^\\n]) `, "g");

const TAB = "    ";

/** The step for a document that is code, or is not. In code runs of spaces count: inside strings, before comments, in columns. */
export function spaces(isCode: boolean): Step {
  return (editor) => {
    const { text } = editor;
    replaceMatches(editor, RUNS, ({ 0: run, index }) => {
      const end = index + run.length;
      if (end === text.length || text[end] === "\n") return "";
      if (isCode) return unlessSame(run, run.replace(/[^\t ]/g, " "));
      if (index === 0) return "";
      if (text[index - 1] === "\n") return isItemAt(text, end) ? unlessSame(run, run.replace(/\t/g, TAB).replace(/[^ ]/g, " ")) : "";
      if (run === "\u202f" && isMongolian(text.charCodeAt(index - 1))) return null; // it joins suffixes to their word
      return unlessSame(run, run.includes("\t") ? "\t" : " "); // a tab parts columns
    });
  };
}

const unlessSame = (before: string, after: string): string | null => (after === before ? null : after);

const isMongolian = (code: number): boolean => code >= 0x1800 && code <= 0x18af;
