/** Addresses with the checksums of BIP 173 and BIP 350: bc1q..., bc1p..., ltc1..., addr1... */
import { bech32, bech32m } from "@scure/base";

const SEGWIT: Readonly<Record<string, string>> = { bc: "bitcoin", ltc: "litecoin", tb: "testnet", bcrt: "testnet" };
const SEGWIT_SHAPE = /^(?:bc|ltc|tb|bcrt)1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{11,87}$/;
const OTHER: Readonly<Record<string, string>> = { addr: "cardano", stake: "cardano", cosmos: "cosmos", osmo: "osmosis" };
const OTHER_SHAPE = /^(?:addr|stake|cosmos|osmo)1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{38,120}$/;
const LONGEST = 130;

/** The currency of an address with a right checksum; capitals are allowed, a mixture is not. */
export function bech32Currency(written: string): string | undefined {
  const lower = written.toLowerCase();
  if (written !== lower && written !== written.toUpperCase()) return undefined;
  if (SEGWIT_SHAPE.test(lower)) return segwitCurrency(lower);
  return OTHER_SHAPE.test(lower) ? OTHER[bech32.decodeUnsafe(lower, LONGEST)?.prefix ?? ""] : undefined;
}

/** Version 0 has the older checksum, later ones the newer. */
function segwitCurrency(lower: string): string | undefined {
  const decoded = bech32.decodeUnsafe(lower) ?? bech32m.decodeUnsafe(lower);
  if (decoded === undefined) return undefined;
  const version = decoded.words[0]!;
  const isOld = bech32.decodeUnsafe(lower) !== undefined;
  return version <= 16 && isOld === (version === 0) ? SEGWIT[decoded.prefix] : undefined;
}
