/** The step that turns the part of a document which is HTML into the text of the page; what stands around it stays. */
import { Tokenizer } from "htmlparser2";
import type { Editor } from "../editor.js";
import { type Page, Renderer } from "./renderer.js";
import { isBlock, isElement } from "./tags.js";

const START = /<(?:!doctype|!--|([a-z][a-z0-9:-]*)[\s/>])/gi;
const END_TAG = /<\/([a-z]+)\s*>/gi;

/** Replaces markup from the first tag to the last. Entities are left to their own step. */
export function renderHtml(editor: Editor): void {
  const page = pageOf(editor.text);
  if (page === null) return;
  const renderer = new Renderer(editor, page);
  const tokenizer = new Tokenizer({ decodeEntities: false }, renderer);
  tokenizer.write(editor.text.slice(page.start, page.end));
  tokenizer.end();
  renderer.finish();
}

function pageOf(text: string): Page | null {
  let start = -1;
  let hasBlocks = false;
  for (const { 1: name, index } of text.matchAll(START)) {
    const element = name?.toLowerCase();
    if (element !== undefined && !isElement(element)) continue;
    if (start < 0) start = index;
    hasBlocks ||= element !== undefined && isBlock(element);
    if (hasBlocks) break;
  }
  return start < 0 ? null : { start, end: text.lastIndexOf(">") + 1, hasBlocks, lastEnds: lastEndsOf(text) };
}

function lastEndsOf(text: string): Map<string, number> {
  const ends = new Map<string, number>();
  for (const { 1: name, index } of text.matchAll(END_TAG)) ends.set(name!.toLowerCase(), index);
  return ends;
}
