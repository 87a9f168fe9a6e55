import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { crash, type Stage, stagesOf, type Task } from "../support/crash-points.js";
import { writeDocuments } from "../support/kill-plan.js";

/** Moments that a random kill seldom meets; `make proof` goes through all of them. */
const MOMENTS: readonly { task: Task; act: RegExp; half?: boolean; name: string }[] = [
  { task: "ingest", act: /^writeFile/, half: true, name: "while the pack is written" },
  { task: "clean-chunk", act: /^link .*manifest\.json$/, name: "between the last part and the manifest of the parts" },
  { task: "clean-chunk", act: /^rename .*runs\/[^/]+\/clean-chunk\//, name: "between the manifest of the parts and the run's" },
  { task: "load", act: /^query insert into chunk/, name: "inside the transaction that loads" },
  { task: "load", act: /^rename .*runs\/[^/]+\/load\//, name: "between the commit and the manifest" },
  { task: "lineage", act: /^query with live as/, name: "in the step that marks duplicates" },
];

describe("kill -9 at a chosen act, and the same call again", function () {
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
    it(`leaves the same objects and rows when ${task} dies ${name}`, async () => {
      const stage = stages.find((candidate) => candidate.task === task)!;
      const at = stage.acts.findLastIndex((line) => act.test(line));
      expect(at, stage.acts.join("\n")).to.be.at.least(0);
      expect(await crash(stage, { at, half })).to.deep.equal([]);
    });
});
