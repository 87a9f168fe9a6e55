/** Addresses in base 58 whose last four bytes are a checksum: Bitcoin and what was made after it, Tron, XRP, Monero. */
import { createHash } from "node:crypto";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { base58, base58xmr, base58xrp } from "@scure/base";

interface Currency {
  readonly name: string;
  /** What its addresses begin with and how long they are: looked at before anything is decoded. */
  readonly shape: RegExp;
  /** Leading bytes, in hexadecimal. */
  readonly versions: readonly string[];
  readonly bytes: number;
}

const BASE58 = "[1-9A-HJ-NP-Za-km-z]";
const shaped = (lead: string, rest: string) => new RegExp(`^${lead}${BASE58}{${rest}}$`);

/** Version bytes from each currency's chain parameters. */
const CURRENCIES: readonly Currency[] = [
  { name: "bitcoin", shape: shaped("[13]", "25,34"), versions: ["00", "05"], bytes: 21 },
  { name: "litecoin", shape: shaped("[LM]", "25,34"), versions: ["30", "32"], bytes: 21 },
  { name: "dogecoin", shape: shaped("[D9A]", "25,34"), versions: ["1e", "16"], bytes: 21 },
  { name: "dash", shape: shaped("[X7]", "25,34"), versions: ["4c", "10"], bytes: 21 },
  { name: "zcash", shape: shaped("t[13]", "33"), versions: ["1cb8", "1cbd"], bytes: 22 },
  { name: "tron", shape: shaped("T", "33"), versions: ["41"], bytes: 21 },
  { name: "testnet", shape: shaped("[mn2]", "25,34"), versions: ["6f", "c4"], bytes: 21 },
];
const XRP = /^r[1-9A-HJ-NP-Za-km-z]{24,34}$/;
const MONERO = /^[48][1-9A-HJ-NP-Za-km-z]{94}$/;
const MONERO_INTEGRATED = /^4[1-9A-HJ-NP-Za-km-z]{105}$/;
const CHECKSUM = 4;

/** The currency of an address with a right checksum. */
export function base58Currency(written: string): string | undefined {
  if (XRP.test(written)) return hasDoubleSha(bytesOf(base58xrp, written)) ? "xrp" : undefined;
  if (MONERO.test(written) || MONERO_INTEGRATED.test(written)) return hasKeccak(bytesOf(base58xmr, written)) ? "monero" : undefined;
  const likely = CURRENCIES.filter(({ shape }) => shape.test(written));
  if (likely.length === 0) return undefined;
  const bytes = bytesOf(base58, written);
  const lead = Buffer.from(bytes.subarray(0, 2)).toString("hex");
  const currency = likely.find(({ versions, bytes: length }) => {
    return bytes.length === length + CHECKSUM && versions.some((version) => lead.startsWith(version));
  });
  return currency !== undefined && hasDoubleSha(bytes) ? currency.name : undefined;
}

function bytesOf(coder: { decode(text: string): Uint8Array }, written: string): Uint8Array {
  try {
    return coder.decode(written);
  } catch {
    return new Uint8Array(); // not of this alphabet, or a block that holds no number: no address
  }
}

function hasDoubleSha(bytes: Uint8Array): boolean {
  if (bytes.length <= CHECKSUM) return false;
  const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest();
  return sha256(sha256(bytes.subarray(0, -CHECKSUM)))
    .subarray(0, CHECKSUM)
    .equals(bytes.subarray(-CHECKSUM));
}

function hasKeccak(bytes: Uint8Array): boolean {
  if (bytes.length <= CHECKSUM) return false;
  return Buffer.from(keccak_256(bytes.subarray(0, -CHECKSUM)).subarray(0, CHECKSUM)).equals(bytes.subarray(-CHECKSUM));
}
