import { spawnSync } from "node:child_process";
import { expect } from "chai";

describe("compileLess()", () => {
  it("asks for what this version of V8 knows: it would complain of an unknown flag, and go on", () => {
    const program = `import { compileLess } from "${import.meta.resolve("@pipeline/shared/compiler")}"; compileLess(); console.log("done");`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
    expect({ stdout, stderr }).to.deep.equal({ stdout: "done\n", stderr: "" });
  });
});
