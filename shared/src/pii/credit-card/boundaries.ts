/** Is a card-shaped number only a piece of something longer: another number, an identifier, a file name, a URL, a message id, an account? */
import { goesOnToAt, isLatinLetter, textBefore, urlBefore } from "../surroundings.js";

const REACH_AFTER = 16;

/** Words that a number may be glued to and still be a card's: card4111..., Visa-4111..., ccnum_4111... */
const GLUED_CARD_WORD =
  /(?:^|[^\p{L}\p{N}]|%3F|%26)[a-z_]*(?:%b|card|cc|visa|pan|amex|master|maestro|discover|diners|jcb|unionpay|mir|rupay|karten?|carte|tarjeta|cart[aã]o|kort|number|nummer|num|no|nr|n°|nº|numéro|numero|número)[a-z_]*(?:[-_/]|%3D)?$/iu;
const GLUED_BEFORE = /[\p{Script=Latin}\p{N}][-/\\]$|[\p{L}\p{N}]_+$|(?:^|[\s"'(])\.{0,2}\/$|\\$/u;
/** A line end or tab as programs write it, or a space as URLs do. */
const ESCAPE_BEFORE = /\\[nrt]$/;
const AMOUNT_BEFORE = /[$€£¥₹+^]$/;
/** A number below zero in code or data: x=-4716..., [1, -4716...]. */
const NEGATIVE_BEFORE = /(?:[=(,[{]\s?|:\s)-$/;
/** Whom a chat message is for: <@4716...>. */
const MENTION_BEFORE = /<[@#][!&]?$/;
/** Of a longer row with dots; those of "no." end a word. */
const DOTTED_BEFORE = /(?<!\p{L})\.$/u;
const DECIMAL_BEFORE = /(?:\d|^|[\s(=:[-])\.$|(?:^|[^\d,.])0,$/;
/** 3,14159: a comma for a decimal point; at the start of a line it is the first field of a row. */
const DECIMAL_COMMA_BEFORE = /[ =:[]\d{1,3},$/;
const CURRENCY_BEFORE = /(?:^|[^\p{L}])(?:USD|EUR|GBP|JPY|CHF|INR|CNY|RUB|BRL|CAD|AUD|MXN|KRW|Rs\.?) ?$/u;
/** An application identifier of GS1 in brackets: (01)36006452384618. */
const BARCODE_BEFORE = /\(\d{2,4}\)$/;
const OF_ONE_RUN = [DECIMAL_COMMA_BEFORE, CURRENCY_BEFORE, BARCODE_BEFORE, NEGATIVE_BEFORE, MENTION_BEFORE];
/** The start of a bank account number in groups: DE89 3704 ... */
const ACCOUNT_BEFORE = /(?:^|[^A-Za-z0-9])[A-Z]{2}\d{2}[ -]$/;

const CARD_FIELD_AFTER = /^[-_/]?(?:exp|cvv|cvc|cid|valid)/i;
const NUMBER_AFTER = /^(?:\.\d|%(?!%%|[\dA-F]{2}))/i;
const UNIT_AFTER =
  /^ ?(?:(?:[kmgt]i?)?b(?:ytes?|its?)?|dollars?|euros?|pounds?|yen|rubles?|rupees?|[kcm]m|met(?:er|re)s?|miles?|k?g|[mµn]s|sec(?:ond)?s?|rows?|records?|people|times|years?|items?|users?)(?![\p{L}\p{N}])/iu;
const GLUED_AFTER = /^(?:-|_+)[\p{L}\p{N}]/u;
const FILE_NAME_AFTER = /^\.[a-z][a-z0-9]{1,3}(?![a-z0-9])/;
/** A slash leads on to a path, except to an expiry date: 4111...1111/05/27. */
const PATH_AFTER = /^(?:\/(?!\d{1,4}(?:[/|;:, ]|$))|\\(?!["'\\nrt]))\S/;

/** Of a URL, or of one inside it, which is escaped. */
const CARD_PARAMETER = /(?:^|[?&;\s]|%3F|%26)(?:[a-z_]*card[a-z_]*|cc|ccnum|pan|number)(?:=|%3D)$/i;

/** What is known of a number when its boundaries are looked at. */
export interface Form {
  /** What stands between its groups; "" for none. */
  readonly separator: string;
  /** A slash joins it to a card in front or behind, so that neither is a path. */
  readonly isAfterCard: boolean;
  readonly isBeforeCard: boolean;
}

/** Decides by what touches the number. */
export function isPieceOfAnother(text: string, start: number, end: number, { separator, isAfterCard, isBeforeCard }: Form): boolean {
  const before = textBefore(text, start);
  const after = text.slice(end, end + REACH_AFTER);
  if (!isAfterCard && continuesBefore(before, separator)) return true;
  if (!isBeforeCard && (continuesAfter(after) || (separator === "" && UNIT_AFTER.test(after)))) return true;
  return goesOnToAt(text, end) || isInUrl(text, start) || (separator === "+" && !CARD_PARAMETER.test(before));
}

function continuesBefore(before: string, separator: string): boolean {
  if (ESCAPE_BEFORE.test(before)) return false;
  if (isLatinLetter(before.at(-1)) || GLUED_BEFORE.test(before)) return !GLUED_CARD_WORD.test(before);
  if (separator === "" ? OF_ONE_RUN.some((pattern) => pattern.test(before)) : ACCOUNT_BEFORE.test(before)) return true;
  if (separator === "." && DOTTED_BEFORE.test(before)) return true;
  return AMOUNT_BEFORE.test(before) || DECIMAL_BEFORE.test(before);
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
