import { processDocument } from "@pipeline/clean-chunk/process-document";
import { options, resolveSettings } from "@pipeline/clean-chunk/settings";
import { sha256Of } from "@pipeline/shared/ids";
import { parseOptions } from "@pipeline/shared/options";
import { loadRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";
import { longProse } from "../../support/sources-of-size.js";

const { settings } = resolveSettings(parseOptions(options, []), loadRecipe("default"));
const raw = { id: "00000000-0000-0000-0000-000000000000", path: "a.txt", fileName: "a.txt", sha256: null, rawBytes: 1 };
const processed = (text: string) => processDocument(raw, Buffer.from(text), settings);

describe("the signature of a document", () => {
  it("is the hash of its words with one space between them, however long it is and wherever a character of two units lies", () => {
    const words = longProse(1, 1_100_000)
      .split(/\s+/)
      .filter((word) => word !== "");
    for (const shift of ["", "n"]) {
      const text = [shift, ...words.map((word, at) => (at % 3 === 0 ? `${word}😀😀` : word))].join(" ").trim();
      const lines = text.replace(/\. /g, ".\n\n");
      const { text: cleaned, signature } = processed(text);
      expect(signature!.exactSha256).to.equal(sha256Of(cleaned.replace(/\s+/g, " ")));
      expect(processed(lines).signature!.exactSha256).to.equal(signature!.exactSha256);
    }
  });
});
