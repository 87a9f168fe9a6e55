/** Addresses of Ethereum and its kin: 0x and forty hexadecimal digits, whose capitals are a checksum (EIP-55). */
import { keccak_256 } from "@noble/hashes/sha3.js";

const SHAPE = /^0x[0-9a-f]{40}$/i;
/** Of nobody: zero, the precompiled contracts, and what coins are sent to for ever. */
const OF_NOBODY = /^0x0{30}|^0xd{4}ead|(?:dead){2}$|^0x(.)\1{39}$/i;

/** `checked`: the capitals are right; `plain`: there are none; undefined for no address. Nothing but capitals is a fingerprint. */
export function ethereumForm(written: string): "checked" | "plain" | undefined {
  if (!SHAPE.test(written) || OF_NOBODY.test(written)) return undefined;
  const digits = written.slice(2);
  if (digits === digits.toLowerCase()) return "plain";
  return hasRightCapitals(digits) ? "checked" : undefined;
}

/** A letter is a capital where the hash of the lower-case address has a digit of 8 or more at its place. */
function hasRightCapitals(digits: string): boolean {
  const hash = Buffer.from(keccak_256(Buffer.from(digits.toLowerCase(), "ascii"))).toString("hex");
  return [...digits].every((digit, index) => !/[a-f]/i.test(digit) || /[A-F]/.test(digit) === Number.parseInt(hash[index]!, 16) >= 8);
}
