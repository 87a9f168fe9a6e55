/** kill -9 of every process of a local run at random moments of every step, the database's and the store's among the victims, until >= 50 points are met. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { s3Client } from "@pipeline/shared/adapters/s3-object-store";
import { type Chain, killChain } from "../support/kill-chain.js";
import { pointsOf, runUndisturbed } from "../support/kill-plan.js";
import { type KillPoint, STEPS, type Step, VICTIMS, type Victim } from "../support/kills.js";
import { startMoto } from "../support/moto.js";
import { type Trial, writeProof } from "../support/proof.js";

const SEED = Number(process.env.SEED ?? 1);
const WANTED = Number(process.env.POINTS ?? 50);
const IN_FOLDER: readonly Victim[] = ["task", "local-run", "group", "postmaster", "backend"];
const WHO: Readonly<Record<Victim, string>> = {
  task: "the task",
  "local-run": "`local-run` alone",
  group: "the whole group",
  postmaster: "PostgreSQL",
  backend: "its process for the task",
  store: "the S3 server with all that it held",
};

const startedAt = performance.now();
const folder = await mkdtemp(join(tmpdir(), "kills-proof-"));
await chmod(folder, 0o755);
const chains: { seed: number; points: readonly KillPoint[]; chain: Chain }[] = [];
const hits = () => chains.flatMap(({ chain }) => chain.hits);

try {
  const { variables, dump, durationMs } = await runUndisturbed(folder);
  for (let seed = SEED; hits().length < WANTED; seed++) {
    const out = join(folder, `out-${seed}`);
    const points = pointsOf(seed, durationMs, IN_FOLDER);
    const chain = await killChain({ ...variables, OUT: out }, points, dump);
    chains.push({ seed, points, chain });
    console.log(`seed ${seed}: ${chain.hits.length} points, ${chain.calls} calls, ${chain.lost} attempts lost`, ...chain.problems);
    if (chain.problems.length === 0) await rm(out, { recursive: true, force: true });
  }
  chains.push(await withStore(SEED + 1_000));
  writeProof(
    {
      topic: "kills",
      title: "Killed at random moments",
      seed: SEED,
      trials: STEPS.flatMap(trialOf),
      figures: {
        calls: chains.reduce((sum, { chain }) => sum + chain.calls, 0),
        lostAttempts: chains.reduce((sum, { chain }) => sum + chain.lost, 0),
        chains: chains.map(({ seed, points, chain }) => ({ seed, points, hits: chain.hits.length, problems: chain.problems })),
      },
    },
    startedAt,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A chain over an S3 server, which is killed at each step and comes back empty. */
async function withStore(seed: number): Promise<(typeof chains)[number]> {
  let moto = await startMoto();
  const port = Number(new URL(moto.url).port);
  const aws = { AWS_ENDPOINT_URL_S3: moto.url, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };
  Object.assign(process.env, aws);
  const makeBucket = () => s3Client(aws).send(new CreateBucketCommand({ Bucket: "corpus" }));
  try {
    await makeBucket();
    const { variables, dump, durationMs } = await runUndisturbed(join(folder, "s3"), { ...aws, S3_URI: "s3://corpus/undisturbed" });
    const points = pointsOf(seed, durationMs, ["store"]);
    const killStore = async () => {
      await moto.kill();
      moto = await startMoto(port);
      await makeBucket();
    };
    const chain = await killChain({ ...variables, OUT: join(folder, "s3/out"), S3_URI: "s3://corpus/killed" }, points, dump, killStore);
    console.log(`store: ${chain.hits.length} points, ${chain.calls} calls`, ...chain.problems);
    return { seed, points, chain };
  } finally {
    await moto.stop();
  }
}

/** A chain's points stand and fall together: where its end is wrong, none of them counts as held. */
function trialOf(step: Step): Trial[] {
  const met = chains.flatMap(({ chain }) => chain.hits.map((point) => ({ ...point, isFine: chain.problems.length === 0 })));
  const here = met.filter((point) => point.step === step);
  if (here.length === 0) return [];
  const counts = VICTIMS.map((victim) => [WHO[victim], here.filter((point) => point.victim === victim).length] as const);
  const victims = counts.filter(([, count]) => count > 0).map(([who, count]) => `${who} ${count}`);
  const outcome =
    "called again until done: every table as after an undisturbed run, lost attempts named, no file left behind, no lock in the way";
  const held = here.filter(({ isFine }) => isFine).length;
  return [{ tried: `kill -9 during \`${step}\`: ${victims.join(", ")}`, times: here.length, held, outcome }];
}
