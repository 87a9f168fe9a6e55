/** Space variants become spaces, runs of them one; blanks at the borders of lines go, but not the indentation of code. */
import type { Editor } from "../editor.js";
import type { Step } from "./matches.js";

const TAB = 9;
const LINE_FEED = 10;
const SPACE = 32;
const NO_BREAK_SPACE = 0xa0;

/** The step for a document that is code, or is not. */
export function spaces(isCode: boolean): Step {
  return (editor) => {
    const { text } = editor;
    let before = LINE_FEED;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > SPACE && code < NO_BREAK_SPACE) before = code;
      else if (code === SPACE && before > SPACE && isPlain(text.charCodeAt(index + 1))) before = code;
      else if (!isBlank(code)) before = code;
      else {
        const start = index;
        while (isBlank(text.charCodeAt(index + 1))) index++;
        tidy(editor, start, index + 1, isCode);
        before = SPACE;
      }
    }
  };
}

/** A character that a single space may stand before: none of the blanks, no line feed, not the end. */
const isPlain = (code: number): boolean => code > SPACE && code < NO_BREAK_SPACE;

/** Tab, space, no-break space, the spaces of U+2000 to U+200A, narrow no-break, mathematical and ideographic space. Ogham's mark is visible. */
function isBlank(code: number): boolean {
  if (code <= SPACE) return code === SPACE || code === TAB;
  if (code < NO_BREAK_SPACE) return false;
  return code === NO_BREAK_SPACE || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f || code === 0x3000;
}

function tidy(editor: Editor, start: number, end: number, isCode: boolean): void {
  const found = editor.text.slice(start, end);
  const tidied = tidiedRun(editor.text, start, end, found, isCode);
  if (tidied !== found) editor.replace(start, end, tidied);
}

function tidiedRun(text: string, start: number, end: number, run: string, isCode: boolean): string {
  if (end === text.length || text.charCodeAt(end) === LINE_FEED) return "";
  const isIndentation = start === 0 || text.charCodeAt(start - 1) === LINE_FEED;
  if (isCode && (isIndentation || isAligned(text, start, end))) return run.replace(/[^\t ]/g, " ");
  if (isIndentation) return "";
  if (run === "\u202f" && isMongolian(text.charCodeAt(start - 1))) return run; // joins suffixes to their word
  return run.includes("\t") ? "\t" : " "; // a tab parts columns
}

/** In code, runs of spaces count inside strings and before comments; between two words of a sentence they do not. */
function isAligned(text: string, start: number, end: number): boolean {
  return (
    !/[\p{L},.;:!?]/u.test(text[start - 1]!) || !/\p{L}/u.test(text[end]!) || isBlank(text.charCodeAt(text.lastIndexOf("\n", start) + 1))
  );
}

const isMongolian = (code: number): boolean => code >= 0x1800 && code <= 0x18af;
