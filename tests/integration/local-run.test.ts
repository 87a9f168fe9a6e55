import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { openExistingDatabase } from "@pipeline/local/local-run/existing-database";
import { runningServer } from "@pipeline/local/postgres-process";
import { sampleFiles } from "@pipeline/local/sample/write-sample";
import { expect } from "chai";
import { contentOf } from "../support/full-dump.js";
import { startMoto } from "../support/moto.js";
import { createDatabase, dropDatabase, runSql } from "../support/postgres.js";

const PROGRAM = fileURLToPath(import.meta.resolve("@pipeline/local/local-run"));
const EVERY = 50; // of the sample's 1,500 documents: thirty, of most features

/** Starts a local run in a process group of its own, as a shell does. */
function start(variables: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [PROGRAM], {
    env: { PATH: process.env.PATH, ...variables },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function ended(child: ChildProcess): Promise<{ exitCode: number | null; output: string }> {
  let output = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (piece: Buffer) => (output += piece.toString()));
  await once(child, "close");
  return { exitCode: child.exitCode, output };
}

const run = (variables: Readonly<Record<string, string>>) => ended(start(variables));

/** Every row that a run leaves, without what differs from one undisturbed run to the next. */
async function rowsIn(out: string): Promise<unknown[]> {
  const database = await openExistingDatabase({ OUT: out });
  try {
    return await contentOf(database.url);
  } finally {
    await database.close();
  }
}

describe("make local-run", function () {
  this.timeout(240_000);
  let folder = "";
  let variables: Record<string, string> = {};
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "local-run-"));
    await chmod(folder, 0o755); // else root's server would live in a folder of its own, outside of this one
    variables = { INPUT: join(folder, "input"), OUT: join(folder, "out"), JOBS: "2", BATCH_DOCUMENTS: "10" };
    await mkdir(variables.INPUT!);
    const some = sampleFiles().filter((_, index) => index % EVERY === 0);
    for (const [index, { content }] of some.entries()) await writeFile(join(variables.INPUT!, `${index}.txt`), content);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("turns a folder into rows and a report, and says what became of every document", async () => {
    const { exitCode, output } = await run(variables);
    expect(output)
      .to.match(/documents {2}3\d in/)
      .and.contain("every document and every chunk is accounted for");
    expect(exitCode).to.equal(0);
    expect(await readdir(variables.OUT!)).to.include.members(["datacard.md", "report.html", "report.json", "report.md"]);
    const report = JSON.parse(await readFile(join(variables.OUT!, "report.json"), "utf8"));
    const rows = (await rowsIn(variables.OUT!)) as { id: string; chunk: string | null }[];
    expect(new Set(rows.map(({ id }) => id)).size).to.equal(report.documents.in);
    expect(rows.filter(({ chunk }) => chunk !== null)).to.have.length(report.chunks.kept);
  });

  it("changes nothing when nothing has changed, and says so", async () => {
    const before = await rowsIn(variables.OUT!);
    const { exitCode, output } = await run(variables);
    expect(output).to.contain("Nothing had changed");
    expect(exitCode).to.equal(0);
    expect(await rowsIn(variables.OUT!)).to.deep.equal(before);
  });

  it("goes on with a run that was killed, under its id, and leaves the same rows as one that was not", async () => {
    const out = join(folder, "killed");
    const victim = start({ ...variables, OUT: out });
    for await (const piece of victim.stdout!) if (/documents in \d+ batches/.test(String(piece))) break;
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // somewhere in the middle of the batches
    process.kill(-victim.pid!, "SIGKILL");
    const { exitCode, output } = await run({ ...variables, OUT: out });
    expect(output).to.match(/^going on with local\./);
    expect(exitCode).to.equal(0);
    expect(await rowsIn(out)).to.deep.equal(await rowsIn(variables.OUT!));
  });

  it("ends when it is told to, its server with it, and the next call would go on", async () => {
    const child = start({ ...variables, DATASET: "stopped" });
    const end = ended(child);
    for await (const piece of child.stdout!) if (/documents in \d+ batches/.test(String(piece))) break;
    child.kill("SIGTERM");
    expect(await end).to.include({ exitCode: 75 });
    expect(await runningServer(join(variables.OUT!, "postgres"))).to.equal(null);
  });

  it("ends with the exit code of what failed, after accounting for the run", async () => {
    const strict = join(folder, "strict.yaml");
    await writeFile(strict, "extends: default\nname: strict\nlimits: { run: 0 }\n");
    const { exitCode, output } = await run({ ...variables, RECIPE: strict });
    expect(output)
      .to.match(/lineage failed with exit code 65: .*removal/)
      .and.contain("report.html");
    expect(exitCode).to.equal(65);
  });

  it("works with an object store and a database of the user's own, and leaves neither's password in what it prints", async () => {
    const moto = await startMoto();
    const database = await createDatabase();
    try {
      const aws = {
        AWS_ENDPOINT_URL_S3: moto.url,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "key",
        AWS_SECRET_ACCESS_KEY: "sentinel-key",
      };
      const client = new S3Client({
        endpoint: moto.url,
        region: "us-east-1",
        forcePathStyle: true,
        credentials: { accessKeyId: "key", secretAccessKey: "k" },
      });
      await client.send(new CreateBucketCommand({ Bucket: "corpus" }));
      const out = join(folder, "outside");
      const few = join(folder, "few");
      await mkdir(few);
      for (const index of [0, 1, 2]) await cp(join(variables.INPUT!, `${index}.txt`), join(few, `${index}.txt`));
      const outside = { ...variables, ...aws, INPUT: few, OUT: out, S3_URI: "s3://corpus/some/prefix", DATABASE_URL: database };
      const { exitCode, output } = await run(outside);
      expect(output).to.contain("accounted for");
      expect(exitCode).to.equal(0);
      expect(await runSql(database, "select count(*)::integer as kept from corpus_chunk")).to.not.deep.equal([{ kept: 0 }]);
      expect(await readdir(out)).to.have.members(["datacard.md", "logs", "report.html", "report.json", "report.md", "runs"]);
      const log = await readFile(join(out, "logs", (await readdir(join(out, "logs")))[0]!), "utf8");
      for (const secret of [new URL(database).password, "sentinel-key"]) expect(output + log).not.to.contain(secret);
    } finally {
      await moto.stop();
      await dropDatabase(database);
    }
  });

  it("has nothing to do in a folder without documents, and refuses a folder that is not there", async () => {
    const empty = join(folder, "empty");
    await mkdir(empty);
    expect(await run({ ...variables, INPUT: empty })).to.include({ exitCode: 99 });
    const missing = await run({ ...variables, INPUT: join(folder, "nowhere") });
    expect(missing).to.include({ exitCode: 78 });
    expect(missing.output).to.contain("no such folder");
  });
});
