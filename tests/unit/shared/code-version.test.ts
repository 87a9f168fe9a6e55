import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { codeVersionOf } from "@pipeline/shared/code-version";
import { expect } from "chai";

const FILES: Readonly<Record<string, string>> = {
  "main.js": 'import { a } from "./a.js";\nexport const later = () => import("./later.js");\n//# sourceMappingURL=main.js.map\n',
  "a.js": 'import {\n  b,\n} from "direct";\nexport const list = createRequire(import.meta.url)("required");\n',
  "later.js": 'export const table = new URL("./table.bin", import.meta.url);\n',
  "table.bin": "table",
  "unreached.js": "export const nothing = 1;\n",
};
const LOCK = {
  packages: {
    "node_modules/direct": { version: "1.0.0", integrity: "sha512-d", dependencies: { deep: "^1.0.0" } },
    "node_modules/deep": { version: "1.0.0", integrity: "sha512-p" },
    "node_modules/direct/node_modules/deep": { version: "2.0.0", integrity: "sha512-q" },
    "node_modules/required": { version: "1.0.0", integrity: "sha512-r" },
    "node_modules/unused": { version: "1.0.0", integrity: "sha512-u" },
  },
};

/** A program in a folder of its own, with some files and lock entries other than above. */
function versionWith(files: Readonly<Record<string, string>> = {}, packages: Readonly<Record<string, object>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "code-version-"));
  for (const [name, content] of Object.entries({ ...FILES, ...files })) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages: { ...LOCK.packages, ...packages } }));
  return codeVersionOf(pathToFileURL(join(folder, "main.js")));
}

describe("codeVersionOf(entry)", () => {
  const version = versionWith();
  const lockEntry = { version: "9.9.9", integrity: "sha512-x" };

  it("is the same wherever the same program lies", () => {
    expect(versionWith()).to.equal(version);
  });

  for (const [what, files, packages] of [
    ["the program itself", { "main.js": `${FILES["main.js"]}// more\n` }, {}],
    ["a file that it imports when it is needed", { "later.js": `${FILES["later.js"]}// more\n` }, {}],
    ["a data file beside its code", { "table.bin": "another table" }, {}],
    ["a package that it imports", {}, { "node_modules/direct": { ...lockEntry, dependencies: { deep: "^1.0.0" } } }],
    ["a package that it requires", {}, { "node_modules/required": lockEntry }],
    ["what a package depends on", {}, { "node_modules/direct/node_modules/deep": lockEntry }],
  ] as const)
    it(`changes with ${what}`, () => {
      expect(versionWith(files, packages)).to.not.equal(version);
    });

  for (const [what, files, packages] of [
    ["a file that nothing imports", { "unreached.js": "export const nothing = 2;\n" }, {}],
    ["the path of a source map", { "main.js": FILES["main.js"]!.replace("main.js.map", "other.map") }, {}],
    ["a package that it does not use", {}, { "node_modules/unused": lockEntry }],
    ["the copy of a package that another one uses", {}, { "node_modules/deep": lockEntry }],
  ] as const)
    it(`does not change with ${what}`, () => {
      expect(versionWith(files, packages)).to.equal(version);
    });

  it("of clean-chunk depends on its tables of tokens and languages and on the list of top-level domains", () => {
    const root = fileURLToPath(new URL("../../../../", import.meta.url));
    const copy = mkdtempSync(join(tmpdir(), "code-version-"));
    for (const folder of ["shared/dist", "tasks/clean-chunk/dist"]) cpSync(join(root, folder), join(copy, folder), { recursive: true });
    for (const folder of ["shared", "tasks/clean-chunk"]) cpSync(join(root, folder, "package.json"), join(copy, folder, "package.json"));
    mkdirSync(join(copy, "node_modules/@pipeline"), { recursive: true });
    cpSync(join(copy, "shared"), join(copy, "node_modules/@pipeline/shared"), { recursive: true });
    const lock = JSON.parse(readFileSync(join(root, "node_modules/.package-lock.json"), "utf8"));
    const versionOf = (packages: object) => {
      writeFileSync(join(copy, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
      return codeVersionOf(pathToFileURL(join(copy, "tasks/clean-chunk/dist/main.js")));
    };
    const before = versionOf(lock.packages);
    expect(versionOf({ ...lock.packages, "node_modules/tlds": lockEntry })).to.not.equal(before);
    const tables = ["node_modules/@pipeline/shared/dist/tokens/o200k_base.bin", "tasks/clean-chunk/dist/language/languages.bin"];
    const versions = tables.map((path) => {
      writeFileSync(join(copy, path), "another table");
      return versionOf(lock.packages);
    });
    expect(new Set([before, ...versions]).size).to.equal(3);
  });
});
