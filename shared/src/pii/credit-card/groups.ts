/** Digit runs to card numbers: one unbroken run, or groups in a layout that cards are written in, with one separator throughout. */
import { isWrap, jointAfter, runLength } from "../digit-groups.js";
import { ESCAPED, type Runs } from "../subject.js";
import { issuerStrength, LONGEST_CARD, passesLuhn, SHORTEST_CARD } from "./issuers.js";

/** Sizes of digit groups as cards are embossed. */
const EMBOSSED: ReadonlySet<string> = new Set(["4,4,4,4", "4,4,4,4,1", "4,4,4,4,2", "4,4,4,4,3", "4,6,5", "4,6,4", "6,13"]);
/** As people type them: believed only where no other digits stand beside. */
const TYPED: ReadonlySet<string> = new Set([
  "4,4,4",
  "4,4,4,1",
  "4,4,4,2",
  "4,4,4,3",
  "4,3,3,3",
  "5,5,5",
  "6,4,4,4",
  "4,8,4",
  "4,12",
  "6,10",
  "8,8",
]);
const MOST_GROUPS = 5;
/** The plus stands for a space in the query of a URL. */
const SEPARATORS: ReadonlySet<string> = new Set([" ", "-", ".", "—", "+", " - ", "  ", ESCAPED]);
/** Two kinds in one number are a slip of the hand where a word says card, and else two ranges: 1990-1995 2221-2230. */
const MISTAKEN_FOR_EACH_OTHER: ReadonlySet<string> = new Set([" ", "-"]);

/** A number with issuer, length and check digit of a card, from run `first` to run `last`. */
export interface CardGroups {
  readonly first: number;
  readonly last: number;
  /** What stands between its groups; "" when it is one run. */
  readonly separator: string;
  /** Grouped in a way that numbers in tables are too. */
  readonly isLoose: boolean;
  /** Groups with spaces and dashes. */
  readonly isMixed: boolean;
  /** It goes on in the next line. */
  readonly isWrapped: boolean;
  readonly digits: string;
}

type Form = Pick<CardGroups, "separator" | "isLoose" | "isMixed" | "isWrapped">;
const UNBROKEN: Form = { separator: "", isLoose: false, isMixed: false, isWrapped: false };

/** The longest card number that begins with this run. */
export function cardAt(text: string, runs: Runs, first: number): CardGroups | undefined {
  if (first >= runs.count) return undefined;
  const length = runLength(runs, first);
  if (length >= SHORTEST_CARD) return length <= LONGEST_CARD ? cardOf(text, runs, first, first, UNBROKEN) : undefined;
  const joint = length < 4 ? undefined : jointAfter(text, runs, first);
  if (joint === undefined) return undefined;
  const separator = isWrap(joint) ? (jointAfter(text, runs, first + 1) ?? "") : joint;
  return SEPARATORS.has(separator) ? groupedCardAt(text, runs, first, separator) : undefined;
}

function groupedCardAt(text: string, runs: Runs, first: number, separator: string): CardGroups | undefined {
  let layout = String(runLength(runs, first));
  let isMixed = false;
  let isWrapped = false;
  let longest: CardGroups | undefined;
  for (let last = first + 1; last < first + MOST_GROUPS; last++) {
    const joint = jointAfter(text, runs, last - 1);
    if (joint === undefined) break;
    if (joint !== separator) {
      const goesOn = isWrap(joint) ? !isWrapped : MISTAKEN_FOR_EACH_OTHER.has(joint) && MISTAKEN_FOR_EACH_OTHER.has(separator);
      if (!goesOn || (isWrap(joint) && longest?.isLoose === false)) break; // what begins the next line is no part of a whole number
      if (isWrap(joint)) isWrapped = true;
      else isMixed = true;
    }
    layout += `,${runLength(runs, last)}`;
    const isLoose = !EMBOSSED.has(layout);
    const isTyped = TYPED.has(layout) && !isMixed && !isWrapped && (separator !== "." || last > first + 1);
    if (!isLoose || isTyped) longest = cardOf(text, runs, first, last, { separator, isLoose, isMixed, isWrapped }) ?? longest;
  }
  return longest;
}

function cardOf(text: string, runs: Runs, first: number, last: number, form: Form): CardGroups | undefined {
  const written = text.slice(runs.starts[first]!, runs.ends[last]!);
  const digits = form.separator === "" ? written : written.replaceAll(/\D/g, "");
  return issuerStrength(digits) !== undefined && passesLuhn(digits) ? { first, last, ...form, digits } : undefined;
}
