/** The program: runs clean-chunk once, as its arguments say. */
import { stopSignal } from "@pipeline/shared/stop-signal";

const signal = stopSignal(); // before the rest is loaded, which takes most of the time that a program takes to start
const [{ runTask }, { cleanChunkTask }] = await Promise.all([import("@pipeline/shared/run-task"), import("./task.js")]);
await runTask(cleanChunkTask, import.meta.url, signal);
