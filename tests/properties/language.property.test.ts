import { detectLanguage } from "@pipeline/clean-chunk/language/language";
import { expect } from "chai";
import { eld } from "eld/small";
import fc from "fast-check";
import { documentsOf } from "../support/corpora.js";

/** What the package itself says of a text that is short enough to be read whole. */
function authority(text: string): ReturnType<typeof detectLanguage> {
  const sample = text.trim();
  const result = eld.detect(sample);
  if (sample.length < 20 || !result.language || !result.isReliable()) return null;
  return { code: result.language, confidence: Math.round((result.getScores()[result.language] ?? 0) * 1000) / 1000 };
}

function agrees(text: string): void {
  expect(detectLanguage(text), text).to.deep.equal(authority(text));
}

/** Letters whose small form is longer or hangs on its place, apostrophes, bytes that eld has no letter for, words past every bound. */
const nasty = fc.constantFrom(
  " ",
  "'",
  "’ ",
  "`",
  "İ",
  "ΟΔΟΣ ",
  "Ǆ",
  "ẞ",
  "5",
  "\ud800",
  "𐐀",
  "\u0301",
  "人",
  "ክብ",
  "a".repeat(80),
  "ξ".repeat(90),
);
const anyText = fc.array(fc.oneof(nasty, fc.string({ unit: "binary" }), fc.string()), { maxLength: 60 }).map((parts) => parts.join(""));

describe("the language of a text", function () {
  this.timeout(60_000);

  it("is what eld says of any text", () => {
    fc.assert(
      fc.property(anyText, (text) => agrees(text.slice(0, 600))),
      { numRuns: 2000 },
    );
  });

  it("is what eld says of declarations in 532 languages and of mails, cut anywhere", () => {
    const texts = [...documentsOf("udhr"), ...documentsOf("mails").slice(0, 1000)].map(String);
    for (const text of texts) for (const at of [0, 0.3, 0.7]) agrees(text.slice(Math.floor(text.length * at)).slice(0, 450));
    expect(new Set(texts.map((text) => detectLanguage(text)?.code)).size).to.be.above(50);
  });
});
