/** Whether a text is a web page, or holds one: told by how dense tags stand, because a text about HTML has tags too. */
import { looksLikeCode } from "../code.js";
import { alphanumericCount } from "../letters.js";
import { isBlock, isElement } from "./tags.js";

/** Tags as a page has them; attributes must look like such, so that `<the editor>` and `a <b and c> d` are none. */
const TAG = /<(\/?)([a-z][a-z0-9:-]{0,20})(?:\s+[a-z_:@][\w:.-]*(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>]+))?)*\s*\/?>/gi;
const PAGE = /<!doctype\s+html|<html[\s>]|<body[\s>]/i;
const CODE_SPANS = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]+`/g;
const UNSEEN: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/<script\b/gi, /<\/script\s*>/gi],
  [/<style\b/gi, /<\/style\s*>/gi],
  [/<!--/g, /-->/g],
];
const TAGS_PER_LETTER = 0.02; // one in fifty letters; pages have one in ten to thirty
const TAGS_PER_LETTER_OF_PAGE = 0.005;
const INLINE_ONLY = 6; // fewer tags than these must be blocks to make a page of a text

/** The decision for a whole document. */
export function isHtml(text: string): boolean {
  if (!text.includes("<") || !/<[/!a-z]/i.test(text)) return false;
  const own = text.includes("`") ? text.replace(CODE_SPANS, "") : text;
  const tags = countTags(own);
  if (tags.all < 2 || tags.pairs === 0) return false;
  const rest = UNSEEN.reduce((left, [from, to]) => without(left, from, to), own).replace(TAG, " ");
  const density = tags.all / Math.max(1, alphanumericCount(rest));
  if (PAGE.test(own)) return density >= TAGS_PER_LETTER_OF_PAGE;
  return density >= TAGS_PER_LETTER && (tags.blocks > 0 || tags.all >= INLINE_ONLY) && !looksLikeCode(rest);
}

/** How many tags of elements there are, how many of them end one that was begun, and how many break lines. */
function countTags(text: string): { all: number; pairs: number; blocks: number } {
  const count = { all: 0, pairs: 0, blocks: 0 };
  const begun = new Set<string>();
  for (const [, slash, written] of text.matchAll(TAG)) {
    const name = written!.toLowerCase();
    if (!isElement(name)) continue;
    count.all++;
    if (isBlock(name)) count.blocks++;
    if (slash === "") begun.add(name);
    else if (begun.has(name)) count.pairs++;
  }
  return count;
}

/** The text without what stands between two marks; linear, because the search ends with the first start that has no end. */
function without(text: string, from: RegExp, to: RegExp): string {
  const kept: string[] = [];
  let position = 0;
  from.lastIndex = 0;
  for (let start = from.exec(text); start !== null; start = from.exec(text)) {
    to.lastIndex = from.lastIndex;
    if (to.exec(text) === null) break;
    kept.push(text.slice(position, start.index));
    position = to.lastIndex;
    from.lastIndex = position;
  }
  return kept.join(" ") + text.slice(position);
}
