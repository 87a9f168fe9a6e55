/** The program: runs ingest once, as its arguments say. */
import { runTask } from "@pipeline/shared/run-task";
import { ingestTask } from "./task.js";

await runTask(ingestTask, import.meta.url);
