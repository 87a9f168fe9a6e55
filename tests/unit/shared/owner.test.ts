import { spawn } from "node:child_process";
import { once } from "node:events";
import { hasEnded, isAlive, ownerName } from "@pipeline/shared/owner";
import { expect } from "chai";

describe("ownerName(pid)", () => {
  it("names a process that lives, until it has ended", async () => {
    const child = spawn("sleep", ["60"]);
    const name = ownerName(child.pid);
    expect([isAlive(name), hasEnded(name)]).to.deep.equal([true, false]);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect([isAlive(name), hasEnded(name)]).to.deep.equal([false, true]);
  });

  it("tells a process from the one that had its number before", () => {
    const before = ownerName().replace(/\.\d+$/, ".1");
    expect([isAlive(before), hasEnded(before)]).to.deep.equal([false, true]);
  });

  it("claims to know nothing of another machine, another container, or of what is no name", () => {
    for (const name of [`elsewhere.${process.pid}.1`, String(process.pid), ""])
      expect([isAlive(name), hasEnded(name)], name).to.deep.equal([false, false]);
  });
});
