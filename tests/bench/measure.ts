/** Program of one measurement: one stage over one corpus, once and cold, printed as a JSON line. */
import { sourceOf } from "./source.js";
import { STAGES } from "./stages.js";

const [stage, corpus] = process.argv.slice(2) as [string, string];
const source = sourceOf(corpus);
const work = await STAGES[stage]!.prepare(source);
const before = process.memoryUsage().rss;
const from = process.cpuUsage();
for (let index = 0; index < source.documents.length; index++) work(index);
const { user, system } = process.cpuUsage(from); // of all threads, so also what the compiler and the collector take
const ms = (user + system) / 1000;
const rssGrowth = process.memoryUsage().rss - before;
console.log(JSON.stringify({ stage, corpus, documents: source.documents.length, bytes: source.bytes, ms, rssGrowth }));
