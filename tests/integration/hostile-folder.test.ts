import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openExistingDatabase } from "@pipeline/local/local-run/existing-database";
import { encodedPath } from "@pipeline/shared/document-path";
import { expect } from "chai";
import { type HostileFolder, hostileFolder, OUTSIDE } from "../support/hostile-folder.js";
import { give, plainUser } from "../support/plain-user.js";
import { runSql } from "../support/postgres.js";

const LOCAL_RUN = fileURLToPath(import.meta.resolve("@pipeline/local/local-run"));
const EXPLAIN = fileURLToPath(import.meta.resolve("@pipeline/local/explain"));
/** What could act on a terminal: all controls but the line feed, and marks that turn text round. */
const ACTS = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;

describe("make local-run INPUT=a hostile folder", function () {
  this.timeout(600_000);
  const user = plainUser(LOCAL_RUN);
  let parent = "";
  let folder: HostileFolder;
  let out = "";
  let ended = { code: null as number | null, output: "" };

  async function run(program: string, args: readonly string[], variables: Record<string, string>): Promise<typeof ended> {
    const environment = { PATH: process.env.PATH, ...variables };
    const child = spawn(process.execPath, [program, ...args], {
      ...user.account,
      cwd: parent,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (output += piece));
    await once(child, "close");
    return { code: child.exitCode, output };
  }

  before("run it", async () => {
    parent = await mkdtemp(join(tmpdir(), `hostile <svg onload=document.documentElement.dataset.pwned=1> "'\u001b[2J-`));
    await chmod(parent, 0o755);
    folder = hostileFolder(parent);
    out = join(folder.root, "out"); // inside: what a run writes is no document
    await mkdir(out);
    give(out, user);
    ended = await run(LOCAL_RUN, [], { INPUT: folder.root, OUT: out, BATCH_DOCUMENTS: "1000" });
  });
  after(async () => {
    folder?.close();
    execFileSync("rm", ["-rf", parent]); // the paths in it are too long for any single call
  });

  /** Outcome of each document by its path, and how many chunks hold what lies outside. */
  async function stored(): Promise<{ outcomes: Record<string, string>; outside: unknown }> {
    const database = await openExistingDatabase({ OUT: out });
    try {
      const rows = await runSql(database.url, "select path, coalesce(drop_reason, failure_code, verdict) as outcome from document");
      const [outside] = await runSql(database.url, `select count(*)::integer as count from chunk where text like '%${OUTSIDE}%'`);
      return { outcomes: Object.fromEntries(rows.map(({ path, outcome }) => [path, String(outcome)])), outside: outside!.count };
    } finally {
      await database.close();
    }
  }

  it("ends well, with every document accounted for, and nothing that it printed acts on a terminal", () => {
    expect(ended.output).to.contain("every document and every chunk is accounted for").and.not.match(ACTS);
    expect(ended.code).to.equal(0);
  });

  it("gives each file what it is due, knows no other, and read nothing outside", async () => {
    const { outcomes, outside } = await stored();
    expect(outside).to.equal(0);
    for (const { path, outcome } of folder.expected) {
      const name = encodedPath(path);
      const became = outcomes[name];
      delete outcomes[name];
      if (!user.isPlain && ["unreadable", "unreadable_folder"].includes(outcome)) continue;
      if (outcome === "processed")
        expect(became, name).to.match(/^(kept|empty|too_short|low_letters|symbol_heavy|repetitive|boilerplate|undecodable|binary)$/);
      else expect(became, name).to.equal(outcome);
    }
    expect(Object.keys(outcomes).filter((path) => user.isPlain || !path.startsWith("closed/"))).to.deep.equal([]);
  });

  it("ran nothing of what names and texts say, and shows none of them raw", async () => {
    expect(await readdir(parent)).to.have.members(["input", "outside"]);
    for (const name of ["report.html", "report.md", "datacard.md", "report.json"]) {
      const text = await readFile(join(out, name), "utf8");
      expect(text, name)
        .to.not.match(ACTS)
        .and.not.match(/<(svg onload|img src|script)/);
    }
  });

  it("finds everything done the second time", async () => {
    const again = await run(LOCAL_RUN, [], { INPUT: folder.root, OUT: out, BATCH_DOCUMENTS: "1000" });
    expect(again.output).to.contain("Nothing had changed");
    expect(again.code).to.equal(0);
  });

  it("explains them on a page that does not act on a terminal", async () => {
    const names = (await readdir(folder.root)).filter(
      (name) => /^[^d].*\.txt$/.test(name) && /[^\w.-]/.test(name) && !name.includes("\ufffd"),
    );
    const { code, output } = await run(
      EXPLAIN,
      names.map((name) => join(folder.root, name)),
      {},
    );
    expect(code, output.slice(-500)).to.equal(0);
    expect(output).to.contain("verdict     keep").and.not.match(ACTS);
  });
});
