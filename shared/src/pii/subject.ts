/** The text as detectors read it: digits, spaces and dashes of any script in their ASCII form, those that URLs escape as well, each at its old place. */

const NOT_ASCII = /[^\x00-\x7f]/;
const HAS_ANYTHING = /[0-9@:]|\w{16}/;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** Not the em dash, which stands between words and never inside a number. */
const DASHES = /[\u2010-\u2013\u2212\ufe63]/g;
const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ＠．－＋（）／＿]/g;
const FULL_WIDTH_SHIFT = 0xff01 - 0x21;
/** Zeros of the decimal digits in the basic plane that people write numbers with; nine more follow each. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x0f20, 0x1040,
];
const DIGITS = new RegExp(`[${ZEROS.map((zero) => `\\u{${zero.toString(16)}}-\\u{${(zero + 9).toString(16)}}`).join("")}]`, "gu");

/** A space or dash between digits as the query of a URL has it: card=4716%201089. */
const ESCAPED_SEPARATOR = /(?<=\d)%2[0Dd](?=\d)/g;
/** What stands in its place, so that its own digits are none of the number's. */
export const ESCAPED = "%%%";

/** Shorter than any key, token or address of a currency. */
const LONG = 16;

/** Maximal runs of characters of one kind, ascending: run `i` is `text.slice(starts[i], ends[i])`. */
export interface Runs {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** A text made ready for detection. What all detectors need is computed once. */
export class Subject {
  readonly text: string;
  #digitRuns: Runs | undefined;
  #longRuns: Runs | undefined;

  constructor(text: string) {
    this.text = foldForms(text);
  }

  /** No digit, @, colon or very long word: nothing that a detector looks for. */
  get isBlank(): boolean {
    return !HAS_ANYTHING.test(this.text);
  }

  /** Of ASCII digits. */
  get digitRuns(): Runs {
    this.#digitRuns ??= runsOf(this.text, IS_DIGIT, 1);
    return this.#digitRuns;
  }

  /** Of at least 16 ASCII letters, digits, dashes and underscores. */
  get longRuns(): Runs {
    this.#longRuns ??= runsOf(this.text, IS_OF_TOKEN, LONG);
    return this.#longRuns;
  }
}

/** Every replacement is as long as what it replaces, so offsets stay. */
function foldForms(text: string): string {
  const unescaped = text.includes("%2") ? text.replace(ESCAPED_SEPARATOR, ESCAPED) : text;
  if (!NOT_ASCII.test(text)) return unescaped;
  return unescaped
    .replace(SPACES, " ")
    .replace(DASHES, "-")
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_SHIFT))
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) - ZEROS.findLast((zero) => zero <= digit.charCodeAt(0))!));
}

const codesOf = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 128 }, (_, code) => Number(pattern.test(String.fromCharCode(code))));
const IS_DIGIT = codesOf(/\d/);
const IS_OF_TOKEN = codesOf(/[\w-]/);

/** One pass; `isMember` by ASCII code. */
function runsOf(text: string, isMember: Uint8Array, shortest: number): Runs {
  let starts = new Uint32Array(64);
  let ends = new Uint32Array(64);
  let count = 0;
  const size = text.length;
  for (let index = 0; index < size; index++) {
    if (isMember[text.charCodeAt(index)] !== 1) continue;
    const start = index++;
    while (index < size && isMember[text.charCodeAt(index)] === 1) index++;
    if (index - start < shortest) continue;
    if (count === starts.length) [starts, ends] = [doubled(starts), doubled(ends)];
    starts[count] = start;
    ends[count++] = index;
  }
  return { count, starts, ends };
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
