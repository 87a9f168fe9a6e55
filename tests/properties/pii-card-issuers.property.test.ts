import { issuerStrength, passesLuhn } from "@pipeline/shared/pii/credit-card/issuers";
import cardValidator from "card-validator";
import { expect } from "chai";
import fc from "fast-check";
import { withLuhn } from "../support/pii.js";

const number = fc
  .tuple(fc.integer({ min: 1000, max: 9999 }), fc.constantFrom(13, 14, 15, 16, 19))
  .chain(([lead, length]) =>
    fc.bigInt({ min: 0n, max: 10n ** BigInt(length - 5) - 1n }).map((body) => withLuhn(lead + String(body).padStart(length - 5, "0"))),
  );

/** What the library knows of a number: its network when range, length and check digit are right. */
function networkOf(digits: string): string | undefined {
  const { card, isValid } = cardValidator.number(digits, { luhnValidateUnionPay: true });
  return isValid ? card?.type : undefined;
}

describe("issuerStrength(digits)", () => {
  it("knows every number that an independent list of networks knows", () => {
    fc.assert(
      fc.property(number, (digits) => {
        expect(passesLuhn(digits)).to.equal(true);
        const network = networkOf(digits);
        fc.pre(network !== undefined && !isTooWide(network, digits));
        expect(issuerStrength(digits), `${network} ${digits}`).to.be.oneOf(["strong", "weak"]);
      }),
      { numRuns: 1500 },
    );
  });
});

/** The library takes every number that begins with 6 for Maestro, and lengths that UnionPay and the old ranges of JCB never had. */
function isTooWide(network: string, digits: string): boolean {
  if (network === "maestro") return true;
  return network === "unionpay" ? digits.length < 16 : /^(?:1800|2131)/.test(digits) && digits.length > 15;
}
