/** Text to addresses of crypto-currencies, by the checksum that each kind holds. */
import type { Candidate, Detector } from "../candidate.js";
import type { Subject } from "../subject.js";
import { textBefore } from "../surroundings.js";
import { base58Currency } from "./base58.js";
import { bech32Currency } from "./bech32.js";
import { ethereumForm } from "./ethereum.js";

const SHORTEST = 25;
const LONGEST = 130;
const CHECKED = 0.95;
/** Forty digits without a checksum could be a hash, though hashes seldom carry 0x. */
const PLAIN_ETHEREUM = 0.7;
const TESTNET = 0.3; // of coins without a value
const PATH_OR_NAME_AFTER = /^(?:\.[a-z0-9]|@|%)/i;
const GLUED_BEFORE = /[\p{L}\p{N}][.+]$|[%\\+]$/u;
const OTHER_SCRIPT_GLUED = /\p{Script=Latin}$/u;

export const cryptoAddress: Detector = { type: "crypto_address", find };

function find({ text, longRuns: { count, starts, ends } }: Subject): Candidate[] {
  const found: Candidate[] = [];
  for (let run = 0; run < count; run++) {
    const start = starts[run]!;
    const end = ends[run]!;
    if (end - start < SHORTEST || end - start > LONGEST || !standsAlone(text, start, end)) continue;
    const kind = kindOf(text.slice(start, end));
    if (kind !== undefined) found.push({ start, end, ...kind });
  }
  return found;
}

function kindOf(written: string): Pick<Candidate, "score" | "tags"> | undefined {
  const form = ethereumForm(written);
  if (form !== undefined) return { score: form === "checked" ? CHECKED : PLAIN_ETHEREUM, tags: ["ethereum"] };
  const currency = bech32Currency(written) ?? base58Currency(written);
  return currency === undefined ? undefined : { score: currency === "testnet" ? TESTNET : CHECKED, tags: [currency] };
}

function standsAlone(text: string, start: number, end: number): boolean {
  const before = textBefore(text, start, 2);
  return !GLUED_BEFORE.test(before) && !OTHER_SCRIPT_GLUED.test(before) && !PATH_OR_NAME_AFTER.test(text.slice(end, end + 2));
}
