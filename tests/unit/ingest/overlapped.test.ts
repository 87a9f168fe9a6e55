import { setTimeout as delay } from "node:timers/promises";
import { overlapped, placesFor } from "@pipeline/ingest/overlapped";
import { expect } from "chai";

describe("overlapped(items, limit, work)", () => {
  it("gives the results in the items' order, whichever was done first, two at once", async () => {
    let [running, most] = [0, 0];
    const results = await overlapped([30, 20, 10, 1, 1], 2, async (ms) => {
      most = Math.max(most, ++running);
      await delay(ms);
      running--;
      return ms * 2;
    });
    expect(results).to.deep.equal([60, 40, 20, 2, 2]);
    expect(most).to.equal(2);
  });

  it("begins nothing more after a failure, and rejects once nothing is worked on", async () => {
    const begun: number[] = [];
    let ended = 0;
    const work = async (n: number) => {
      begun.push(n);
      await delay(n === 0 ? 1 : 20);
      ended++;
      if (n === 0) throw new Error("full");
    };
    const error = await overlapped(
      Array.from({ length: 20 }, (_, n) => n),
      2,
      work,
    ).catch(({ message }) => message);
    expect(error).to.equal("full");
    expect(begun.length).to.be.below(4);
    expect(ended).to.equal(begun.length);
  });
});

describe("placesFor(largestBytes)", () => {
  const MB = 1024 * 1024;

  it("keeps batches of large files at two, and lets small ones wait for the disk together", () => {
    expect([256 * MB, 40 * MB, 20 * MB, 10 * MB, MB, 1, 0].map(placesFor)).to.deep.equal([2, 2, 3, 6, 6, 6, 6]);
  });
});
