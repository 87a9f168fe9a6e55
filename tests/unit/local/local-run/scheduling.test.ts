import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { withRetries } from "@pipeline/local/local-run/attempts";
import { exitCodeOf } from "@pipeline/local/local-run/pipeline";
import { linesOn } from "@pipeline/local/local-run/progress";
import { reasonIn } from "@pipeline/local/local-run/run-log";
import { claimRun } from "@pipeline/local/local-run/runs";
import { readSettings } from "@pipeline/local/local-run/settings";
import { memoryObjectStore } from "@pipeline/shared/adapters/memory-object-store";
import { atOnce } from "@pipeline/shared/at-once";
import { invalidConfig } from "@pipeline/shared/errors";
import { createLogger, errorFields } from "@pipeline/shared/logger";
import { expect } from "chai";

describe("atOnce(items, limit, work)", () => {
  it("works on every item once, never on more than the limit at a time", async () => {
    const done: number[] = [];
    let [running, most] = [0, 0];
    await atOnce([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      done.push(item);
    });
    expect(done.sort()).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    expect(most).to.equal(3);
  });
});

describe("withRetries(first, signal, attempt)", () => {
  const signal = new AbortController().signal;
  const ending = (...codes: (number | null)[]) => {
    const numbers: number[] = [];
    const attempt = async (number: number) => {
      numbers.push(number);
      return { exitCode: codes[numbers.length - 1]!, signal: null };
    };
    return { numbers, attempt };
  };

  it("tries again after 75, with the next attempt's number", async () => {
    const { numbers, attempt } = ending(75, 0);
    expect(await withRetries(4, signal, attempt, 1)).to.deep.equal({ exitCode: 0, attempts: 2 });
    expect(numbers).to.deep.equal([4, 5]);
  });

  it("gives up after the third try", async () => {
    const { numbers, attempt } = ending(75, 1, null, 0);
    expect(await withRetries(1, signal, attempt, 1)).to.deep.equal({ exitCode: 1, attempts: 3 });
    expect(numbers).to.deep.equal([1, 2, 3]);
  });

  it("does not try again when it is told to stop during the pause", async () => {
    const { numbers, attempt } = ending(75, 0);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    expect(await withRetries(1, controller.signal, attempt, 60_000)).to.deep.equal({ exitCode: 75, attempts: 1 });
    expect(numbers).to.deep.equal([1]);
  });

  for (const code of [65, 78, 99])
    it(`does not try again after ${code}`, async () => {
      const { numbers, attempt } = ending(code, 0);
      expect(await withRetries(1, signal, attempt, 1)).to.deep.equal({ exitCode: code, attempts: 1 });
      expect(numbers).to.deep.equal([1]);
    });
});

describe("claimRun(settings, store, now)", () => {
  it("begins a new run when the last one came to its end, and goes on with it when it did not", async () => {
    const settings = readSettings({ OUT: await mkdtemp(join(tmpdir(), "runs-")) });
    const store = memoryObjectStore();
    const [early, later, last] = ["2026-01-01T10:00:00.000Z", "2026-01-02T10:00:00.000Z", "2026-01-03T10:00:00.000Z"].map(
      (at) => new Date(at),
    );
    const first = await claimRun(settings, store, early!);
    expect(first.id).to.match(/^local\.20260101T100000Z-[0-9a-f]{8}$/);
    await store.put(`runs/${first.id}/events/ingest/run/3-start.json`, Buffer.from("{}"));
    expect(await claimRun(settings, store, later!)).to.deep.equal({ id: first.id, firstAttempt: 4, isResumed: true });
    await store.put(`runs/${first.id}/lineage.json`, Buffer.from("{}"));
    expect(await claimRun(settings, store, last!)).to.include({ firstAttempt: 1, isResumed: false });
  });
});

describe("exitCodeOf(failed)", () => {
  const failed = (task: "load" | "lineage", exitCode: number) => ({ task, batch: null, exitCode, reason: "" });

  it("is that of the step that failed, not of the lineage that misses its manifest", () => {
    expect(exitCodeOf([failed("load", 75), failed("lineage", 65)])).to.equal(75);
    expect(exitCodeOf([failed("load", 1), failed("lineage", 65)])).to.equal(1);
    expect(exitCodeOf([failed("lineage", 65)])).to.equal(65);
    expect(exitCodeOf([failed("load", 75), failed("lineage", 78)])).to.equal(78);
    expect(exitCodeOf([])).to.equal(0);
  });
});

describe("linesOn(write)", () => {
  it("says where the batches are every five seconds, and at the end", () => {
    const lines: string[] = [];
    let now = 0;
    const progress = linesOn(
      (line) => lines.push(line),
      () => now,
    );
    progress.begin(2, 3, 90);
    progress.step("clean-chunk", 0);
    now = 6_000;
    progress.step("clean-chunk", 0);
    progress.step("load", 45);
    progress.end();
    expect(lines).to.deep.equal([
      "  90 documents in 2 batches",
      "  clean-chunk 2/2; 0 of 90 documents loaded",
      "  clean-chunk 2/2, load 1/2; 45 of 90 documents loaded",
    ]);
  });
});

describe("reasonIn(line)", () => {
  it("is what a program's own failed line says, and nothing of any other", () => {
    const lines: string[] = [];
    const stream = new Writable({ write: (line, _, next) => next(void lines.push(String(line))) });
    const logger = createLogger("info", { task: "load" }, stream);
    logger.error("failed", errorFields(invalidConfig("bad_in", "--in is wrong")));
    logger.info("started", { reason: "x" });
    expect(lines.map(reasonIn)).to.deep.equal(["--in is wrong [bad_in]", null]);
    expect(reasonIn('{"event":"failed","errorCo')).to.equal(null);
  });
});
