/** Two or more blank lines become one. */
import type { Editor } from "../editor.js";
import { replaceMatches } from "./matches.js";

const GAP = /\n{3,}/g;

/** Shortens gaps between paragraphs. */
export function blankLines(editor: Editor): void {
  if (editor.text.includes("\n\n\n")) replaceMatches(editor, GAP, () => "\n\n");
}
