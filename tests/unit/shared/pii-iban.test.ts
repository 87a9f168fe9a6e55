import { expect } from "chai";
import { found } from "../../support/pii.js";

const accounts = (text: string) => found("iban", text);

describe("detectPii: iban", () => {
  const ACCOUNTS = [
    "DE89370400440532013000",
    "DE89 3704 0044 0532 0130 00",
    "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
    "DE89-3704-0044-0532-0130-00",
    "de89370400440532013000",
    "GB82 WEST 1234 5698 7654 32",
    "FR14 2004 1010 0505 0001 3M02 606",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "SA03 8000 0000 6080 1016 7519",
    "PK86DDSB8EE98B330D5F73CF",
    "PS86 MIPA DEC7 C81C 12FA 7E05 E173 B",
    "BY10 0F19 6065 2FA3 E1D4 554B E759",
    "DO94 DAA5 6408 1884 4646 6120 7266",
  ];
  for (const account of ACCOUNTS)
    it(`finds ${account} and nothing around it`, () => {
      for (const text of [`IBAN:${account}.`, `to ${account} by Friday`, `(${account})`, account, `账号${account}。`])
        expect(accounts(text), text).to.deep.equal([account]);
    });

  it("finds accounts that go on in the next line, and in forms", () => {
    for (const joint of ["\n", "\r\n", "\n> ", " \n> > "])
      expect(accounts(`> Bitte auf IBAN DE89 3704 0044${joint}0532 0130 00 zahlen`)).to.have.length(1);
    expect(accounts("https://bank.example.org/pay?iban=DE89370400440532013000&x=1")).to.have.length(1);
  });

  it("reads separators that a URL escapes", () => {
    for (const account of ["DE89%203704%200044%200532%200130%2000", "MT84%20MALT%200110%200001%202345%20MTLC%20AST0%2001S"])
      expect(accounts(`https://bank.example.org/pay?iban=${account}&x=1`)).to.deep.equal([account]);
  });

  const LOOK_ALIKES: [string, string][] = [
    ["wrong check digits", "DE88370400440532013000"],
    ["wrong check digits in a country of letters and digits", "PK87DDSB8EE98B330D5F73CF"],
    ["a country without accounts", "ZZ89370400440532013000"],
    ["a wrong length", "DE8937040044053201300 DE893704004405320130001"],
    ["part of a longer code", "XDE89370400440532013000 DE89370400440532013000X ID-DE89370400440532013000"],
    ["a wrong structure", "GB82123412345698765432"],
    ["a broken grouping in lower case", "de89 37 0400440532013000"],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for an account`, () => expect(accounts(text)).to.deep.equal([]));
});
