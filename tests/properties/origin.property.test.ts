import { replay } from "@pipeline/clean-chunk/clean/clean";
import { sampleFiles } from "@pipeline/local/sample/write-sample";
import { expect } from "chai";
import { documentsOf } from "../support/corpora.js";
import { processed, recipe } from "../support/process.js";

interface Origins {
  chunks: number;
  exact: number;
}

/** Checks every chunk of some documents against the bytes that it names; counts how many are exact. */
function checkOrigins(documents: readonly Buffer[], isCounted: (html: boolean, encoding: string) => boolean): Origins {
  const origins = { chunks: 0, exact: 0 };
  for (const content of documents) {
    const { document, chunks, chunkedText } = processed(content);
    if (document.status !== "kept") continue;
    const points = Array.from(chunkedText);
    for (const chunk of chunks) {
      expect(points.slice(chunk.charStart, chunk.charEnd).join("")).to.equal(chunk.text);
      expect(chunk.byteStart).to.be.within(0, chunk.byteEnd);
      expect(chunk.byteEnd).to.be.at.most(content.length);
      const bytes = content.subarray(chunk.byteStart, chunk.byteEnd);
      const again = replay(bytes, document.encoding!, document.cleaning!, recipe.clean);
      if (chunk.origin === "exact") expect(again).to.equal(chunk.text);
      if (!isCounted(document.cleaning!.html, document.encoding!.name)) continue;
      origins.chunks++;
      if (chunk.origin === "exact") origins.exact++;
    }
  }
  return origins;
}

describe("the byte range of a chunk", function () {
  this.timeout(120_000);
  const isPlain = (html: boolean, encoding: string) => !html && !/^(iso-2022|hz|utf-7)/.test(encoding);

  it("gives the chunk's text when it is cleaned again, for 99 % of the mails' chunks that are no HTML", () => {
    const every7th = documentsOf("mails").filter((_, n) => n % 7 === 0);
    const { chunks, exact } = checkOrigins(every7th, isPlain);
    expect(chunks).to.be.above(1000);
    expect(exact / chunks).to.be.at.least(0.99);
  });

  it("gives it for every kind of planted file, in every planted encoding", () => {
    const { chunks, exact } = checkOrigins(
      sampleFiles().map(({ content }) => content),
      isPlain,
    );
    expect(chunks).to.be.above(1000);
    expect(exact / chunks).to.be.at.least(0.99);
  });
});
