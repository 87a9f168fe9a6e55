/** Private keys of crypto-currencies in base 58 with a checksum: wallet import format, and extended keys of BIP 32. */
import { createHash } from "node:crypto";
import { base58 } from "@scure/base";

const WALLET_KEY = /^(?:5[1-9A-HJ-NP-Za-km-z]{50}|[KLT6Q][1-9A-HJ-NP-Za-km-z]{51})$/;
const EXTENDED_KEY = /^[xyz]prv[1-9A-HJ-NP-Za-km-z]{107}$/;
const CHECKSUM = 4;

/** The kind of the key that this run of characters is. */
export function base58Key(text: string, start: number, end: number): string | undefined {
  const length = end - start;
  if (length !== 51 && length !== 52 && length !== 111) return undefined;
  const written = text.slice(start, end);
  const kind = WALLET_KEY.test(written) ? "wallet_key" : EXTENDED_KEY.test(written) ? "extended_key" : undefined;
  return kind !== undefined && hasChecksum(base58.decode(written)) ? kind : undefined;
}

function hasChecksum(bytes: Uint8Array): boolean {
  const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest();
  return sha256(sha256(bytes.subarray(0, -CHECKSUM)))
    .subarray(0, CHECKSUM)
    .equals(bytes.subarray(-CHECKSUM));
}
