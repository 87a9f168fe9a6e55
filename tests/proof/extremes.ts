/**
 * The largest and nastiest documents, and the smallest in great number: `make proof ONLY=extremes`, about ten minutes. NASTY_MB, WHOLE_MB
 * and TINY_FILES make it smaller. Times are of the processor: those of the clock are shown beside them.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { measured, memoryBoundMb } from "../support/measured.js";
import { NASTY } from "../support/nasty-texts.js";
import { numbersOf, proveSizes, type SizeProof } from "../support/size-proof.js";
import { longProse, tinyFiles } from "../support/sources-of-size.js";

const one = (name: string, fallback: string): number => numbersOf(name, fallback)[0]!;
const [nastyMb, wholeMb, tinyCount] = [one("NASTY_MB", "32"), one("WHOLE_MB", "128"), one("TINY_FILES", "100000")];

async function tiny({ hold, figures, folder }: SizeProof): Promise<void> {
  const source = join(folder, "tiny");
  tinyFiles(source, tinyCount);
  const run = await measured("ingest", ["--in", `file://${source}`, "--out", `file://${folder}/tiny-store/runs/r1/ingest.json`], {});
  const [cpu, wall] = [tinyCount / run.cpuSeconds, tinyCount / run.wallSeconds].map(Math.round) as [number, number];
  hold(
    `${tinyCount.toLocaleString("en-US")} tiny files in one folder, ingested`,
    run.code === 0 && Math.min(cpu, wall) >= 2000,
    `${wall} files per second by the clock (wanted 2,000), ${cpu} of processor`,
  );
  Object.assign(figures, { tiny: run });
}

async function nasty({ chainOver, trials, figures }: SizeProof): Promise<void> {
  const bound = memoryBoundMb(nastyMb);
  const kinds: Record<string, object> = {};
  const held = { well: 0, bounded: 0 };
  for (const [kind, make] of Object.entries(NASTY)) {
    const source = (path: string): void => writeFileSync(join(path, "a.txt"), make(nastyMb * 2 ** 20));
    const chain = await chainOver(`nasty_${Object.keys(kinds).length}`, source);
    held.well += Number(chain.held);
    held.bounded += Number(chain.peakMb <= bound);
    kinds[kind] = { peakMb: chain.peakMb, cpuSeconds: chain.cpuSeconds };
    console.log(`${kind}: ${chain.peakMb} MB, ${chain.cpuSeconds} s`);
  }
  const times = Object.keys(NASTY).length;
  const most = Math.max(...Object.values(kinds).map((kind) => (kind as { peakMb: number }).peakMb));
  trials.push({
    tried: `one document of ${nastyMb} MB of each of ${times} nasty kinds`,
    times,
    held: held.well,
    outcome: "every program ends well",
  });
  trials.push({ tried: `memory of each program over these`, times, held: held.bounded, outcome: `${most} MB at most, bound ${bound} MB` });
  Object.assign(figures, { nasty: { megabytes: nastyMb, kinds } });
}

async function whole({ chainOver, hold, folder }: SizeProof): Promise<void> {
  const recipe = join(folder, "whole.yaml");
  writeFileSync(recipe, `extends: default\nname: whole\ndecode: { max_document_bytes: ${wholeMb * 2 ** 20} }\n`);
  const make = (path: string): void =>
    writeFileSync(join(path, "a.txt"), Buffer.from(longProse(1, wholeMb * 2 ** 20)).subarray(0, wholeMb * 2 ** 20));
  const { held, peakMb, cpuSeconds } = await chainOver("whole", make, { recipe });
  hold(
    `a document of ${wholeMb} MB where the recipe accepts it`,
    held && peakMb <= memoryBoundMb(wholeMb),
    `${peakMb} MB at most, bound ${memoryBoundMb(wholeMb)} MB; ${cpuSeconds} s of processor`,
  );
}

await proveSizes("extremes", "Size: the largest, the nastiest, the most", async (proof) => {
  await tiny(proof);
  await nasty(proof);
  await whole(proof);
});
