/** Two or more blank lines become one. */
import type { Editor } from "../editor.js";

const GAP = /\n{3,}/g;

/** Shortens gaps between paragraphs. */
export function blankLines(editor: Editor): void {
  GAP.lastIndex = 0;
  for (let match = GAP.exec(editor.text); match !== null; match = GAP.exec(editor.text)) editor.replace(match.index + 2, GAP.lastIndex, "");
}
