/** Digit runs to card numbers: one unbroken run, or groups in a layout that cards are written in, with one separator throughout. */
import { isJoined, runLength } from "../digit-groups.js";
import type { DigitRuns } from "../subject.js";
import { issuerStrength, LONGEST_CARD, passesLuhn, SHORTEST_CARD } from "./issuers.js";

/** Sizes of digit groups as cards are embossed. */
const EMBOSSED: ReadonlySet<string> = new Set(["4,4,4,4", "4,4,4,4,1", "4,4,4,4,2", "4,4,4,4,3", "4,6,5", "4,6,4"]);
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
  "6,13",
  "8,8",
]);
const MOST_GROUPS = 5;
const SEPARATORS: ReadonlySet<string> = new Set([" ", "-", ".", " - ", "  "]);
const LONGEST_SEPARATOR = 3;

/** A number with issuer, length and check digit of a card, from run `first` to run `last`. */
export interface CardGroups {
  readonly first: number;
  readonly last: number;
  /** What stands between all its groups; "" when it is one run. */
  readonly separator: string;
  /** Grouped in a way that numbers in tables are too. */
  readonly isLoose: boolean;
  readonly digits: string;
}

/** The longest card number that begins with this run. */
export function cardAt(text: string, runs: DigitRuns, first: number): CardGroups | undefined {
  if (first >= runs.count) return undefined;
  const length = runLength(runs, first);
  if (length >= SHORTEST_CARD) return length <= LONGEST_CARD ? cardOf(text, runs, first, first, "", false) : undefined;
  if (length < 4 || first + 1 === runs.count) return undefined;
  const end = runs.ends[first]!;
  if (runs.starts[first + 1]! - end > LONGEST_SEPARATOR) return undefined;
  const separator = text.slice(end, runs.starts[first + 1]!);
  return SEPARATORS.has(separator) ? groupedCardAt(text, runs, first, separator) : undefined;
}

function groupedCardAt(text: string, runs: DigitRuns, first: number, separator: string): CardGroups | undefined {
  let last = first;
  let layout = String(runLength(runs, first));
  let longest: CardGroups | undefined;
  while (last - first + 1 < MOST_GROUPS && isJoined(text, runs, last, separator)) {
    last++;
    layout += `,${runLength(runs, last)}`;
    const isEmbossed = EMBOSSED.has(layout);
    if (isEmbossed || (TYPED.has(layout) && (separator !== "." || last > first + 1)))
      longest = cardOf(text, runs, first, last, separator, !isEmbossed) ?? longest;
  }
  return longest;
}

function cardOf(text: string, runs: DigitRuns, first: number, last: number, separator: string, isLoose: boolean): CardGroups | undefined {
  const written = text.slice(runs.starts[first]!, runs.ends[last]!);
  const digits = separator === "" ? written : written.replaceAll(separator, "");
  const isCard = issuerStrength(digits) !== undefined && passesLuhn(digits);
  return isCard ? { first, last, separator, isLoose, digits } : undefined;
}
