/** Who issued a card number: leading digits and the lengths that the network has issued. */

interface Network {
  readonly name: string;
  /** Leading digits, or a range of them: "4", "51-55". */
  readonly ranges: string;
  readonly lengths: readonly number[];
}

/** Current networks with ranges so narrow, or so common, that issuer, length and check digit together are proof. */
const STRONG: readonly Network[] = [
  { name: "visa", ranges: "4", lengths: [13, 16, 19] },
  { name: "mastercard", ranges: "51-55 2221-2720", lengths: [16] },
  { name: "american_express", ranges: "34 37", lengths: [15] },
  { name: "discover", ranges: "6011 644-649 65 622126-622925", lengths: [16, 19] },
  { name: "diners_club", ranges: "300-305 309 36 38-39", lengths: [14] },
  { name: "jcb", ranges: "3528-3589", lengths: [16] },
  { name: "unionpay", ranges: "62", lengths: [16, 17, 18, 19] },
  { name: "maestro", ranges: "5018 5020 5038 5893 6304 6759 6761-6763", lengths: [16, 18, 19] },
  { name: "mir", ranges: "2200-2204", lengths: [16] },
  { name: "rupay", ranges: "508500-508999 6069-6085", lengths: [16] },
  { name: "elo", ranges: "504175 506699-506778 509000-509999 627780 636297 636368", lengths: [16] },
  { name: "hipercard", ranges: "606282 637095 637568 637599 637609 637612", lengths: [16] },
  { name: "verve", ranges: "506099-506198 507865-507964", lengths: [16, 18, 19] },
  { name: "troy", ranges: "9792", lengths: [16] },
  { name: "naranja", ranges: "589562", lengths: [16] },
  { name: "dankort", ranges: "5019", lengths: [16] },
  { name: "uzcard", ranges: "8600", lengths: [16] },
  { name: "humo", ranges: "9860", lengths: [16] },
  { name: "borica", ranges: "2205", lengths: [16] },
];

/** Wide or retired ranges and rare lengths, which many other numbers fall into: they need a word or a grouping that says card. */
const WEAK: readonly Network[] = [
  { name: "maestro", ranges: "5018 5020 5038 5893 6304 6390 6759 6761-6763 0604", lengths: [12, 13, 14, 15, 17] },
  { name: "maestro", ranges: "50 56-58 67 6390 0604", lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { name: "switch", ranges: "4903 4905 4911 4936 564182 633110 6333-6334", lengths: [16, 18, 19] },
  { name: "laser", ranges: "6706 6709 6771", lengths: [16, 17, 18, 19] },
  { name: "diners_club", ranges: "300-305 309 36 38-39", lengths: [16, 19] },
  { name: "jcb", ranges: "3528-3589", lengths: [17, 18, 19] },
  { name: "jcb", ranges: "1800 2131", lengths: [15] },
  { name: "mir", ranges: "2200-2204", lengths: [17, 18, 19] },
  { name: "rupay", ranges: "60 81-82", lengths: [16] },
  { name: "unionpay", ranges: "8100-8171", lengths: [16, 17, 18, 19] },
  { name: "instapayment", ranges: "637-639", lengths: [16] },
  { name: "interpayment", ranges: "636", lengths: [16, 17, 18, 19] },
  { name: "ukrcard", ranges: "604001-604200", lengths: [16, 17, 18, 19] },
  { name: "bankcard", ranges: "5610 560221-560225", lengths: [16] },
  { name: "uatp", ranges: "1", lengths: [15] },
];

interface Range {
  readonly first: number;
  readonly last: number;
  readonly digits: number;
  readonly lengths: readonly number[];
}

const STRONG_RANGES = STRONG.flatMap(rangesOf);
const WEAK_RANGES = WEAK.flatMap(rangesOf);

export const SHORTEST_CARD = 12;
export const LONGEST_CARD = 19;

/** How much issuer and length say about a number; undefined when no network has issued such a number. */
export function issuerStrength(digits: string): "strong" | "weak" | undefined {
  const isIn = (range: Range) => {
    const lead = Number(digits.slice(0, range.digits));
    return lead >= range.first && lead <= range.last && range.lengths.includes(digits.length);
  };
  if (STRONG_RANGES.some(isIn)) return "strong";
  return WEAK_RANGES.some(isIn) ? "weak" : undefined;
}

/** The check digit of ISO/IEC 7812-1: every second digit from the right doubled, all digits summed. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 0x30;
    const weighted = index % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

function rangesOf({ ranges, lengths }: Network): Range[] {
  return ranges.split(" ").map((range) => {
    const [first, last = first] = range.split("-") as [string, string?];
    return { first: Number(first), last: Number(last), digits: first.length, lengths };
  });
}
