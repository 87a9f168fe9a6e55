import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256Of } from "@pipeline/shared/ids";
import { expect } from "chai";
import { differencesOf } from "../support/full-dump.js";
import { dumpOf } from "../support/kill-chain.js";
import { runUntil } from "../support/kills.js";
import { measured } from "../support/measured.js";
import { createDatabase, dropDatabase } from "../support/postgres.js";
import { type SmallDisk, smallDisk } from "../support/small-disk.js";
import { longProse } from "../support/sources-of-size.js";

const DOCUMENTS = 3;
const DOCUMENT_BYTES = 40_000;
const PACKED_BYTES = DOCUMENTS * DOCUMENT_BYTES + 40_000; // ingest's pack and what stands beside it, but not clean-chunk's parts, too
const STACK = /^\s+at .*[:(]/m;

describe("on a disk that is full", function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "full-disk-"));
  const input = join(folder, "input");
  const disks: SmallDisk[] = [];
  const databases: string[] = [];
  before(() => {
    chmodSync(folder, 0o755);
    mkdirSync(input);
    for (let n = 0; n < DOCUMENTS; n++) writeFileSync(join(input, `${n}.txt`), longProse(n, DOCUMENT_BYTES));
  });
  afterEach(async () => {
    for (const disk of disks.splice(0)) disk.close();
    for (const database of databases.splice(0)) await dropDatabase(database);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function diskOf(context: Mocha.Context, name: string, bytes: number): SmallDisk {
    const disk = smallDisk(join(folder, name), bytes);
    if (!disk) return context.skip();
    disks.push(disk);
    return disk;
  }

  async function databaseOf(): Promise<string> {
    const url = await createDatabase();
    databases.push(url);
    return url;
  }

  it("a local run says which one it is, ends with 75, and goes on to the same rows once there is space", async function () {
    const disk = diskOf(this, "out", 2 * DOCUMENT_BYTES);
    const variables = { INPUT: input, OUT: disk.path, DATABASE_URL: await databaseOf() };
    const stopped = await runUntil(variables);
    expect(stopped.output)
      .to.match(/ingest failed with exit code 75: .*the disk is full/)
      .and.contain(`${disk.path}/store`)
      .and.not.match(STACK);
    expect(stopped.exitCode).to.equal(75);
    expect(damagedIn(join(disk.path, "store"))).to.deep.equal([]);
    disk.grow();
    const resumed = await runUntil(variables);
    expect(resumed.output).to.contain("going on with");
    expect(resumed.exitCode, resumed.output).to.equal(0);
    const undisturbed = { ...variables, OUT: join(folder, "undisturbed"), DATABASE_URL: await databaseOf() };
    expect((await runUntil(undisturbed)).exitCode).to.equal(0);
    const dumps = await Promise.all([undisturbed, variables].map((run) => dumpOf(run.DATABASE_URL, run)));
    expect(differencesOf(dumps[0]!, dumps[1]!)).to.deep.equal([]);
  });

  it("clean-chunk ends with 75, leaves no half of an object, and makes the same parts once there is space", async function () {
    const disk = diskOf(this, "store", PACKED_BYTES);
    const cleaned = (store: string, batch: string) =>
      measured(
        "clean-chunk",
        ["--in", `file://${store}/runs/r/ingest/${batch}`, "--out", `file://${store}/runs/r/clean-chunk/${batch}`],
        {},
      );
    const batchOf = async (store: string): Promise<string> => {
      const { code } = await measured("ingest", ["--in", `file://${input}`, "--out", `file://${store}/runs/r/ingest.json`], {});
      expect(code).to.equal(0);
      return readdirSync(join(store, "runs/r/ingest"))[0]!;
    };
    const batch = await batchOf(disk.path);
    expect((await cleaned(disk.path, batch)).code).to.equal(75);
    expect(damagedIn(disk.path)).to.deep.equal([]);
    expect(filesBelow(disk.path).filter((name) => /^runs\/r\/clean-chunk|^parts\/clean-chunk\/.*manifest/.test(name))).to.deep.equal([]);
    disk.grow();
    expect((await cleaned(disk.path, batch)).code).to.equal(0);
    const whole = join(folder, "whole");
    expect((await cleaned(whole, await batchOf(whole))).code).to.equal(0);
    const partsOf = (store: string) => filesBelow(store).filter((name) => name.startsWith("parts/"));
    expect(partsOf(disk.path)).to.deep.equal(partsOf(whole));
  });

  it("no server is begun: the run says why in one line and ends with 75", async function () {
    const disk = diskOf(this, "server", 8 * 2 ** 20);
    const { exitCode, output } = await runUntil({ INPUT: input, OUT: disk.path });
    expect(output).to.contain(`working in ${disk.path}: ENOSPC; the disk is full`).and.not.match(STACK);
    expect(exitCode).to.equal(75);
    expect(filesBelow(disk.path).filter((name) => name.startsWith("postgres/data"))).to.deep.equal([]);
  });
});

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

/** Objects that are not whole: parts are named by their hash, all others are JSON; and whatever is left of writing. */
function damagedIn(store: string): string[] {
  return filesBelow(store).filter((name) => {
    const body = readFileSync(join(store, name));
    if (name.startsWith(".writing/")) return true;
    const hash = /-([0-9a-f]{16})\.[a-z.]+$/.exec(name)?.[1];
    if (name.startsWith("parts/") && hash) return !sha256Of(body).startsWith(hash);
    return name.endsWith(".json") && !isJson(body);
  });
}

function isJson(body: Buffer): boolean {
  try {
    return typeof JSON.parse(body.toString()) === "object";
  } catch {
    return false;
  }
}
