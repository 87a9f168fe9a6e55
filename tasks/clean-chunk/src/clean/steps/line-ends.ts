/** Every way to end a line becomes a line feed. */
import type { Editor } from "../editor.js";
import { replaceMatches } from "./matches.js";

/** CRLF, CR, vertical tab, form feed, line separator, paragraph separator (which is a blank line). NEL is left to the control characters: it may be half of a mojibake. */
const LINE_ENDS = /\r\n?|[\v\f\u2028\u2029]/g;

const SUSPECTS = ["\r", "\f", "\v", "\u2028", "\u2029"];

/** Ends lines with LF. */
export function lineEnds(editor: Editor): void {
  if (!SUSPECTS.some((end) => editor.text.includes(end))) return;
  replaceMatches(editor, LINE_ENDS, ([found]) => (found === "\u2029" ? "\n\n" : "\n"));
}
