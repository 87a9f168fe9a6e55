/** Kills every task at every act that it does to the world, and in the middle of each write, and calls it again: what is left must be the same. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crash, freeze, type Stage, stagesOf } from "../support/crash-points.js";
import { writeDocuments } from "../support/kill-plan.js";
import { stopTestServer } from "../support/postgres.js";
import { type Trial, writeProof } from "../support/proof.js";

const STRIDE = Number(process.env.STRIDE ?? 1); // 4: every fourth point only, for an hour less
const EVERY = 300; // of the sample's 1,500 documents: five, and one of them twice

const startedAt = performance.now();
const folder = await mkdtemp(join(tmpdir(), "crash-points-"));
await chmod(folder, 0o755);
const failures: string[] = [];
const acts: Record<string, readonly string[]> = {};

async function trialOf(stage: Stage): Promise<Trial> {
  const all = stage.acts.flatMap((act, at) => [{ at, half: false }, ...(act.startsWith("writeFile") ? [{ at, half: true }] : [])]);
  const points = all.filter((_, index) => index % STRIDE === 0);
  let held = 0;
  for (const point of points) {
    const problems = await crash(stage, point);
    if (problems.length === 0) held++;
    else failures.push(`${stage.task} ${JSON.stringify(point)} ${actOf(stage, point.at)}: ${problems.slice(0, 3).join("; ")}`);
  }
  acts[stage.task] = stage.acts.map((_, at) => actOf(stage, at));
  return {
    tried: `\`${stage.task}\` killed right before ${STRIDE === 1 ? "each" : `every ${STRIDE}th`} of its ${all.length} acts (a write, a flush, a move, a statement; the middle of each write counts too)`,
    times: points.length,
    held,
    outcome: "the next attempt ends well and leaves the same objects and rows as an undisturbed one, and nothing else",
  };
}

/** Every so-manieth act only: a task that is frozen inside a transaction keeps its successor waiting for a minute. */
const FROZEN_STRIDE = 10;

async function frozenTrialOf(stage: Stage): Promise<Trial> {
  const points = stage.acts.map((_, at) => at).filter((at) => at % (STRIDE * FROZEN_STRIDE) === 0);
  let held = 0;
  for (const at of points) {
    const problems = await freeze(stage, at);
    if (problems.length === 0) held++;
    else failures.push(`${stage.task} frozen at ${at} ${actOf(stage, at)}: ${problems.slice(0, 3).join("; ")}`);
  }
  return {
    tried: `\`${stage.task}\` frozen (SIGSTOP) right before an act, and let go on when its next attempt was done`,
    times: points.length,
    held,
    outcome: "the same objects and rows as an undisturbed one, and no manifest of the next attempt changed",
  };
}

/** Without what differs from call to call. */
function actOf({ acts, folder: place }: Stage, at: number): string {
  return acts[at]!.replace(`${place}/store/`, "").replace(/\.writing\/.*/, "a file aside");
}

try {
  const input = join(folder, "input");
  await writeDocuments(input, EVERY);
  const trials: Trial[] = [];
  for (const stage of await stagesOf(input, folder)) {
    for (const trial of [trialOf, frozenTrialOf]) {
      trials.push(await trial(stage));
      console.log(trials.at(-1)!.tried, `${trials.at(-1)!.held} of ${trials.at(-1)!.times}`);
    }
  }
  for (const failure of failures) console.log(failure);
  writeProof({ topic: "crash-points", title: "Killed at every act", seed: null, trials, figures: { failures, acts } }, startedAt);
} finally {
  await stopTestServer();
  await rm(folder, { recursive: true, force: true });
}
