import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { PROGRAMS_ARE, type Program, startProgram, TASK_FOLDERS } from "../support/programs.js";
import { folderOf, prose } from "../support/steps.js";

const tasks = readdirSync(TASK_FOLDERS);

interface Ended {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly stderr: string;
}

/** Runs a task's program to its end; `onLine` sees each log line as it comes. */
function run(
  task: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  onLine: (event: unknown, kill: Program["kill"]) => void = () => {},
): Promise<Ended> {
  const { process: child, kill } = startProgram(task, argv, environment);
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (piece) => {
    stderr += piece;
  });
  child.stdout.on("data", (piece) => {
    stdout += piece;
    for (const line of String(piece).split("\n").filter(Boolean)) onLine(line, kill);
  });
  return new Promise((resolve) =>
    child.on("close", (code) => {
      const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
      resolve({ code, lines: lines.map((line) => JSON.parse(line)), stderr });
    }),
  );
}

const scratch = () => `file://${mkdtempSync(join(tmpdir(), "programs-"))}`;

describe(`the programs in tasks/, as ${PROGRAMS_ARE}`, function () {
  this.timeout(120_000);

  it("are the five tasks, each a folder of the same shape", () => {
    expect(tasks).to.have.members(["ingest", "clean-chunk", "validate", "load", "lineage"]);
    for (const task of tasks) {
      for (const file of ["package.json", "tsconfig.json", "README.md", "src/main.ts", "src/task.ts"])
        expect(existsSync(join(TASK_FOLDERS, task, file)), `${task}/${file}`).to.equal(true);
      expect(JSON.parse(readFileSync(join(TASK_FOLDERS, task, "package.json"), "utf8")).name).to.equal(`@pipeline/${task}`);
      expect(readFileSync(join(TASK_FOLDERS, task, "src/task.ts"), "utf8")).to.include(`name: "${task}"`);
    }
  });

  for (const task of ["ingest", "clean-chunk", "validate", "load", "lineage"]) {
    it(`${task} --help says what it does and lists its flags`, async () => {
      const { process: child } = startProgram(task, ["--help"]);
      let text = "";
      child.stdout.on("data", (piece) => {
        text += piece;
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect(code).to.equal(0);
      expect(text)
        .to.match(new RegExp(`^${task}: `))
        .and.to.include("--in")
        .and.to.include("--out");
    });

    it(`${task} refuses what it does not understand with 78, naming the flag`, async () => {
      const out = `${scratch()}/runs/r/${task}/00112233445566aa.json`;
      const mistakes = [
        [["--in", "file:///tmp", "--out", out, "--colour", "blue"], "--colour"],
        [["--in", "", "--out", out], "--in"],
        [["--out", out], "--in"],
        [["--in", "file:///tmp", "--out", "file:///tmp/somewhere.json"], "--out"],
        [["--in", "file:///tmp", "--out", out, "stray"], "stray"],
      ] as const;
      // One parser serves all tasks: every mistake is tried on one, and one on every task.
      for (const [argv, named] of task === "validate" ? mistakes : mistakes.slice(0, 1)) {
        const { code, stderr } = await run(task, argv, { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
        expect(code, argv.join(" ")).to.equal(78);
        expect(stderr).to.include(named);
      }
    });
  }

  it("refuse a run id in the environment that is not the one in --out", async () => {
    const argv = ["--in", `file://${await folderOf({ "a.txt": "x" })}`, "--out", `${scratch()}/runs/r1/ingest.json`];
    const { code, stderr } = await run("ingest", argv, { PIPELINE_RUN_ID: "r2" });
    expect(code).to.equal(78);
    expect(stderr).to.include("PIPELINE_RUN_ID");
  });

  it("log one JSON line per event with task, run, batch and attempt, and nothing else on standard output", async () => {
    const argv = ["--in", `file://${await folderOf({ "a.txt": prose(1) })}`, "--out", `${scratch()}/runs/r1/ingest.json`];
    const { code, lines, stderr } = await run("ingest", argv, { PIPELINE_ATTEMPT: "3" });
    expect(code).to.equal(0);
    expect(stderr).to.equal("");
    expect(lines.map(({ event }) => event)).to.deep.equal(["started", "batch", "completed"]);
    for (const line of lines) expect(line).to.include({ task: "ingest", runId: "r1", batchId: "", attempt: 3 });
  });

  it("name the run and the batch in the line that says why they failed, once", async () => {
    const out = `${scratch()}/runs/r1/clean-chunk/00112233445566aa.json`;
    const { code, lines } = await run("clean-chunk", ["--in", out.replace("clean-chunk", "ingest"), "--out", out]);
    expect(code).to.equal(65);
    const failed = lines.filter(({ event }) => event === "failed");
    expect(failed).to.have.length(1);
    expect(failed[0]).to.include({ runId: "r1", batchId: "00112233445566aa", attempt: 1, errorCode: "missing_manifest" });
  });

  it("say where in the code something happened that they have no name for, and when they started, of which code", async () => {
    const store = scratch();
    const argv = ["--in", `file://${await folderOf({ "a.txt": prose(1) })}`, "--out", `${store}/runs/r1/ingest.json`];
    expect((await run("ingest", argv)).code).to.equal(0);
    const batch = readdirSync(`${store.slice(7)}/runs/r1/ingest`)[0]!;
    const from = `${store}/runs/r1/ingest/${batch}`;
    rmSync(from.slice(7));
    symlinkSync(batch, from.slice(7)); // leads to itself
    const { code, lines } = await run("clean-chunk", ["--in", from, "--out", from.replace("ingest", "clean-chunk")]);
    expect(code).to.equal(1);
    expect(lines.map(({ event }) => event)).to.deep.equal(["started", "failed"]);
    expect(lines[0]!.codeVersion).to.match(/^[0-9a-f]{32}$/);
    expect(lines[1]).to.include({ errorCode: "unexpected", foreignCode: "ELOOP" });
    for (const place of [
      /readWhole .*\/shared\/(src|dist)\/adapters\/filesystem-object-store\.[jt]s:\d+/,
      /\/tasks\/clean-chunk\/(src|dist)\/main\.[jt]s:\d+/,
    ])
      expect((lines[1]!.stack as string[]).join("\n")).to.match(place);
  });

  it("end within six seconds of SIGTERM with 75, the attempt's end noted, no manifest written", async () => {
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`${n}.txt`, prose(n, 2).repeat(3000)]));
    const store = scratch();
    const argv = ["--in", `file://${await folderOf(files)}`, "--out", `${store}/runs/r1/ingest.json`];
    expect((await run("ingest", [...argv, "--batch-documents", "100"])).code).to.equal(0);
    const batch = readdirSync(`${store.slice(7)}/runs/r1/ingest`)[0]!;
    const step = ["--in", `${store}/runs/r1/ingest/${batch}`, "--out", `${store}/runs/r1/clean-chunk/${batch}`];
    let isStopped = false;
    let stoppedAt = 0;
    let lastLineAt = 0; // the engine takes a while of its own to remove a container that has ended
    const { code, lines } = await run("clean-chunk", step, {}, (_, kill) => {
      lastLineAt = performance.now();
      if (isStopped) return;
      isStopped = true;
      setTimeout(() => kill("SIGTERM").then(() => (stoppedAt = performance.now())), 100);
    });
    expect(code).to.equal(75);
    expect(lines.at(-1)).to.include({ errorCode: "stopped" });
    expect(lastLineAt - stoppedAt).to.be.below(6000);
    expect(existsSync(`${store.slice(7)}/runs/r1/clean-chunk/${batch}`)).to.equal(false);
    const end = readFileSync(`${store.slice(7)}/runs/r1/events/clean-chunk/${batch.replace(".json", "")}/1-end.json`, "utf8");
    expect(JSON.parse(end)).to.include({ status: "failed", errorCode: "stopped", exitCode: 75 });
  });

  it("end at once at SIGTERM in the middle of a document that takes long, half of nothing written, and the next attempt does it", async () => {
    const store = scratch();
    const text = "Pay 4539-1488-0343-6467 or call +49 30 1234567 before noon. "; // slow to clean where values are masked: seconds, even on a fast machine
    const argv = ["--in", `file://${await folderOf({ "a.txt": text.repeat(400_000) })}`, "--out", `${store}/runs/r1/ingest.json`];
    expect((await run("ingest", argv)).code).to.equal(0);
    const batch = readdirSync(`${store.slice(7)}/runs/r1/ingest`)[0]!;
    const step = ["--in", `${store}/runs/r1/ingest/${batch}`, "--out", `${store}/runs/r1/clean-chunk/${batch}`, "--pii-policy", "mask"];
    let stoppedAt = Number.POSITIVE_INFINITY;
    const { code } = await run("clean-chunk", step, {}, (line, kill) => {
      if (!String(line).includes('"started"')) return;
      setTimeout(() => kill("SIGTERM").then(() => (stoppedAt = performance.now())), 500); // by then it is at work
    });
    expect(code).to.be.oneOf([75, null, 143]); // told before or after it was at work; by a signal; as a container says it
    expect(performance.now() - stoppedAt).to.be.below(3_000);
    expect(existsSync(`${store.slice(7)}/runs/r1/clean-chunk/${batch}`)).to.equal(false);
    expect(readdirSync(`${store.slice(7)}/parts`)).to.deep.equal(["ingest"]);
    expect((await run("clean-chunk", step, { PIPELINE_ATTEMPT: "2" })).code).to.equal(0);
  });

  it("end themselves with 75 at their deadline", async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`${n}.txt`, prose(n, 2).repeat(2000)]));
    const store = scratch();
    const argv = ["--in", `file://${await folderOf(files)}`, "--out", `${store}/runs/r1/ingest.json`];
    await run("ingest", argv);
    const batch = readdirSync(`${store.slice(7)}/runs/r1/ingest`)[0]!;
    const step = ["--in", `${store}/runs/r1/ingest/${batch}`, "--out", `${store}/runs/r1/clean-chunk/${batch}`];
    const { code, lines } = await run("clean-chunk", step, { PIPELINE_DEADLINE_SECONDS: "0.2" });
    expect(code).to.equal(75);
    expect(lines.at(-1)).to.include({ errorCode: "deadline" });
  });
});
