/** What stands around a candidate: the words near it, the label it carries, the URL or identifier it is part of. */

/** No decision about a place reads further than this from its ends. Callers that look at windows must keep as much on each side. */
export const CONTEXT_CHARACTERS = 256;

const NEAR_BEFORE = 64;
const NEAR_AFTER = 32;
/** Words (as expressions) of scripts that put spaces around words and leave no prefix on them. */
const APART = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]+$/u;
/** What may stand between a label and its value: "order number is: #", "Tracking no. = ", `"id":`. */
const FILLERS = "numbers?|num|no|nos|nr|n°|nº|№|ids?|codes?|refs?|is|was|value|the|a|an|this|your|my|our";
/** "The number of your parcel is", but not "the receipt for": what follows that is not the receipt's. */
const OF_WHAT = String.raw`(?:for|of)(?:\s\p{L}+){1,3}?\s(?:is|was)`;
/** Between a request and its value: "reach me at", "connected to". */
const REQUEST_FILLERS = `${FILLERS}|for|of|to|at|on|from|me|us|him|her|them|directly|anytime|today|now`;
const tailOf = (fillers: string) =>
  String.raw`(?:[)\]]?[\s_-]*(?:${fillers}|${OF_WHAT})(?![\p{L}\p{N}])[.)]?)*["'“„«「\s:：=#№.()（\[*_>|-]*$`;

/** The text up to `length` characters before a place. */
export function textBefore(text: string, start: number, length = NEAR_BEFORE): string {
  return text.slice(Math.max(0, start - Math.min(length, CONTEXT_CHARACTERS)), start);
}

/** Words that stand near a value, or label it. Latin, Greek and Cyrillic ones are found as whole words, others anywhere. */
export class ContextWords {
  readonly #near: RegExp;
  readonly #label: RegExp;

  /** `request`: words that ask for something to be done, so that more may stand between them and the value. */
  constructor(words: readonly string[], kind: "name" | "request" = "name") {
    const whole = words.filter((word) => APART.test(word)).join("|");
    const parts = words.filter((word) => !APART.test(word)).join("|");
    const any = String.raw`(?:(?<![\p{L}\p{N}])(?:${whole})(?!\p{L})${parts && `|${parts}`})`;
    this.#near = new RegExp(any, "iu");
    this.#label = new RegExp(any + tailOf(kind === "name" ? FILLERS : REQUEST_FILLERS), "iu");
  }

  isNear(text: string, start: number, end: number): boolean {
    return this.#near.test(textBefore(text, start)) || this.#near.test(text.slice(end, end + NEAR_AFTER));
  }

  isBefore(text: string, start: number, length = NEAR_BEFORE): boolean {
    return this.#near.test(textBefore(text, start, length));
  }

  /** The last words before the value name it: "IMEI: ", "order no. #". */
  isLabel(text: string, start: number): boolean {
    return this.#label.test(textBefore(text, start));
  }
}

const URL_TAIL = /(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[^\s"'<>|,(){}[\]]*$/i;

/** The part of a URL that stands directly before a place, or "". */
export function urlBefore(text: string, start: number): string {
  return URL_TAIL.exec(textBefore(text, start, CONTEXT_CHARACTERS))?.[0] ?? "";
}

/** The @ of a message id: 20020822.4716@mail.example.org. */
const MESSAGE_ID_TAIL = /^[A-Za-z0-9._$+-]{0,64}@/;

/** Does an identifier with @ go on behind a place, without a space? */
export const goesOnToAt = (text: string, end: number): boolean => MESSAGE_ID_TAIL.test(text.slice(end, end + 72));

const LATIN = /[\p{Script=Latin}]/u;

/** A letter that would belong to the same word or identifier as a digit. Ideographs, Cyrillic or Arabic next to a number do not. */
export const isLatinLetter = (character: string | undefined): boolean => character !== undefined && LATIN.test(character);
