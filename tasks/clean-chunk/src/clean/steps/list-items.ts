/** Items of lists: how far they are set in says what belongs to what, in prose too. */
import { applyEdits, type Edit } from "@pipeline/shared/edits";
import { looksLikeCode } from "../code.js";
import type { Editor } from "../editor.js";

/** The mark of an item with something to read behind it: a line of symbols alone is none. */
const MARK = /(?:[-*+•◦▪‣–]|\d{1,3}[.)]|[a-z][.)])[^\S\n](?=[^\n]*[\p{L}\p{N}])/uy;
const LINE = /(?<![^\n]) *([^\n]?)/g;
const DEEPEST = 40;

/** Does an item begin here? */
export function isItemAt(text: string, position: number): boolean {
  MARK.lastIndex = position;
  return MARK.test(text);
}

/** Sets each list in from the border of the page by nothing, and its inner items by as much as before; all else stands at the border already. */
export function listItems(editor: Editor): void {
  const { text } = editor;
  if (!text.includes("\n ")) return;
  const edits = indentationEdits(text);
  const isProse = !looksLikeCode(applyEdits(text, edits)); // or the next look would take all of it for code
  for (const { start, end, replacement } of isProse ? edits : indentationEdits(text, 0)) editor.replace(start, end, replacement);
}

function indentationEdits(text: string, deepest = DEEPEST): Edit[] {
  const edits: Edit[] = [];
  let border = Number.POSITIVE_INFINITY;
  let isBehindBlank = false;
  for (const { 0: line, 1: first, index } of text.matchAll(LINE)) {
    const indent = line.length - first!.length;
    if (first === "") isBehindBlank = true;
    else if (isItemAt(text, index + indent)) {
      border = Math.min(border, indent);
      const wanted = Math.min(indent - border, deepest);
      if (wanted !== indent) edits.push({ start: index, end: index + indent, replacement: " ".repeat(wanted) });
      isBehindBlank = false;
    } else {
      if (isBehindBlank) border = Number.POSITIVE_INFINITY; // a paragraph ends the list in front of it
      isBehindBlank = false;
    }
  }
  return edits;
}
