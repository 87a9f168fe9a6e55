/** What `make bench-stack` measured, tests/proof/bench-stack.json, as a table for people. */
import { existsSync, readFileSync } from "node:fs";

const FILE = new URL("../tests/proof/bench-stack.json", import.meta.url);

/** The table, and beneath it when and where it was measured; empty before the first measurement. */
export function stackTable() {
  if (!existsSync(FILE)) return "";
  const { date, machine, imagesMb, startToFirstLineSeconds: starts, memoryMb, sample } = JSON.parse(readFileSync(FILE, "utf8"));
  const { airflow, local } = sample;
  const list = (of, unit) =>
    Object.entries(of)
      .map(([name, value]) => `\`${name}\` ${value}${unit}`)
      .join(", ");
  const medians = Object.fromEntries(Object.entries(starts).map(([task, { median, cpus }]) => [task, `${median} s (${cpus} CPU)`]));
  const rows = [
    ["from a container's start to its program's first line, median of ten", list(medians, "")],
    ["what Airflow and Docker add to a task", `${airflow.overhead.task} s (median), ${airflow.overhead.batch} s to a batch's three tasks`],
    [
      `the sample in ${airflow.batches} batches`,
      `${airflow.seconds} s, programs ${airflow.program} s; \`local-run\` with the same batches ${local.seconds} s, programs ${local.program} s`,
    ],
    ["memory of the stack", `idle ${memoryMb.idleTotal} MB, at most ${memoryMb.total} MB (${list(memoryMb.most, "")})`],
    [
      "images",
      `runtime shared by the tasks ${imagesMb.shared} MB, and what each adds: ${list(imagesMb.added, "")}; Airflow ${imagesMb.airflow}`,
    ],
  ];
  const where = `\`make bench-stack\`, ${date}, ${machine.cpus} cores, ${machine.memoryGb} GB, load ${machine.load[0]} before it.`;
  return ["| | |", "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`), "", where].join("\n");
}
