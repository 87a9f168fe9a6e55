import { applyEdits } from "@pipeline/shared/edits";
import { detectPii } from "@pipeline/shared/pii/detect";
import { maskedOf, redactionEdits } from "@pipeline/shared/pii/redact";
import { type PiiPolicy, withPolicy } from "@pipeline/shared/pii-policy";
import { expect } from "chai";
import { SETTINGS } from "../../support/pii.js";

const redacted = (text: string, policy: PiiPolicy) => applyEdits(text, redactionEdits(text, withPolicy(SETTINGS, policy)));

describe("redactionEdits(text, settings)", () => {
  const TEXT = "Card 4111 1111 1111 1111, mail joe@acme.com.";

  it("masks letters and digits and keeps length and shape", () => {
    expect(redacted(TEXT, "mask")).to.equal("Card XXXX XXXX XXXX XXXX, mail XXXXXXXX.XXX.");
  });

  it("puts the type in place of the value", () => {
    expect(redacted(TEXT, "tag")).to.equal("Card <CREDIT_CARD>, mail <EMAIL>.");
  });

  it("leaves values with another policy alone", () => {
    expect(redactionEdits(TEXT, withPolicy(SETTINGS, "flag"))).to.deep.equal([]);
    expect(redactionEdits(TEXT, withPolicy(SETTINGS, "drop"))).to.deep.equal([]);
  });

  it("hides what only shows once its neighbour is hidden", () => {
    for (const policy of ["mask", "tag"] as const) {
      const once = redacted("order@acme.com 4716108999716531, 4716108999716531@acme.com", policy);
      expect(detectPii(once, withPolicy(SETTINGS, policy))).to.deep.equal([]);
    }
  });

  it("masks characters outside the basic plane unit by unit", () => {
    expect(maskedOf("𝒿oe@acme.com")).to.equal("XXXXXXXXX.XXX");
  });
});
