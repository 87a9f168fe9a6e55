/** Proof: counting and chunking take time that grows with the text alone, from 1 MB to 1 GB, and no more memory for more of it. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Trial, writeProof } from "../support/proof.js";

const MEGABYTES = [1, 3, 10, 30, 100, 300, 1000];
const STAGES = ["count", "chunk"];
/** A document each in turn, as a batch comes; when all have been, from the first on. */
const CORPUS = "mails";
/** From here on, what the compiler takes no longer shows. */
const STEADY_MEGABYTES = 30;
/** Share by which the time of the largest may differ from what the least lets expect: that much one run differs from the next on a shared machine. */
const MOST_DEVIATION = 0.25;
/** Megabytes: a kept array more or less. */
const MOST_GROWTH = 32;

interface Point {
  readonly megabytes: number;
  /** Processor time, of all threads. */
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const program = fileURLToPath(new URL("../bench/measure.js", import.meta.url));

function measured(stage: string, megabytes: number): Point {
  const output = execFileSync(process.execPath, [program, stage, CORPUS, String(megabytes)], { encoding: "utf8" });
  const { bytes, ms, peakRss } = JSON.parse(output) as { bytes: number; ms: number; peakRss: number };
  return { megabytes: bytes / 1e6, seconds: ms / 1000, peakMegabytes: Math.round(peakRss / 1e6) };
}

/** Least squares of log seconds over log megabytes: the exponent with which time grows. */
function exponentOf(points: readonly Point[]): number {
  const xs = points.map(({ megabytes }) => Math.log(megabytes));
  const ys = points.map(({ seconds }) => Math.log(seconds));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const covariance = xs.reduce((sum, value, index) => sum + (value - x) * (ys[index]! - y), 0);
  return covariance / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
}

function trialsOf(stage: string, points: readonly Point[]): Trial[] {
  const steady = points.filter(({ megabytes }) => megabytes >= STEADY_MEGABYTES);
  const [least, most] = [steady[0]!, steady.at(-1)!];
  const exponent = exponentOf(steady);
  const cold = points[0]!.seconds - (points[0]!.megabytes * most.seconds) / most.megabytes;
  const growth = most.peakMegabytes - least.peakMegabytes;
  return [
    {
      tried: `${stage} of 1 MB to 1 GB of ${CORPUS}: time`,
      times: 1,
      held: Number(Math.abs(exponent - 1) <= MOST_DEVIATION / Math.log(most.megabytes / least.megabytes)),
      outcome: `grows with the ${exponent.toFixed(3)}th power of the size from ${STEADY_MEGABYTES} MB on (1 wanted); ${(most.megabytes / most.seconds).toFixed(1)} MB/s at 1 GB, and ${cold.toFixed(2)} s once for compiling`,
    },
    {
      tried: `${stage} of 1 MB to 1 GB of ${CORPUS}: memory`,
      times: 1,
      held: Number(growth <= MOST_GROWTH),
      outcome: `${growth} MB more at 1 GB than at ${STEADY_MEGABYTES} MB (at most ${MOST_GROWTH} wanted)`,
    },
  ];
}

const startedAt = performance.now();
const figures: Record<string, readonly Point[]> = {};
for (const stage of STAGES) figures[stage] = MEGABYTES.map((megabytes) => measured(stage, megabytes));
const trials = STAGES.flatMap((stage) => trialsOf(stage, figures[stage]!));
writeProof({ topic: "speed", title: "Time and memory as the text grows", seed: null, trials, figures }, startedAt);
