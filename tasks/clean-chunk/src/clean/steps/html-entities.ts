/** Entities become the characters that they name. */
import { decodeHTMLStrict } from "entities";
import type { Editor } from "../editor.js";
import { replaceMatches, type Step } from "./matches.js";

/** With their semicolon only: "&copy=1" is part of an address. Escaped ampersands in front fall at once, so that `&amp;amp;lt;` is one match. */
const ENTITY = /&(?:amp;|AMP;|#0*38;|#[xX]0*26;)*(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});/g;
const ESCAPED_AMPERSANDS = /^&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+(?=.)/;
/** In `total = &sum;` a program takes an address. */
const TAKES_ADDRESS = /(?:[=(,[{!?<>*|:]|\breturn) ?$/;
const ALWAYS = /^&(?:amp|lt|gt|quot|apos|nbsp|#.*|[a-zA-Z]+(?:acute|grave|uml|circ|tilde|cedil|ring|slash|lig|quo|dash));$/i;

/** In code that has its own < and && an entity stands in a string, and is meant so. */
const UNESCAPED = /<|&&|& /;

/** The step for a document that is code, or is not: decodes entities until none of a match is left. */
export function htmlEntities(isCode: boolean): Step {
  return (editor) => {
    if (editor.text.includes("&") && !(isCode && UNESCAPED.test(editor.text))) decodeAll(editor);
  };
}

function decodeAll(editor: Editor): void {
  replaceMatches(editor, ENTITY, ({ 0: found, index }) => {
    const entity = found.replace(ESCAPED_AMPERSANDS, "&");
    const meant = characterOf(entity);
    if (meant === null) return entity === found ? null : entity;
    if (entity === found && !ALWAYS.test(entity) && TAKES_ADDRESS.test(editor.text.slice(Math.max(0, index - 8), index))) return null;
    return meant;
  });
}

/** The character of an entity; null for a name that means nothing and for numbers that are no characters. */
function characterOf(entity: string): string | null {
  const meant = decodeHTMLStrict(entity);
  return meant === entity || meant.includes("\ufffd") ? null : meant;
}
