/** Numbers that only look personal: most pass the very check that a hasty detector relies on. */
import type { Random } from "../random.js";
import { card } from "./cards.js";
import { eanDigit, isLuhnValid, luhnDigit } from "./check-digits.js";
import type { Value } from "./value.js";

/** A value for `{}` in a sentence, which tells a reader what it is. */
export interface LookAlike extends Value {
  readonly sentence: string;
}

type Kind = readonly [type: string, sentence: string, make: (random: Random) => string];

/** Draws until the digits pass Luhn: one in ten does. */
function luhnValid(random: Random, draw: (random: Random) => string): string {
  for (;;) {
    const text = draw(random);
    if (isLuhnValid(text.replace(/\D/g, ""))) return text;
  }
}

const two = (number: number) => String(number).padStart(2, "0");
const clock = (random: Random) => [random.between(0, 23), random.between(0, 59), random.between(0, 59)].map(two).join("");
const dated = (random: Random) => `${random.between(2001, 2026)}${two(random.between(1, 12))}${two(random.between(1, 28))}${clock(random)}`;
const hex = (random: Random, count: number) => random.text("0123456789abcdef", count);
const cardInside = (random: Random) => card(random, "").text;

function years(random: Random): string {
  const first = random.between(1800, 1899);
  const step = random.between(1, 12);
  return [0, 1, 2, 3].map((index) => first + index * step).join(" ");
}

function isbn13(random: Random): string {
  const payload = `978${random.digits(9)}`;
  return `${payload}${eanDigit(payload)}`;
}

/** European articles begin with 40 to 44, as a card of thirteen digits may. */
function ean13(random: Random): string {
  const payload = `4${random.between(0, 4)}${random.digits(10)}`;
  return `${payload}${eanDigit(payload)}`;
}

function imei(random: Random): string {
  const payload = `35${random.digits(12)}`;
  return `${payload}${luhnDigit(payload)}`;
}

/** A parcel number of 22 digits printed in fours, in which sixteen digits from the third group on are a valid card. */
function parcel(random: Random): string {
  return `9400 1${random.digits(3)} ${cardIn16(random)}`.slice(0, 29).concat(` ${random.digits(2)}`);
}

function cardIn16(random: Random): string {
  for (;;) {
    const { text } = card(random, " ");
    if (/^\d{4}( \d{4}){3}$/.test(text)) return text;
  }
}

/** A random UUID whose groups happen to spell a card: the third begins with the version 4, the fourth with the variant. */
function uuidWithCard(random: Random): string {
  for (;;) {
    const card = cardIn16(random).replaceAll(" ", "-");
    if (/^\d{4}-4\d{3}-[89]/.test(card)) return `${hex(random, 8)}-${card}${random.digits(8)}`;
  }
}

const KINDS: readonly Kind[] = [
  ["timestamp_ms", "The event was written at {} by the collector.", (random) => luhnValid(random, () => `17${random.digits(11)}`)],
  ["timestamp_us", "The trace began at {} and ended soon after.", (random) => luhnValid(random, () => `17${random.digits(14)}`)],
  ["timestamp_ns", "The kernel logged {} as the time of the fault.", (random) => luhnValid(random, () => `16${random.digits(17)}`)],
  ["timestamp_digits", "The backup is kept under {} in the archive.", (random) => luhnValid(random, dated)],
  ["uuid", "The record {} was merged with another.", uuidWithCard],
  ["sha1", "The commit {} fixed the leak.", (random) => `${hex(random, 11)}a${cardIn16(random).replaceAll(" ", "")}b${hex(random, 11)}`],
  [
    "sha256",
    "The archive's checksum is {} in the list.",
    (random) => `${hex(random, 23)}f${cardIn16(random).replaceAll(" ", "")}e${hex(random, 23)}`,
  ],
  ["decimal", "The measured ratio was {} in both trials.", (random) => `0.${cardInside(random)}`],
  ["decimal", "The constant is close to {} in these units.", (random) => `3.${cardInside(random)}`],
  [
    "long_number",
    "The product of the two primes is {} exactly.",
    (random) => `${random.digits(9)}${cardInside(random)}${random.digits(7)}`,
  ],
  ["grouped_number", "The estate was valued at {} in the old currency.", () => "4,111,111,111,111,111"],
  ["isbn", "The novel, ISBN {}, is out of print.", (random) => luhnValid(random, isbn13)],
  ["ean", "The label bears the EAN {} beneath its bars.", (random) => luhnValid(random, ean13)],
  ["imei", "The handset with the IMEI {} was returned.", imei],
  ["tracking_number", "The parcel {} has left the depot.", parcel],
  [
    "tracking_number",
    "The courier's number is {} for both boxes.",
    (random) => `1Z${random.text("0123456789ABCDEF", 6)}${random.digits(10)}`,
  ],
  ["years", "The surveys of {} gave the same answer.", (random) => luhnValid(random, years)],
  ["card_wrong_check", "The form was filled with {} as a placeholder.", () => "4111 1111 1111 1112"],
  ["card_wrong_length", "The till printed {} before it jammed.", () => "4111 1111 1111"],
  ["ssn_never_issued", "The template shows {} in the box.", () => "000-12-3456"],
  ["ssn_never_issued", "The trainer always wrote {} on the board.", () => "666-45-6789"],
  ["ssn_never_issued", "The clerk refused {} at once.", () => "219-00-4567"],
  ["postcode", "The letter went to Beverly Hills, CA {} last week.", () => "90210-1234"],
  ["part_number", "The gasket is listed as {} in the catalogue.", () => "A-512-34-5678-90"],
  ["iban_wrong_check", "The invoice gives {} which the bank refused.", () => "GB28 NWBK 6016 1331 9268 19"],
  ["iban_wrong_check", "The typist had put {} by mistake.", () => "DE88370400440532013000"],
  ["product_code", "The spare part {} fits both models.", () => "AB12CDEF3456789012"],
  [
    "version",
    "The fault is gone since version {} of the driver.",
    (random) => `${random.between(1, 9)}.${random.between(0, 20)}.${random.between(0, 9)}.${random.between(1, 200)}`,
  ],
  ["version", "The server runs v{} without a restart.", () => "2.10.33.4"],
  ["section", "The duty is laid down in section {} of the code.", () => "4.12.3.1"],
  ["private_address", "The printer answers at {} inside the office.", () => "192.168.1.20"],
  ["private_address", "The test server listens on {} only.", () => "127.0.0.1"],
  ["out_of_range", "The scanner showed {} and stopped.", () => "256.300.1.999"],
  [
    "clock",
    "The train passed at {} on every day of the week.",
    (random) => `${two(random.between(0, 23))}:${two(random.between(0, 59))}:${two(random.between(0, 59))}`,
  ],
  ["scope_operator", "The call to {} was inlined by the compiler.", () => "std::vector::begin"],
  ["handle", "The author posts as {} now and then.", () => "@anna_berger"],
  ["image_name", "The designer sent {} for the larger screens.", () => "icon@2x"],
  ["decorator", "The method is marked {} in the source.", () => "@Override"],
  ["date_time", "The minutes are dated {} and signed.", () => "2024-05-12 10:30:45"],
  ["years", "The war of {} is not treated here.", () => "1914-1918"],
  ["amount", "The repair will cost {} dollars at most.", () => "10,000-12,000"],
  ["isbn", "The reprint, ISBN {}, has an index.", () => "0-306-40615-2"],
  ["doi", "The paper, doi:{}, was withdrawn.", () => "10.1000/182.2002.5550143"],
  ["coordinates", "The wreck lies at {} below forty metres.", () => "48.85837, 2.294481"],
  ["formula", "The pupil wrote {} on the slate.", () => "12 + 34 - 56 = -10"],
  ["transaction", "The transfer {} is in the ledger.", (random) => `0x${hex(random, 64)}`],
  ["commit", "The bug came with {} two years ago.", (random) => hex(random, 40)],
  ["placeholder", "The guide says to put {} there.", () => "<your-api-key>"],
];

/** One of every kind; look-alikes of one kind stand together. */
export function lookAlikes(random: Random): LookAlike[] {
  return KINDS.map(([type, sentence, make]) => ({ type, sentence, text: make(random) }));
}
