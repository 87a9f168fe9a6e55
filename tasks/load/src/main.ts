/** The program: runs load once, as its arguments say. */
import { runTask } from "@pipeline/shared/run-task";
import { loadTask } from "./task.js";

await runTask(loadTask, import.meta.url);
