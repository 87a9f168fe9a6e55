import { expect } from "chai";
import { everyOf, found } from "../../support/pii.js";

const addresses = (text: string) => found("crypto_address", text);

describe("detectPii: crypto_address", () => {
  /** From the standards themselves (BIP 173, BIP 350, EIP-55), the first block of Bitcoin, and the documentation of the others. */
  const ADDRESSES: [string, string][] = [
    ["bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
    ["bitcoin", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"],
    ["bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
    ["bitcoin", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"],
    ["bitcoin", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"],
    ["ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
    ["ethereum", "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"],
    ["tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"],
    ["xrp", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"],
    ["monero", "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"],
  ];
  for (const [currency, address] of ADDRESSES)
    it(`finds ${address.slice(0, 20)} of ${currency} and nothing around it`, () => {
      for (const text of [`to ${address}.`, `bitcoin:${address}?amount=1`, `(${address})`, `地址${address}。`, `"${address}"`, address]) {
        expect(addresses(text), text).to.deep.equal([address]);
        expect(everyOf("crypto_address", text)[0]).to.deep.include({ tags: [currency] });
      }
    });

  const LOOK_ALIKES: [string, string][] = [
    ["wrong checksums", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"],
    ["wrong capitals", "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
    ["mixed case of Bech32", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4"],
    ["the checksum of another version", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh"],
    ["hashes", `${"ab12".repeat(10)} 0x${"ab12".repeat(16)} 0x18080B5EBAEAEC17619A6B51DFF93585D986F633`],
    ["nobody's address", `0x${"0".repeat(40)} 0x000000000000000000000000000000000000dEaD`],
    [
      "longer identifiers",
      "x1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa_2 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa.png",
    ],
    ["test coins", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for an address`, () => expect(addresses(text)).to.deep.equal([]));
});
