import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CARD, documents, HOLDS_TEXT, LOCAL_RUN, MAIL, programOf, SECRETS, spoken, TEXT, WORDS } from "../support/leaks.js";
import { createDatabase, dropDatabase, runSql } from "../support/postgres.js";
import { tracesBelow, tracesIn } from "../support/traces.js";

describe("nor is it found after faults that do not come from the data", function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "leaks-aside-"));
  const input = join(folder, "input");
  let database = "";
  let server: Server;
  before(async () => {
    mkdirSync(input);
    for (const [name, content] of Object.entries(documents())) writeFileSync(join(input, name), content);
    database = await createDatabase();
    server = createServer((request, response) => {
      response.statusCode = 500;
      request.pipe(response); // sends back what it was sent
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(async () => {
    server.close();
    await dropDatabase(database);
    rmSync(folder, { recursive: true, force: true });
  });

  it("policy drop, and a lineage server that fails: no chunk with a value is stored, the password of its address is not said", async () => {
    const url = `http://someone:${SECRETS.password}@127.0.0.1:${(server.address() as AddressInfo).port}`;
    const out = join(folder, "out");
    const variables = { INPUT: input, OUT: out, DATABASE_URL: database, PII_POLICY: "drop", OPENLINEAGE_URL: url };
    const { code, output } = await spoken(folder, LOCAL_RUN, [], variables);
    expect(code, output).to.equal(0);
    const holding = `text like '%${CARD}%' or text like '%${MAIL}%'`;
    expect(await runSql(database, `select count(*)::integer as n from chunk where ${holding}`)).to.deep.equal([{ n: 0 }]);
    expect(await runSql(database, "select count(*) > 0 as dropped from rejection where level = 'chunk'")).to.deep.equal([
      { dropped: true },
    ]);
    expect(tracesIn(output, WORDS)).to.deep.equal([]);
    expect(tracesBelow(out, WORDS, HOLDS_TEXT)).to.deep.equal([]);
    const [log] = readdirSync(join(out, "logs"));
    expect(log).to.match(/jsonl$/);
  });

  it("a recipe that is a document, holds one, or is torn", async () => {
    const recipes = {
      "document.yaml": documents()["kept.txt"]!,
      "header.yaml": `From: ${TEXT} <${MAIL}>\nSubject: ${CARD}\n`,
      "torn.yaml": `judge: {\n${TEXT} ${CARD}\n`,
      "alias.yaml": `name: *${TEXT}\n`,
      "tag.yaml": `name: !${TEXT} ${CARD}\nname: ${MAIL}\n`,
      "quoted.yaml": `name: "${TEXT} \\q ${CARD}\n`,
    };
    for (const [name, content] of Object.entries(recipes)) {
      writeFileSync(join(folder, name), content);
      const out = `file://${folder}/recipes/runs/r/ingest.json`;
      const args = ["--in", `file://${input}`, "--out", out, "--recipe", join(folder, name)];
      const { code, output } = await spoken(folder, programOf("ingest"), args, {});
      expect(code, `${name} ${output}`).to.equal(78);
      expect(tracesIn(output, WORDS), name).to.deep.equal([]);
    }
  });

  it("an error that nobody caught, and one that is no error", async () => {
    const thrown = { error: `new Error("${TEXT} ${CARD}")`, cause: `new RangeError("x", { cause: "${MAIL}" })`, text: `"${TEXT} ${MAIL}"` };
    for (const [name, value] of Object.entries(thrown)) {
      const hook = join(folder, `hook-${name}.mjs`);
      const test = 'process.listenerCount("uncaughtException") > 0'; // the program has begun its work
      writeFileSync(hook, `setInterval(() => { if (${test}) throw ${value}; }, 5).unref();\n`);
      const args = ["--in", `file://${input}`, "--out", `file://${folder}/uncaught/runs/${name}/ingest.json`];
      const { code, output } = await spoken(folder, programOf("ingest"), args, { NODE_OPTIONS: `--import=${hook}` });
      expect(code, output).to.equal(1);
      expect(output).to.contain(`"event":"failed"`);
      expect(tracesIn(output, WORDS), name).to.deep.equal([]);
    }
  });
});
