/** The program: runs lineage once, as its arguments say. */
import { runTask } from "@pipeline/shared/run-task";
import { lineageTask } from "./task.js";

await runTask(lineageTask, import.meta.url);
