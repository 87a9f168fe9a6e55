import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { crash, freeze, type Stage, stagesOf, type Task } from "../support/crash-points.js";
import { writeDocuments } from "../support/kill-plan.js";

/** Moments that a random kill seldom meets; `make proof` goes through all of them. */
const MOMENTS: readonly { task: Task; act: RegExp; half?: boolean; name: string }[] = [
  { task: "ingest", act: /^writeFile/, half: true, name: "while the pack is written" },
  { task: "clean-chunk", act: /^link .*manifest\.json$/, name: "between the last part and the manifest of the parts" },
  { task: "clean-chunk", act: /^link .*runs\/[^/]+\/clean-chunk\//, name: "between the manifest of the parts and the run's" },
  { task: "load", act: /^query insert into chunk/, name: "inside the transaction that loads" },
  { task: "load", act: /^link .*runs\/[^/]+\/load\//, name: "between the commit and the manifest" },
  { task: "lineage", act: /^query with live as/, name: "in the step that marks duplicates" },
];

/** Moments at which a task may be frozen, and its successor done before it goes on. Not inside a transaction: its end takes a minute. */
const PAUSES: readonly { task: Task; act: RegExp; name: string }[] = [
  { task: "ingest", act: /^link .*ingest\.json$/, name: "before the run's manifest" },
  { task: "clean-chunk", act: /^link .*manifest\.json$/, name: "before the manifest of the parts" },
  { task: "clean-chunk", act: /^link .*runs\/[^/]+\/clean-chunk\//, name: "before the run's manifest" },
  { task: "load", act: /^query START TRANSACTION/, name: "before the transaction that loads" },
  { task: "load", act: /^link .*runs\/[^/]+\/load\//, name: "between the commit and the manifest" },
];

describe("a task at a chosen act, and the same call again", function () {
  this.timeout(300_000);
  let folder = "";
  let stages: Stage[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "crash-points-"));
    await chmod(folder, 0o755);
    await writeDocuments(join(folder, "input"), 300);
    stages = await stagesOf(join(folder, "input"), folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const { task, act, half = false, name } of MOMENTS)
    it(`leaves the same objects and rows when ${task} is killed by -9 ${name}`, async () => {
      const { stage, at } = lastOf(task, act);
      expect(await crash(stage, { at, half })).to.deep.equal([]);
    });

  for (const { task, act, name } of PAUSES)
    it(`leaves the same objects and rows when ${task} is frozen ${name}, and wakes when all is done`, async () => {
      const { stage, at } = lastOf(task, act);
      expect(await freeze(stage, at)).to.deep.equal([]);
    });

  function lastOf(task: Task, act: RegExp): { stage: Stage; at: number } {
    const stage = stages.find((candidate) => candidate.task === task)!;
    const at = stage.acts.findLastIndex((line) => act.test(line));
    expect(at, stage.acts.join("\n")).to.be.at.least(0);
    return { stage, at };
  }
});
