import { buildMergeTable } from "@pipeline/shared/tokens/merge-table-builder";
import { expect } from "chai";

const BYTES = Array.from({ length: 256 }, (_, byte) => Buffer.of(byte));

/** A file of ranks: every byte, then these tokens. */
const ranksOf = (...tokens: string[]) =>
  [...BYTES, ...tokens.map((token) => Buffer.from(token))].map((token, rank) => `${token.toString("base64")} ${rank}`).join("\n");

describe("buildMergeTable(ranksFile)", () => {
  it("refuses ranks with a token that merging never reaches, which would be counted as several", () => {
    expect(buildMergeTable(ranksOf("ab", "abc")).byteIds).to.have.length(256);
    expect(() => buildMergeTable(ranksOf("ab", "abcd"))).to.throw("Merging never reaches token 257");
    expect(() => buildMergeTable(ranksOf("abc", "ab"))).to.throw("Merging never reaches token 256");
  });
});
