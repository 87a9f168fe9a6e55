/**
 * What the programs take of time and memory as the source grows: `make proof ONLY=scale`, half an hour to an hour at the sizes that are
 * the default; SIZES_MB makes it smaller. Times are of the processor: those of the clock are noted beside them.
 */
import { join } from "node:path";
import { lineThrough } from "../support/line-fit.js";
import { memoryBoundMb } from "../support/measured.js";
import { runSql } from "../support/postgres.js";
import { numbersOf, proveSizes, rounded, type SizeProof } from "../support/size-proof.js";
import { hugeFile, proseFolder } from "../support/sources-of-size.js";

const sizes = numbersOf("SIZES_MB", "10,50,250,1000,2000");

async function growth({ chainOver, hold, figures }: SizeProof): Promise<void> {
  const points: { megabytes: number; cpuSeconds: number; wallSeconds: number; peakMb: number }[] = [];
  const largest = Math.max(...sizes);
  for (const megabytes of sizes) {
    const isLargest = megabytes === largest;
    const hugeMb = megabytes / 4;
    let documents = 0;
    const make = (source: string): void => {
      documents = proseFolder(source, isLargest ? megabytes - hugeMb : megabytes);
      if (isLargest) hugeFile(join(source, "huge.txt"), hugeMb);
    };
    const counted = `select count(*) filter (where failure_code = 'too_large')::integer as huge, count(*)::integer as all from document where verdict <> 'failed' or failure_code = 'too_large'`;
    const judge = async (url: string): Promise<boolean> => {
      const [row] = await runSql(url, counted);
      return row!.huge === Number(isLargest) && row!.all === documents + Number(isLargest);
    };
    const { held, cpuSeconds, wallSeconds, peakMb } = await chainOver(`growth_${megabytes}`, make, { judge });
    points.push({ megabytes: isLargest ? megabytes - hugeMb : megabytes, cpuSeconds, wallSeconds, peakMb });
    if (isLargest) {
      const bound = memoryBoundMb(1);
      hold(`a source of ${megabytes} MB with one file of ${hugeMb} MB among ${documents}`, held, `that one too_large, all others loaded`);
      hold(`memory of each program over ${megabytes} MB`, peakMb <= bound, `${peakMb} MB at most, bound ${bound} MB`);
    } else hold(`a source of ${megabytes} MB`, held, `every document loaded, ${cpuSeconds} s of processor`);
  }
  const fit = lineThrough(points.map(({ megabytes, cpuSeconds }) => [megabytes, cpuSeconds]));
  const perMb = (point: (typeof points)[number]): number => (point.cpuSeconds - fit.intercept) / point.megabytes;
  const bend = perMb(points.at(-1)!) / perMb(points[1] ?? points[0]!);
  const outcome = `${rounded(fit.slope)} s of processor per MB, R² ${rounded(fit.rSquared)}; the largest takes ${rounded(bend)} times as much per MB as the second`;
  hold(`time from ${sizes[0]} MB to ${largest} MB on a line`, fit.rSquared > 0.99 && bend < 1.25, outcome);
  Object.assign(figures, { growth: points, fit });
}

await proveSizes("scale", "Size: time and memory", growth);
