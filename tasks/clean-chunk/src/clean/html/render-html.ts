/** The step that turns the part of a document which is HTML into the text of the page; what stands around it stays. */
import { Tokenizer } from "htmlparser2";
import type { Editor } from "../editor.js";
import { Pairs } from "./pairs.js";
import { type Page, Renderer } from "./renderer.js";
import { isBlock, isElement } from "./tags.js";
import type { TokenHandler } from "./token-handler.js";
import { pageNamesOf } from "./xml-names.js";

const START = /<(?:!doctype|!--|\?xml|([a-z][a-z0-9:-]*)[\s/>])/gi;

/** Replaces markup from the first tag to the last. Entities are left to their own step. */
export function renderHtml(editor: Editor): void {
  const page = pageOf(editor.text);
  if (page === null) return;
  const source = editor.text.slice(page.start, page.end);
  const pairs = new Pairs(source, page.names);
  tokenize(source, pairs, page.isXml);
  const renderer = new Renderer(editor, page, pairs);
  tokenize(source, renderer, page.isXml);
  renderer.finish();
}

function tokenize(source: string, handler: TokenHandler, isXml: boolean): void {
  const tokenizer = new Tokenizer({ decodeEntities: false, xmlMode: isXml }, handler);
  tokenizer.write(source);
  tokenizer.end();
}

function pageOf(text: string): Page | null {
  const names = pageNamesOf(text);
  if (names !== null) return { start: text.indexOf("<"), end: text.lastIndexOf(">") + 1, hasBlocks: true, isXml: true, names };
  let start = -1;
  let hasBlocks = false;
  for (const { 1: name, index } of text.matchAll(START)) {
    const element = name?.toLowerCase();
    if (element !== undefined && !isElement(element)) continue;
    if (start < 0) start = index;
    hasBlocks ||= element !== undefined && isBlock(element);
    if (hasBlocks) break;
  }
  return start < 0 ? null : { start, end: text.lastIndexOf(">") + 1, hasBlocks, isXml: false, names: (name) => name };
}
