import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** As much of a checkout as has to do with its settings. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), "image-tag-"));
  mkdirSync(join(folder, "docker"));
  for (const name of ["scripts/stack-tag", "scripts/stack-env", "docker/.env.example"]) cpSync(join(root, name), join(folder, name));
  return folder;
}

const said = (folder: string, script: string, environment: Readonly<Record<string, string>> = {}, ...words: string[]): string =>
  execFileSync("bash", [join(folder, script), ...words], { encoding: "utf8", env: { PATH: process.env.PATH, ...environment } }).trim();

const tagIn = (file: string): string | undefined => /^PIPELINE_IMAGE_TAG=(.*)$/m.exec(readFileSync(file, "utf8"))?.[1];

describe("the tag of a checkout's images", () => {
  const [one, other] = [checkout(), checkout()];

  it("is another one in another clone, and the same each time", () => {
    expect(said(one, "scripts/stack-tag")).to.match(/^local-[0-9a-f]{8}$/);
    expect(said(one, "scripts/stack-tag")).to.equal(said(one, "scripts/stack-tag"));
    expect(said(one, "scripts/stack-tag")).not.to.equal(said(other, "scripts/stack-tag"));
  });

  it("is what the settings of a stack are made with, be it this clone's or that of its tests", () => {
    const settings = withoutEngine(one);
    for (const file of [join(one, "docker/.env"), join(one, "tests.env")]) {
      cpSync(settings, file);
      said(one, "scripts/stack-env", {}, file);
      expect(tagIn(file)).to.equal(said(one, "scripts/stack-tag"));
    }
  });

  it("is the one that the settings or the caller name", () => {
    writeFileSync(join(other, "docker/.env"), "PIPELINE_IMAGE_TAG=release-7\n");
    expect(said(other, "scripts/stack-tag")).to.equal("release-7");
    expect(said(other, "scripts/stack-tag", { PIPELINE_IMAGE_TAG: "release-8" })).to.equal("release-8");
  });
});

/** The example without the setting for which an engine must be there. */
function withoutEngine(folder: string): string {
  const file = join(folder, "example.env");
  writeFileSync(file, readFileSync(join(folder, "docker/.env.example"), "utf8").replace("DOCKER_GID=\n", "DOCKER_GID=1\n"));
  return file;
}
