/** What `make proof` leaves of each topic: a dated JSON of what was tried, how often, what held; the README's section is made from it. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export const RESULTS = fileURLToPath(new URL("../../proof/results/", import.meta.url));

const trialSchema = z.strictObject({
  /** Completes "what was tried": a noun phrase. */
  tried: z.string().min(1),
  times: z.int().positive(),
  /** How many of them ended as they should. */
  held: z.int().nonnegative(),
  /** What "held" means here, or the figure that was reached against the one wanted. */
  outcome: z.string().min(1),
});

export const proofSchema = z.strictObject({
  /** Name of the program in tests/proof and of this file. */
  topic: z.string().regex(/^[a-z-]+$/),
  /** A heading for people. */
  title: z.string().min(1),
  /** Day of the measurement, UTC. */
  date: z.iso.date(),
  machine: z.strictObject({ cpus: z.int().positive(), memoryGb: z.number().positive(), platform: z.string(), node: z.string() }),
  /** What random choices were made from; null where none were. */
  seed: z.int().nullable(),
  seconds: z.number().nonnegative(),
  trials: z.array(trialSchema).min(1),
  /** Whatever else was measured or is needed to repeat a failure: points, times, sizes. */
  figures: z.record(z.string(), z.unknown()),
});

export type Trial = z.infer<typeof trialSchema>;
export type Proof = z.infer<typeof proofSchema>;

/** Writes tests/proof/results/<topic>.json, and sets the exit code when something did not hold. `startedAt` is a performance.now(). */
export function writeProof(proof: Pick<Proof, "topic" | "title" | "seed" | "trials" | "figures">, startedAt: number): void {
  const machine = {
    cpus: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const { topic, title, seed, trials, figures } = proof;
  const date = new Date().toISOString().slice(0, 10);
  const written = proofSchema.parse({ topic, title, date, machine, seed, seconds, trials, figures });
  writeFileSync(join(RESULTS, `${topic}.json`), `${JSON.stringify(written, null, 2)}\n`);
  for (const { tried, times, held, outcome } of trials)
    console.log(`${held === times ? "held" : "FAILED"} ${held}/${times} ${tried}: ${outcome}`);
  if (trials.some(({ times, held }) => held < times)) process.exitCode = 1;
}

/** Every committed result, in order of the topics. */
export function readProofs(): Proof[] {
  const names = readdirSync(RESULTS).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => proofSchema.parse(JSON.parse(readFileSync(join(RESULTS, name), "utf8"))));
}
