/** Items of lists: how far they are set in says what belongs to what, in prose too. */
import { applyEdits, type Edit } from "@pipeline/shared/edits";
import { looksLikeCode } from "../code.js";
import type { Editor } from "../editor.js";

/** The mark of an item with something to read behind it: a line of symbols alone is none. */
const MARK = /(?:[-*+•◦▪‣–]|\d{1,3}[.)]|[a-z][.)])[^\S\n](?=[^\n]*[\p{L}\p{N}])/uy;
const DEEPEST = 40;
const SPACE = 0x20;
const LINE_FEED = 0x0a;

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
  for (let start = 0; start < text.length; start = lineBelow(text, start)) {
    let first = start;
    while (text.charCodeAt(first) === SPACE) first++;
    const indent = first - start;
    if (first === text.length || text.charCodeAt(first) === LINE_FEED) isBehindBlank = true;
    else if (isItemAt(text, first)) {
      border = Math.min(border, indent);
      const wanted = Math.min(indent - border, deepest);
      if (wanted !== indent) edits.push({ start, end: first, replacement: " ".repeat(wanted) });
      isBehindBlank = false;
    } else {
      if (isBehindBlank) border = Number.POSITIVE_INFINITY; // a paragraph ends the list in front of it
      isBehindBlank = false;
    }
  }
  return edits;
}

/** Where the line below the one that starts at `start` starts; the text's end when there is none. */
function lineBelow(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end + 1;
}
