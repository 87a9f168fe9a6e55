/** The program: runs clean-chunk once, as its arguments say. */
import { runTask } from "@pipeline/shared/run-task";
import { cleanChunkTask } from "./task.js";

await runTask(cleanChunkTask, import.meta.url);
