/** The program: runs validate once, as its arguments say. */
import { runTask } from "@pipeline/shared/run-task";
import { validateTask } from "./task.js";

await runTask(validateTask, import.meta.url);
