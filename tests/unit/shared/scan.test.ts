import { LETTER, SYMBOL } from "@pipeline/shared/text/character-classes";
import { ENDS_LINE, ENDS_PARAGRAPH, ENDS_SENTENCE, GLUED, OVERLONG, PIECE, scanText } from "@pipeline/shared/text/scan";
import { expect } from "chai";

const hashesOf = (text: string) => [...scanText(text).hashes.subarray(0, scanText(text).stored)];
const flagged = (text: string, flag: number) => {
  const { flags, stored } = scanText(text);
  return [...flags.subarray(0, stored)].filter((value) => value & flag).length;
};

describe("scanText(text)", () => {
  it("counts code points by kind", () => {
    const { characters, counts } = scanText("Ab 1, € 😀");
    expect(characters).to.equal(9);
    expect(counts[LETTER]).to.equal(2);
    expect(counts[SYMBOL]).to.equal(2);
  });

  it("gives equal words equal hashes whatever their case and surroundings", () => {
    const [first, ...others] = hashesOf("straße STRASSE. Straße, «straße»");
    expect(others).to.include(first).and.have.length(3);
    expect(new Set(hashesOf("Привет, привет! ПРИВЕТ")).size).to.equal(1);
    expect(new Set(hashesOf("Ἀθήνα ἀθήνα")).size).to.equal(1);
  });

  it("keeps apostrophes, hyphens and joiners inside words", () => {
    expect(scanText("don't rock-n-roll l’eau می‌خواهم col·legi").words).to.equal(5);
    expect(scanText("'quoted' -dash- end-").words).to.equal(3);
  });

  it("takes characters in short runs where a script has no spaces", () => {
    expect(scanText("人人生而自由").words).to.equal(3);
    expect(flagged("人人生而自由", PIECE)).to.equal(3);
    expect(flagged("มนุษย์ทั้งหลาย", PIECE)).to.equal(3);
    expect(flagged("plain words", PIECE)).to.equal(0);
  });

  it("cuts endless runs, so that they can repeat", () => {
    expect(new Set(hashesOf("a".repeat(24 + 8 * 10))).size).to.equal(2);
    expect(flagged("Donaudampfschifffahrtsgesellschaft", OVERLONG)).to.equal(3);
  });

  it("tells base64 and hexadecimal from long words", () => {
    expect(scanText("dGhpcyBpcyBub3QgYSB3b3JkIGJ1dCBiYXNlNjQgZGF0YQ").coded).to.be.above(30);
    expect(scanText("Donaudampfschifffahrtsgesellschaftskapitän").coded).to.equal(0);
  });

  it("ends sentences at full stops that end something, and at those of other scripts", () => {
    expect(scanText("Pi is 3.14 at example.org. Yes!").sentences).to.equal(2);
    expect(scanText('He said "Go." Then (they left.)').sentences).to.equal(2);
    expect(scanText("你好。再见！").sentences).to.equal(2);
    expect(scanText("यह वाक्य है। और यह भी॥").sentences).to.equal(2);
    expect(scanText("هل هذا سؤال؟ نعم۔").sentences).to.equal(2);
    expect(scanText("first, second; third").sentences).to.equal(0);
  });

  it("knows how the text ends", () => {
    expect(scanText("It ends.").endsSentence).to.equal(true);
    expect(scanText('It "ends."').endsSentence).to.equal(true);
    expect(scanText("It ends. It").endsSentence).to.equal(false);
    expect(scanText("").endsSentence).to.equal(false);
  });

  it("marks the ends of lines and paragraphs on their last words", () => {
    const text = "one two\nthree\n\nfour\n";
    expect(flagged(text, ENDS_LINE)).to.equal(3);
    expect(flagged(text, ENDS_PARAGRAPH)).to.equal(2);
    expect(flagged("a.\nb.", ENDS_SENTENCE)).to.equal(2);
    expect(scanText(text)).to.include({ lines: 3, paragraphs: 2 });
  });

  it("sees symbols inside words", () => {
    expect(flagged("w@rd h#ll$", GLUED)).to.equal(2);
    expect(flagged("a = b, c & d", GLUED)).to.equal(0);
  });
});
