/** Whether a text is a web page or a feed or book in XML, or holds a page: told by how dense tags stand, because a text about HTML has tags too. */
import { looksLikeCode } from "../code.js";
import { alphanumericCount } from "../letters.js";
import { isBlock, isElement } from "./tags.js";
import { pageNamesOf } from "./xml-names.js";

/** Tags as a page has them; attributes must look like such, so that `<the editor>` and `a <b and c> d` are none. */
const TAG = /<(\/?)([a-z][a-z0-9:-]{0,20})(?:\s+[a-z_:@][\w:.-]*(?:\s*=\s*(?:"[^"]{0,1000}"|'[^']{0,1000}'|[^\s"'<>]+))?)*\s*\/?>/gi;
const LONE_TAG = /<(?:br|p|hr|li)[\s/>]/i;
const PAGE = /<!doctype\s+html|<html[\s>]|<body[\s>]/i;
const PROGRAM = /^\s*<\?(?:php|=)/; // that writes pages
const CODE_SPANS = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]+`/g;
const TAGS_PER_LETTER = 0.02; // one in fifty letters; pages have one in ten to thirty
const TAGS_PER_LETTER_OF_PAGE = 0.005;
const BLOCKS_WITHOUT_END = 4; // old pages begin paragraphs and break lines, and never end them
const INLINE_ONLY = 6; // fewer tags than these must be blocks to make a page of a text

/** The decision for a whole document. */
export function isHtml(text: string): boolean {
  if (pageNamesOf(text) !== null) return true;
  if (!text.includes("</") && !LONE_TAG.test(text)) return false;
  const own = text.includes("`") ? text.replace(CODE_SPANS, "") : text;
  const { first, tags, pairs, blocks, placed, letters } = surveyOf(own);
  const density = tags / Math.max(1, letters);
  if ((pairs === 0 && blocks < BLOCKS_WITHOUT_END) || density < TAGS_PER_LETTER_OF_PAGE) return false;
  if (PAGE.test(own)) return !PROGRAM.test(own) && !looksLikeCode(own.slice(0, first)); // a program that writes pages begins as a program
  if (density < TAGS_PER_LETTER || (blocks > 0 ? placed === 0 : tags < INLINE_ONLY)) return false;
  return !PROGRAM.test(own) && !looksLikeCode(own.replace(TAG, " "));
}

const APART = /[^\s>] $/;

interface Survey {
  /** Where the first tag stands; -1 for none. */
  first: number;
  /** Tags of elements. */
  tags: number;
  /** How many of them end one that was begun. */
  pairs: number;
  /** How many of them break lines. */
  blocks: number;
  /** How many of these stand where tags of pages do: at the start of a line, beside another tag, right behind a word; prose that speaks of `<p>` parts it by a space. */
  placed: number;
  /** Letters and digits that a reader sees. */
  letters: number;
}

function surveyOf(text: string): Survey {
  const survey: Survey = { first: -1, tags: 0, pairs: 0, blocks: 0, placed: 0, letters: 0 };
  const begun = new Set<string>();
  let position = 0;
  let unseen = ""; // the script or style that we are in
  TAG.lastIndex = 0;
  for (let match = TAG.exec(text); match !== null; match = TAG.exec(text)) {
    const name = match[2]!.toLowerCase();
    const isEnd = match[1] !== "";
    if (!isElement(name) || (unseen !== "" && !(isEnd && name === unseen))) continue;
    if (unseen === "") survey.letters += alphanumericCount(text, position, match.index);
    position = TAG.lastIndex;
    unseen = !isEnd && (name === "script" || name === "style") ? name : "";
    if (survey.tags++ === 0) survey.first = match.index;
    if (isBlock(name)) {
      survey.blocks++;
      if (!isEnd && (name === "br" || name === "hr" || !APART.test(text.slice(Math.max(0, match.index - 2), match.index)))) survey.placed++;
    }
    if (!isEnd) begun.add(name);
    else if (begun.has(name)) survey.pairs++;
  }
  survey.letters += alphanumericCount(text, position, text.length);
  return survey;
}
