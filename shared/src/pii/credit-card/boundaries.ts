/** Is a card-shaped number only a piece of something longer: another number, an identifier, a file name, a URL, a message id, an account? */
import { goesOnToAt, isLatinLetter, textBefore, urlBefore } from "../surroundings.js";

const REACH_AFTER = 16;

/** Words that a number may be glued to and still be a card's: card4111..., Visa-4111..., ccnum_4111... */
const GLUED_CARD_WORD =
  /(?:^|[^\p{L}\p{N}])[a-z_]*(?:%b|card|cc|visa|pan|amex|master|maestro|discover|diners|jcb|unionpay|mir|rupay|karten?|carte|tarjeta|cart[aã]o|kort|number|nummer|num|no|nr|n°|nº|numéro|numero|número)[a-z_]*[-_/]?$/iu;
const GLUED_BEFORE = /[\p{Script=Latin}\p{N}][-/\\]$|[\p{L}\p{N}]_+$|\\$/u;
const AMOUNT_BEFORE = /[$€£¥₹+]$/;
const DECIMAL_BEFORE = /(?:\d|^|[\s(=:-])\.$|(?:^|[^\d,.])0,$/;
/** The start of a bank account number in groups: DE89 3704 ... */
const ACCOUNT_BEFORE = /(?:^|[^A-Za-z0-9])[A-Z]{2}\d{2}[ -]$/;

const CARD_FIELD_AFTER = /^[-_/]?(?:exp|cvv|cvc|cid|valid)/i;
const NUMBER_AFTER = /^(?:\.\d|%)/;
const GLUED_AFTER = /^(?:-|_+)[\p{L}\p{N}]/u;
const FILE_NAME_AFTER = /^\.[a-z][a-z0-9]{1,3}(?![a-z0-9])/;
/** A slash leads on to a path, except to an expiry date: 4111...1111/05/27. */
const PATH_AFTER = /^[/\\](?!\d{1,4}(?:[/|;:, ]|$))\S/;

const CARD_PARAMETER = /[?&;](?:[a-z_]*card[a-z_]*|cc|ccnum|pan|number)=$/i;

/** Decides by what touches the number; `separator` is what stands between its groups, "" for none. */
export function isPieceOfAnother(text: string, start: number, end: number, separator: string): boolean {
  const before = textBefore(text, start);
  const after = text.slice(end, end + REACH_AFTER);
  return continuesBefore(before, separator) || continuesAfter(after) || goesOnToAt(text, end) || isInUrl(text, start);
}

function continuesBefore(before: string, separator: string): boolean {
  if (isLatinLetter(before.at(-1)) || GLUED_BEFORE.test(before)) return !GLUED_CARD_WORD.test(before);
  if (separator === "." && before.endsWith(".")) return true;
  return AMOUNT_BEFORE.test(before) || DECIMAL_BEFORE.test(before) || (separator !== "" && ACCOUNT_BEFORE.test(before));
}

function continuesAfter(after: string): boolean {
  if (CARD_FIELD_AFTER.test(after)) return false;
  if (isLatinLetter(after[0])) return true;
  return [NUMBER_AFTER, GLUED_AFTER, FILE_NAME_AFTER, PATH_AFTER].some((pattern) => pattern.test(after));
}

function isInUrl(text: string, start: number): boolean {
  const url = urlBefore(text, start);
  return url !== "" && !CARD_PARAMETER.test(url);
}
