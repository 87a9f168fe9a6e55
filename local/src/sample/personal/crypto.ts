/** Addresses of crypto-currencies: Base58Check, Bech32 and Bech32m from random keys, and the published examples of Ethereum's checksum. */
import { createHash } from "node:crypto";
import type { Random } from "../random.js";
import type { Value } from "./value.js";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]; // BIP 173
const BECH32_CONSTANT = 1;
const BECH32M_CONSTANT = 0x2bc830a3; // BIP 350

/** EIP-55's own test cases. */
const ETHEREUM = ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"];

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest();

function base58Check(version: number, key: Buffer): string {
  const payload = Buffer.concat([Buffer.from([version]), key]);
  const bytes = Buffer.concat([payload, sha256(sha256(payload)).subarray(0, 4)]);
  let text = "";
  for (let number = BigInt(`0x${bytes.toString("hex")}`); number > 0n; number /= 58n) text = BASE58[Number(number % 58n)] + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(zeros) + text;
}

function polymod(values: readonly number[]): number {
  return values.reduce((sum, value) => {
    const top = sum >>> 25;
    const shifted = ((sum & 0x1ffffff) << 5) ^ value;
    return GENERATORS.reduce((mixed, generator, bit) => ((top >>> bit) & 1 ? mixed ^ generator : mixed), shifted);
  }, 1);
}

/** Eight bits a byte to five bits a value, the last one filled with zeros. */
function fiveBitsOf(bytes: Buffer): number[] {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from(bits.match(/.{1,5}/g)!, (five) => Number.parseInt(five.padEnd(5, "0"), 2));
}

function segwit(prefix: string, version: number, program: Buffer): string {
  const data = [version, ...fiveBitsOf(program)];
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  const expanded = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  const sum = polymod([...expanded, ...data, 0, 0, 0, 0, 0, 0]) ^ (version === 0 ? BECH32_CONSTANT : BECH32M_CONSTANT);
  const check = [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31);
  return `${prefix}1${[...data, ...check].map((value) => BECH32[value]).join("")}`;
}

/** Bitcoin of all four kinds, Litecoin, Dogecoin, Ethereum. */
export function cryptoAddresses(random: Random): Value[] {
  const made = [
    base58Check(0x00, random.bytes(20)),
    base58Check(0x05, random.bytes(20)),
    segwit("bc", 0, random.bytes(20)),
    segwit("bc", 0, random.bytes(32)),
    segwit("bc", 1, random.bytes(32)),
    base58Check(0x30, random.bytes(20)),
    segwit("ltc", 0, random.bytes(20)),
    base58Check(0x1e, random.bytes(20)),
    `0x${random.bytes(20).toString("hex")}`,
  ];
  return [...made, ...ETHEREUM].map((text) => ({ type: "crypto_address", text }));
}
