import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanChunkTask } from "@pipeline/clean-chunk/task";
import { ingestTask } from "@pipeline/ingest/task";
import { reportSchema } from "@pipeline/lineage/report/report-schema";
import { lineageTask } from "@pipeline/lineage/task";
import { loadTask } from "@pipeline/load/task";
import { tryAgain } from "@pipeline/shared/errors";
import { silentLogger } from "@pipeline/shared/logger";
import type { RunManifest } from "@pipeline/shared/manifest";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { execute, type TaskDefinition } from "@pipeline/shared/run-task";
import { sumOf } from "@pipeline/shared/tally";
import { validateTask } from "@pipeline/validate/task";
import { expect } from "chai";
import { useEmptyDatabase } from "../support/postgres.js";

const TASKS: Record<string, TaskDefinition<never>> = {
  ingest: ingestTask as never,
  "clean-chunk": cleanChunkTask as never,
  validate: validateTask as never,
  load: loadTask as never,
  lineage: lineageTask as never,
};
const SENTENCES = [
  "The river ran past the mill and under the old stone bridge, where the children of the village used to fish in summer.",
  "Nobody remembered who had planted the three tall poplars beside the road, or why the fourth had been cut down.",
  "Every Thursday the carrier brought letters, lamp oil and the news from town, which was seldom good.",
  "When the frost came early that year, the apples were still hanging on the trees behind the schoolhouse.",
];
const DOCUMENTS = 12; // the first is too short to be kept

describe("lineage, the task", function () {
  this.timeout(60_000);
  const empty = useEmptyDatabase();
  let database: Database;
  let folder: string;

  before(async () => {
    database = await openDatabase(empty.url);
    await migrateUp(database);
    folder = await mkdtemp(join(tmpdir(), "lineage-"));
    await mkdir(join(folder, "texts"));
    for (let index = 0; index < DOCUMENTS; index++)
      await writeFile(join(folder, "texts", `${index}.txt`), index === 0 ? "Short." : `Page ${index}. ${SENTENCES.join(" ")}`);
  });
  after(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  const root = (): string => `file://${folder}/out`;
  const stored = (run: string, name: string): Promise<string> => readFile(join(folder, "out/runs", run, name), "utf8");
  const report = async (run: string) => reportSchema.parse(JSON.parse(await stored(run, "report.json")));
  const rows = (sql: string, ...values: unknown[]) => database.query<Record<string, unknown>>("testing", sql, values);

  /** What became of the run's records, in the view of the runs and in the report: the two must be one. */
  async function expectOneAccount(run: string): Promise<void> {
    const [row] = await rows("select to_jsonb(s) as summary from run_summary s where run_id = $1", run);
    const { documents, chunks } = await report(run);
    const figures = Object.entries({ documents, chunks }).flatMap(([kind, counts]) =>
      Object.entries(counts).map(([name, count]) => [`${kind}_${name}`, typeof count === "number" ? count : sumOf(count)]),
    );
    expect(row!.summary).to.include(Object.fromEntries(figures));
  }

  async function step(
    run: string,
    task: string,
    batch = "",
    {
      source = `file://${folder}/texts`,
      attempt = 1,
      flags = [] as string[],
      signal = new AbortController().signal,
      clock = () => new Date(),
    } = {},
  ) {
    const before: Record<string, string> = { "clean-chunk": "ingest", validate: "clean-chunk", load: "validate" };
    const place = `${root()}/runs/${run}`;
    const from = task === "ingest" ? source : task === "lineage" ? `${place}/` : `${place}/${before[task]}/${batch}.json`;
    const to = batch === "" ? `${place}/${task}.json` : `${place}/${task}/${batch}.json`;
    await execute(TASKS[task]!, {
      argv: ["--in", from, "--out", to, ...flags],
      environment: { DATABASE_URL: empty.url, PIPELINE_ATTEMPT: String(attempt) },
      signal,
      clock,
      codeVersion: `code of ${task}`,
      logger: silentLogger,
    });
  }

  async function ingested(run: string, flags = ["--batch-documents", "2"], source?: string): Promise<string[]> {
    await step(run, "ingest", "", { flags, ...(source && { source }) });
    return (JSON.parse(await stored(run, "ingest.json")) as RunManifest).batches.map(({ id }) => id);
  }

  async function through(run: string, batches: readonly string[]): Promise<void> {
    for (const batch of batches) for (const task of ["clean-chunk", "validate", "load"]) await step(run, task, batch);
  }

  const failureOf = (work: Promise<void>) => work.then(() => null).catch(({ code, exitCode, message }) => ({ code, exitCode, message }));

  it("accounts for every document, stores a row for each transformation and writes report and manifest", async () => {
    const batches = await ingested("whole");
    await through("whole", batches);
    await step("whole", "lineage");
    const { documents, balanced, attempts } = await report("whole");
    expect({ balanced, in: documents.in, dropped: documents.dropped }).to.deep.equal({
      balanced: true,
      in: DOCUMENTS,
      dropped: { too_short: 1 },
    });
    expect(attempts).to.deep.equal({ ok: 1 + 3 * batches.length, failed: {}, lost: 0 });
    expect(JSON.parse(await stored("whole", "lineage.json")).counts.documents).to.deep.equal(documents);
    for (const name of ["report.html", "report.md", "datacard.md"]) expect(await stored("whole", name)).to.contain("corpus");
    const events = (await stored("whole", "openlineage/events.jsonl")).trim().split("\n");
    expect(events.length).to.equal(2 * (2 + 3 * batches.length));
    const states = await rows("select task, status, count(*)::int as n from lineage where run_id = 'whole' group by 1, 2 order by 1");
    expect(states).to.deep.equal([
      { task: "clean-chunk", status: "ok", n: batches.length },
      { task: "ingest", status: "ok", n: 1 },
      { task: "lineage", status: "ok", n: 1 },
      { task: "load", status: "ok", n: batches.length },
      { task: "validate", status: "ok", n: batches.length },
    ]);
    expect(await rows("select status, counts -> 'documents' ->> 'in' as n from pipeline_run")).to.deep.equal([
      { status: "ok", n: String(DOCUMENTS) },
    ]);
    await expectOneAccount("whole");
    expect(await rows("select * from run_sums")).to.deep.equal([]);
    expect(await rows("select count(*)::int as n from lineage_attempt where status = 'ok'")).to.deep.equal([{ n: 2 + 3 * batches.length }]);
  });

  it("names the makers of reused parts, and says that nothing was written", async () => {
    const batches = await ingested("again");
    await through("again", batches);
    await step("again", "lineage");
    const { stored: written, steps } = await report("again");
    expect(written).to.deep.equal({ inserted: 0, replaced: 0, unchanged: DOCUMENTS });
    expect(steps.map(({ task, reused }) => [task, reused > 0])).to.deep.equal([
      ["ingest", true],
      ["clean-chunk", true],
      ["validate", true],
      ["load", false],
    ]);
    const made = await rows(
      "select l.task, m.run_id from lineage l join lineage m on m.id = l.made_by where l.run_id = 'again' group by 1, 2 order by 1",
    );
    expect(made).to.deep.equal(["clean-chunk", "ingest", "validate"].map((task) => ({ task, run_id: "whole" })));
  });

  it("refuses a run of which a batch is missing, and says what is known of it", async () => {
    const batches = await ingested("torn");
    await through("torn", batches.slice(1));
    const stop = new AbortController();
    const clock = () => {
      stop.abort(tryAgain("stopped", "stopped by the test")); // the clock is first asked when the attempt begins
      return new Date();
    };
    await failureOf(step("torn", "clean-chunk", batches[0]!, { flags: ["--force"], signal: stop.signal, clock }));
    const failure = await failureOf(step("torn", "lineage"));
    expect(failure).to.include({ code: "unbalanced", exitCode: 65 });
    expect(failure!.message).to.contain(`batch ${batches[0]}: clean-chunk has no manifest: attempt 1 failed with stopped`);
    const { balanced, documents } = await report("torn");
    expect([balanced, documents.failed.batch_unfinished! > 0]).to.deep.equal([false, true]);
    await expectOneAccount("torn");
    expect(await rows("select status from pipeline_run where id = 'torn'")).to.deep.equal([{ status: "failed" }]);
    expect(await failureOf(stored("torn", "lineage.json") as never)).to.not.equal(null);
  });

  it("closes the same run once the batch is there, and shows the attempts that were lost", async () => {
    const { batches } = JSON.parse(await stored("torn", "ingest.json")) as RunManifest;
    const start = join(folder, "out/runs/torn/events/validate", batches[0]!.id, "1-start.json");
    await through("torn", [batches[0]!.id]);
    await rm(start.replace("start", "end"));
    for (const task of ["validate", "load"]) await step("torn", task, batches[0]!.id, { attempt: 2 });
    await step("torn", "lineage", "", { attempt: 2 });
    expect((await report("torn")).attempts).to.include({ lost: 1 });
    const lost = await rows(
      "select a.attempt, l.status from lineage_attempt a join lineage l on l.id = a.lineage_id where a.status = 'lost'",
    );
    expect(lost).to.deep.equal([{ attempt: 1, status: "reused" }]);
    expect(await rows("select status from pipeline_run where id = 'torn'")).to.deep.equal([{ status: "ok" }]);
  });

  it("says which manifest is half-written instead of falling over it", async () => {
    const batches = await ingested("halved");
    await through("halved", batches);
    const file = join(folder, "out/runs/halved/validate", `${batches[0]}.json`);
    await writeFile(file, (await readFile(file, "utf8")).slice(0, 100));
    const failure = await failureOf(step("halved", "lineage"));
    expect(failure!.message).to.contain(`runs/halved/validate/${batches[0]}.json is no JSON`);
  });

  it("accounts for the documents of a batch whose ingest manifest is half-written", async () => {
    const [unread, ...others] = await ingested("unread");
    await through("unread", others);
    const listed = (JSON.parse(await stored("unread", "ingest.json")) as RunManifest).batches[0]!.documents;
    const file = join(folder, "out/runs/unread/ingest", `${unread}.json`);
    await writeFile(file, (await readFile(file, "utf8")).slice(0, 100));
    expect(await failureOf(step("unread", "lineage"))).to.include({ code: "unbalanced" });
    const { documents } = await report("unread");
    expect([documents.in, documents.failed.batch_unfinished]).to.deep.equal([DOCUMENTS, listed]);
  });

  it("finds a step that read other parts than the one before it now names", async () => {
    const batches = await ingested("stale");
    await through("stale", batches);
    await step("stale", "clean-chunk", batches[0]!, { attempt: 2, flags: ["--max-tokens", "32"] });
    expect((await failureOf(step("stale", "lineage")))!.message).to.contain("validate read other parts than clean-chunk now names");
  });

  it("fails a run that lost more than its recipe allows", async () => {
    const recipe = join(folder, "strict.yaml");
    await writeFile(recipe, "extends: default\nlimits: { run: 0.05 }\n");
    const batches = await ingested("lossy");
    const flags = ["--recipe", recipe];
    for (const batch of batches) {
      for (const task of ["clean-chunk", "validate"]) await step("lossy", task, batch, { flags });
      await step("lossy", "load", batch);
    }
    expect(await failureOf(step("lossy", "lineage", "", { flags }))).to.include({ code: "removal_limit", exitCode: 65 });
    expect((await failureOf(step("lossy", "lineage", "", { attempt: 2 })))!.message).to.contain("call all with one --recipe");
  });

  it("retires what a complete source no longer holds, where it is told to, and only after a whole run", async () => {
    const retire = ["--on-missing", "retire", "--dataset", "shrinking", "--batch-documents", "2"];
    const missing = "select path from document where dataset = 'shrinking' and retired_at is not null";
    await ingested("before", retire).then((batches) => through("before", batches));
    await step("before", "lineage");
    await rm(join(folder, "texts", "3.txt"));
    const batches = await ingested("after", retire);
    await failureOf(step("after", "lineage"));
    expect(await rows(missing)).to.deep.equal([]);
    await through("after", batches);
    await step("after", "lineage", "", { attempt: 2 });
    expect(await rows(missing)).to.deep.equal([{ path: "3.txt" }]);
  });

  it("refuses to retire for a source without a name in a dataset that another source fills too, but not for one with", async () => {
    const retire = ["--on-missing", "retire", "--dataset", "shared", "--batch-documents", "2"];
    const missing = "select path from document where dataset = 'shared' and retired_at is not null";
    const neighbour = `file://${folder}/neighbour`;
    await mkdir(join(folder, "neighbour"));
    await writeFile(join(folder, "neighbour/one.txt"), SENTENCES.join(" "));
    await ingested("neighbour", [...retire, "--source-name", "neighbour"], neighbour).then((batches) => through("neighbour", batches));
    await step("neighbour", "lineage");
    await ingested("nameless", retire).then((batches) => through("nameless", batches));
    expect(await failureOf(step("nameless", "lineage"))).to.include({ code: "ambiguous_retire", exitCode: 78 });
    expect((await report("nameless")).balanced).to.equal(true);
    expect(await rows(missing)).to.deep.equal([]);
    await ingested("named", [...retire, "--source-name", "texts"]).then((batches) => through("named", batches));
    await step("named", "lineage");
    expect(await rows(missing)).to.deep.equal([]);
  });

  it("has nothing to do where ingest found nothing, and fails where ingest never was", async () => {
    await mkdir(join(folder, "nothing"), { recursive: true });
    await failureOf(step("bare", "ingest", "", { source: `file://${folder}/nothing` }));
    expect(await failureOf(step("bare", "lineage"))).to.include({ code: "no_documents", exitCode: 99 });
    expect((await report("bare")).balanced).to.equal(true);
    expect(await failureOf(step("void", "lineage"))).to.include({ code: "unbalanced", exitCode: 65 });
    expect(await stored("void", "report.html")).to.contain("it never began");
  });
});
