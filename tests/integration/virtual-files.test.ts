import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IndexEntry } from "@pipeline/shared/records";
import { sumOf } from "@pipeline/shared/tally";
import { expect } from "chai";
import { errorOf, Pipeline, prose } from "../support/steps.js";

/** Files that the kernel makes up, and what must become of each; "any" where it depends on the machine. */
const MADE_UP: Readonly<Record<string, string>> = {
  "/proc/cpuinfo": "read", // says that it has no bytes, and has some
  "/proc/sys/kernel/random/uuid": "any", // says another thing at each reading
  "/proc/kmsg": "any", // waits for the kernel to say more
  "/proc/1/mem": "unreadable",
  "/proc/1/pagemap": "any", // 2^48 bytes where its process has memory
  "/proc/1/clear_refs": "unreadable", // takes writes only
  "/proc/kallsyms": "any",
  "/dev/zero": "not_a_file",
  "/dev/tty": "not_a_file",
  "/sys/kernel/mm/transparent_hugepage/enabled": "read", // says 4,096 bytes, and has fewer
};

describe("ingest, of files that a kernel makes up", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "virtual-"));
  const mounted: string[] = [];
  after(() => {
    for (const path of mounted) execFileSync("umount", ["--lazy", path]);
    rmSync(folder, { recursive: true, force: true });
  });

  it("counts each, waits for none, and reads those that say nothing of their length", async function () {
    const outcomes = new Map<string, string>();
    for (const [source, outcome] of Object.entries(MADE_UP).filter(([path]) => existsSync(path))) {
      const name = `${source.replaceAll("/", "-").slice(1)}.txt`;
      if (!mount(source, join(folder, name))) return this.skip();
      outcomes.set(name, outcome);
    }
    writeFileSync(join(folder, "ordinary.txt"), prose(1));
    outcomes.set("ordinary.txt", "read");
    const pipeline = new Pipeline();
    const { batches, counts } = await pipeline.ingest(folder, "r");
    expect(counts.documents.kept + sumOf(counts.documents.failed)).to.equal(outcomes.size);
    const manifest = await pipeline.manifest(`runs/r/ingest/${batches[0]!.id}.json`);
    const index = await pipeline.records<IndexEntry>(manifest, "index");
    for (const { path, failure, length } of index) {
      const outcome = outcomes.get(path);
      if (outcome !== "any") expect(failure?.code ?? "read", path).to.equal(outcome);
      if (outcome === "read") expect(length, path).to.be.above(0);
    }
    expect(index).to.have.length(outcomes.size);
  });

  for (const place of ["/dev", "/proc/1", "/proc/sys"])
    it(`ends when it is pointed at ${place}`, async function () {
      if (!existsSync(place)) return this.skip();
      const pipeline = new Pipeline();
      const ended = await errorOf(pipeline.ingest(place, "r").then(() => Promise.reject({ code: "done", exitCode: 0, message: "" })));
      expect(ended.exitCode).to.be.oneOf([0, 78, 99]); // read something, may read none of it, holds no document
    });

  function mount(source: string, path: string): boolean {
    writeFileSync(path, "");
    try {
      execFileSync("mount", ["--bind", source, path], { stdio: "ignore" });
    } catch {
      console.log("    nothing can be mounted here: only root may");
      return false;
    }
    mounted.push(path);
    return true;
  }
});
