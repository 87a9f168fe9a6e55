/** Entities become the characters that they name. */
import { decodeHTML, decodeHTMLStrict } from "entities";
import type { Editor } from "../editor.js";
import { replaceMatches, type Step } from "./matches.js";

/** With their semicolon only: "&copy=1" is part of an address. Escaped ampersands in front fall at once, so that `&amp;amp;lt;` is one match. */
const ENTITY = /&(?:amp;|AMP;|#0*38;|#[xX]0*26;)*(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});/g;
const ESCAPED_AMPERSANDS = /^&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+(?=.)/;
/** In `total = &sum;` a program takes an address. */
const TAKES_ADDRESS = /(?:[=(,[{!?<>*|:]|\breturn) ?$/;
const ALWAYS = /^&(?:amp|lt|gt|quot|apos|nbsp|#.*|[a-zA-Z]+(?:acute|grave|uml|circ|tilde|cedil|ring|slash|lig|quo|dash));$/i;

/** Code in a line of Markdown, close between its backticks: `&amp;` there is what the author shows. */
const CODE_SPAN = /(?<![\w`])`+(?=[^\s`])[^`\n]*[^\s`]`+(?![\w`])|(?<![\w`])`+[^\s`]`+(?![\w`])/g;

/** In code that has its own < and && an entity stands in a string, and is meant so. */
const UNESCAPED = /<|&&|& /;

/** What browsers read in pages although the semicolon is missing; addresses (`?a=1&copy=2`) are left alone. */
const UNENDED = /&(?:[a-zA-Z]{2,6}|#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6})(?![\w;=#])/g;

const ANY = new RegExp(`${ENTITY.source}|${UNENDED.source}`, "g");

/** The step for a document that is code, or the text of a page, or neither: decodes entities until none of a match is left. */
export function htmlEntities({ isCode = false, isPage = false }): Step {
  return (editor) => {
    if (editor.text.includes("&") && !(isCode && UNESCAPED.test(editor.text))) decodeAll(editor, isPage);
  };
}

function decodeAll(editor: Editor, isPage: boolean): void {
  const isShown = isPage ? () => false : insideOf(CODE_SPAN, editor.text);
  replaceMatches(editor, isPage ? ANY : ENTITY, ({ 0: found, index }) => {
    if (isShown(index)) return null;
    if (!found.endsWith(";")) return unendedCharacter(found);
    const entity = found.replace(ESCAPED_AMPERSANDS, "&");
    const meant = characterOf(entity);
    if (meant === null) return entity === found ? null : entity;
    if (entity === found && !ALWAYS.test(entity) && TAKES_ADDRESS.test(editor.text.slice(Math.max(0, index - 8), index))) return null;
    return meant;
  });
}

/** Tells of ascending places whether they lie inside a match. */
function insideOf(pattern: RegExp, text: string): (position: number) => boolean {
  if (!text.includes("`")) return () => false;
  const matches = text.matchAll(pattern);
  let next = matches.next();
  return (position) => {
    while (!next.done && next.value.index + next.value[0].length <= position) next = matches.next();
    return !next.done && next.value.index <= position;
  };
}

function unendedCharacter(found: string): string | null {
  const meant = decodeHTML(found);
  return meant === found || meant.includes("\ufffd") || meant.length > 2 ? null : meant;
}

/** The character of an entity; null for a name that means nothing and for numbers that are no characters. */
function characterOf(entity: string): string | null {
  const meant = decodeHTMLStrict(entity);
  return meant === entity || meant.includes("\ufffd") ? null : meant;
}
