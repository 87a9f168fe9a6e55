import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openExistingDatabase } from "@pipeline/local/local-run/existing-database";
import { programOf } from "@pipeline/local/local-run/programs";
import { runningServer } from "@pipeline/local/postgres-process";
import { expect } from "chai";
import { contentOf } from "../support/full-dump.js";
import { writeDocuments } from "../support/kill-plan.js";
import { processesNaming, runUntil, startRun, type Variables } from "../support/kills.js";
import { createDatabase, dropDatabase, runSql } from "../support/postgres.js";

describe("a local run that is not alone", function () {
  this.timeout(240_000);
  let folder = "";
  let undisturbed: unknown[] = [];
  const databases: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "disturbed-"));
    await chmod(folder, 0o755); // else root's server would live in a folder of its own, outside of this one
    await writeDocuments(join(folder, "input"), 250);
    const variables = await variablesOf("undisturbed");
    expect((await runUntil(variables)).exitCode).to.equal(0);
    undisturbed = await contentOf(variables.DATABASE_URL!);
    expect(undisturbed).to.have.length.above(6);
  });
  after(async () => {
    for (const database of databases) await dropDatabase(database);
    await rm(folder, { recursive: true, force: true });
  });

  async function variablesOf(name: string, more: Readonly<Record<string, string>> = {}): Promise<Variables> {
    const variables = { INPUT: join(folder, "input"), OUT: join(folder, name), JOBS: "2", BATCH_DOCUMENTS: "4", ...more };
    if ("DATABASE_URL" in more) return variables;
    databases.push(await createDatabase());
    return { ...variables, DATABASE_URL: databases.at(-1)! };
  }

  it("ends at Ctrl-C with 130, its programs and its server with it, and goes on to the same rows", async () => {
    const variables = await variablesOf("interrupted", { DATABASE_URL: "" });
    const child = startRun(variables);
    const closed = once(child, "close");
    for await (const piece of child.stdout!) if (/documents in \d+ batches/.test(String(piece))) break;
    process.kill(-child.pid!, "SIGINT"); // as a terminal does it: to all of the group
    await closed;
    expect(child.exitCode).to.equal(130);
    expect(processesNaming("/dist/main.js", variables.OUT)).to.deep.equal([]);
    expect(await runningServer(join(variables.OUT, "postgres"))).to.equal(null);
    const resumed = await runUntil(variables);
    expect(resumed.output).to.contain("going on with");
    expect(resumed.exitCode).to.equal(0);
    const database = await openExistingDatabase(variables);
    expect(await contentOf(database.url)).to.deep.equal(undisturbed);
    await database.close();
  });

  it("comes to its end although nobody reads what it says", async () => {
    const variables = await variablesOf("unread");
    const child = startRun(variables);
    const closed = once(child, "exit");
    child.stdout!.once("data", () => child.stdout!.destroy()); // as head -1 does it
    let complaints = "";
    child.stderr!.on("data", (piece: Buffer) => (complaints += piece));
    await closed;
    expect(complaints).to.equal("");
    expect(child.exitCode).to.equal(0);
    expect(await contentOf(variables.DATABASE_URL!)).to.deep.equal(undisturbed);
  });

  it("shares its folder and its database with another that began with it, while the schema is brought up to date beside them", async () => {
    const variables = await variablesOf("shared");
    const migrate = () => spawn(process.execPath, [programOf("migrate")], { env: { ...process.env, ...variables }, stdio: "ignore" });
    const runs = [runUntil(variables), runUntil(variables)];
    const exits: (number | null)[] = [];
    for (let done = false; !done; ) {
      const child = migrate();
      await once(child, "exit");
      exits.push(child.exitCode);
      done = await Promise.race([Promise.all(runs).then(() => true), new Promise<false>((next) => setTimeout(() => next(false), 500))]);
    }
    for (const { exitCode, output } of await Promise.all(runs)) expect(exitCode, output).to.equal(0);
    expect(new Set(exits)).to.deep.equal(new Set([0]));
    expect(await contentOf(variables.DATABASE_URL!)).to.deep.equal(undisturbed);
    expect(await runSql(variables.DATABASE_URL!, "select status from pipeline_run")).to.deep.equal([{ status: "ok" }, { status: "ok" }]);
    expect((await readdir(join(variables.OUT, "store/.writing"))).filter((name) => !name.startsWith("lock-"))).to.deep.equal([]);
  });
});
