/** Program of one measurement: one stage over one corpus, cold, printed as a JSON line; once, or again and again up to some megabytes. */
import { compileLess } from "@pipeline/shared/compiler";
import { sourceOf } from "./source.js";
import { REFERENCE, STAGES } from "./stages.js";

const [stage, corpus, megabytes] = process.argv.slice(2) as [string, string, string?];
if (stage !== REFERENCE) compileLess(); // as each of the programs does; the reference runs as Node comes
const { texts, ...source } = sourceOf(corpus);
const work = await STAGES[stage]!.prepare({ texts, ...source });
const sizes = texts.map((text) => Buffer.byteLength(text));
const wanted = megabytes === undefined ? source.bytes : Number(megabytes) * 1e6;
const before = process.memoryUsage().rss;
const from = process.cpuUsage();
let bytes = 0;
let documents = 0;
for (; bytes < wanted; documents++) {
  const index = documents % texts.length;
  work(index);
  bytes += sizes[index]!;
}
const { user, system } = process.cpuUsage(from); // of all threads, so also what the compiler and the collector take
const ms = (user + system) / 1000;
const rssGrowth = process.memoryUsage().rss - before;
const peakRss = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ stage, corpus, documents, bytes, ms, rssGrowth, peakRss }));
