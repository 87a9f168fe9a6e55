import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@pipeline/local/embedded-postgres";
import { QUIET_SETTINGS } from "@pipeline/local/postgres-process";
import { sha256Of } from "@pipeline/shared/ids";
import type { Manifest } from "@pipeline/shared/manifest";
import { expect } from "chai";
import {
  CARD,
  documents,
  HOLDS_RAW,
  HOLDS_TEXT,
  LOCAL_RUN,
  MAIL,
  PERSONAL,
  programOf,
  SECRETS,
  spoken,
  TEXT,
  WORDS,
} from "../support/leaks.js";
import { runSql } from "../support/postgres.js";
import { tracesBelow, tracesIn } from "../support/traces.js";

describe("no text, no personal value and no secret is found where it must not be", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "leaks-"));
  const input = join(folder, "input");
  let server: EmbeddedPostgres;
  let spokenByAll = "";

  before("a database of its own", async () => {
    chmodSync(folder, 0o755);
    server = await startEmbeddedPostgres({ dataDir: join(folder, "postgres") });
    await runSql(server.url, `create role loader login superuser password '${SECRETS.password}'`);
    mkdirSync(input);
    for (const [name, content] of Object.entries(documents())) writeFileSync(join(input, name), content);
  });
  after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const databaseUrl = () => Object.assign(new URL(server.url), { username: "loader", password: SECRETS.password }).href;

  /** Runs a program with every secret in its environment; all that it says is searched at the end. */
  async function run(program: string, args: readonly string[], more: Record<string, string> = {}, act?: (child: ChildProcess) => void) {
    const said = await spoken(folder, program, args, { DATABASE_URL: databaseUrl(), ...more }, act);
    spokenByAll += said.output;
    return said;
  }

  const localRun = (out: string, more: Record<string, string> = {}) =>
    run(LOCAL_RUN, [], { INPUT: input, OUT: join(folder, out), BATCH_DOCUMENTS: "100", ...more });

  /** All rows but the texts of chunks and what is made from them. */
  async function rowsWithoutText(): Promise<string> {
    const tables = ["document", "rejection", "lineage", "lineage_attempt", "pipeline_run", "chunk_statistic", "document_signature"];
    const rows = await Promise.all(tables.map((table) => runSql(server.url, `select to_jsonb(t) as row from ${table} t`)));
    const chunks = await runSql(server.url, "select to_jsonb(c) - '{text,tsv}'::text[] as row from chunk c");
    return JSON.stringify([rows, chunks]);
  }

  it("the search finds each word in each form (or this whole suite would prove nothing)", () => {
    for (const word of WORDS) {
      const forms = [
        word,
        encodeURIComponent(word),
        Buffer.from(`x${word}yy`).toString("base64"),
        Buffer.from(`xx${word}y`).toString("base64"),
      ];
      for (const form of [...forms, Buffer.from(`a${word}`, "utf16le"), gzipSync(`{"${word}"}`), gzipSync(word).subarray(0, -4)])
        expect(tracesIn(form, [word]), String(form)).to.deep.equal([word]);
    }
  });

  for (const policy of ["mask", "tag"])
    it(`after a whole run, policy ${policy}: personal values only in the packs of raw bytes`, async () => {
      const { code, output } = await localRun(policy, { PII_POLICY: policy });
      expect(code, output).to.equal(0);
      expect(tracesBelow(join(folder, policy), [...PERSONAL, ...Object.values(SECRETS)], HOLDS_RAW)).to.deep.equal([]);
      const [{ n }] = (await runSql(
        server.url,
        `select count(*)::integer as n from chunk where text like '%${CARD}%' or text like '%${MAIL}%'`,
      )) as [{ n: number }];
      expect(n).to.equal(0);
    });

  it("the servers of the stack and of the cloud are told to keep rows out of their logs as the embedded one is", () => {
    const repository = new URL("../../../", import.meta.url);
    const compose = readFileSync(new URL("docker/compose.yaml", repository), "utf8");
    const cloud = readFileSync(new URL("terraform/modules/database/parameters.tf", repository), "utf8");
    for (const [name, value] of Object.entries(QUIET_SETTINGS)) {
      expect(compose).to.match(new RegExp(`-c ${name}=${value}\\b`));
      // Of statements it logs the slow and the schema's: without their parameters they hold no row.
      if (!["log_statement", "log_min_duration_statement"].includes(name)) expect(cloud).to.match(new RegExp(`"${name}" *= "${value}"`));
    }
  });

  it("after a whole run, policy flag: only in packs, chunks, accepted chunks and the chunk's own column", async () => {
    const { code, output } = await localRun("flag");
    expect(code, output).to.equal(0);
    expect(
      await runSql(server.url, `select count(*)::integer as n from chunk where text like '%${TEXT}%' and text like '%${CARD}%'`),
    ).to.deep.equal([{ n: 3 }]);
    expect(tracesBelow(join(folder, "flag"), WORDS, HOLDS_TEXT)).to.deep.equal([]);
    expect(tracesIn(await rowsWithoutText(), WORDS)).to.deep.equal([]);
  });

  describe("when something fails", () => {
    let run1 = "";
    let batch = "";
    const store = () => join(folder, "flag", "store");
    const uri = (path: string) => `file://${store()}/runs/${run1}/${path}`;
    const manifestPath = (task: string) => join(store(), "runs", run1, task, `${batch}.json`);
    before(() => {
      run1 = readdirSync(join(store(), "runs"))[0]!;
      batch = readdirSync(join(store(), "runs", run1, "validate"))[0]!.replace(".json", "");
    });

    /** Puts other lines in place of those of a part, so that manifest and hash still hold, while `work` goes on. */
    async function withPart(
      task: string,
      name: string,
      change: (text: string) => string,
      work: () => Promise<void>,
      compress = gzipSync,
    ): Promise<void> {
      const before = readFileSync(manifestPath(task));
      const manifest = JSON.parse(before.toString()) as Manifest;
      const part = manifest.parts.find((candidate) => candidate.name === name)!;
      const path = decodeURIComponent(new URL(part.uri).pathname);
      const body = compress(change(gunzipSync(readFileSync(path)).toString()));
      const changed = path.replace(/[^/]+$/, `changed-${name}-0-${sha256Of(body).slice(0, 16)}.jsonl.gz`);
      writeFileSync(changed, body);
      Object.assign(part, { uri: `file://${changed}`, sha256: sha256Of(body), bytes: body.length });
      writeFileSync(manifestPath(task), JSON.stringify(manifest));
      try {
        await work();
      } finally {
        writeFileSync(manifestPath(task), before);
        rmSync(changed);
      }
    }

    const step = (task: string, from: string, more: Record<string, string> = {}, act?: (child: ChildProcess) => void) =>
      run(programOf(task), ["--in", uri(`${from}/${batch}.json`), "--out", uri(`${task}/${batch}.json`)], more, act);

    /** Rows as no task writes them: each breaks another rule of the table, and PostgreSQL quotes the row in its DETAIL. */
    const POISONS: Readonly<Record<string, (record: Record<string, unknown>) => object>> = {
      "a check": (record) => ({ ...record, tokens: 100_000 }),
      "a NUL": (record) => ({ ...record, text: `${record.text}\0` }),
      "a number out of range": (record) => ({ ...record, charEnd: 2 ** 40 }),
      "a key that is there": (record) => ({ ...record, id: "00000000-0000-0000-0000-000000000001", ordinal: 7 }),
    };
    for (const [name, poison] of Object.entries(POISONS))
      it(`load: rows that break ${name} fail alone`, async () => {
        const poisoned = (text: string) =>
          text
            .split("\n")
            .filter(Boolean)
            .map((line) => (line.includes(TEXT) ? JSON.stringify(poison(JSON.parse(line))) : line))
            .join("\n");
        await runSql(server.url, "delete from document"); // else it is found unchanged
        await withPart("validate", "accepted", poisoned, async () => {
          const { code, output } = await step("load", "validate", { PIPELINE_ATTEMPT: "2" });
          expect(code, output).to.equal(0);
          expect(output).to.contain("row refused");
        });
      });

    const BROKEN: Readonly<Record<string, (text: string) => string>> = {
      "are no JSON": (text) => `${text}{"text": "${TEXT} ${CARD}`,
      "are records of another shape": (text) => text.replaceAll('"tokens":', `"${TEXT}": "${CARD}", "tokens":`),
      "hold a value of another type": (text) => text.replace(/"ordinal":\d+/g, `"ordinal":"${TEXT} ${MAIL}"`),
    };
    for (const [name, change] of Object.entries(BROKEN))
      it(`validate: parts whose lines ${name} end with 65`, async () => {
        await withPart("clean-chunk", "chunks", change, async () => {
          const { code, output } = await step("validate", "clean-chunk", { PIPELINE_ATTEMPT: "3" });
          expect(code, output).to.equal(65);
        });
      });

    it("load: a part that is cut short, and a manifest that is none", async () => {
      const cut = (text: string) => gzipSync(text).subarray(0, -12);
      await withPart(
        "validate",
        "accepted",
        (text) => text,
        async () => {
          expect((await step("load", "validate", { PIPELINE_ATTEMPT: "4" })).code).to.equal(65);
        },
        cut as typeof gzipSync,
      );
      const before = readFileSync(manifestPath("validate"));
      writeFileSync(manifestPath("validate"), `{"task": "${TEXT} ${CARD}", `);
      expect((await step("load", "validate", { PIPELINE_ATTEMPT: "5" })).code).to.equal(65);
      writeFileSync(manifestPath("validate"), before);
    });

    it("databases that refuse, are away, or are named in the wrong place", async () => {
      const address = new URL(databaseUrl());
      const changed = (change: Partial<URL>) => Object.assign(new URL(address.href), change).href;
      const wrong = changed({ username: "nobody_here" });
      expect((await step("load", "validate", { DATABASE_URL: wrong, PIPELINE_ATTEMPT: "6" })).code).to.equal(78);
      expect((await step("load", "validate", { DATABASE_URL: changed({ port: "1" }), PIPELINE_ATTEMPT: "7" })).code).to.equal(75);
      expect((await step("load", "validate", { DATABASE_URL: `mysql://me:${SECRETS.password}@h/d`, PIPELINE_ATTEMPT: "8" })).code).to.equal(
        78,
      );
      const misplaced = await run(programOf("load"), ["--in", address.href, "--out", uri("load.json")]);
      expect(misplaced.code).to.equal(78);
      expect((await run(LOCAL_RUN, [], { INPUT: input, OUT: join(folder, "wrong"), DATABASE_URL: wrong })).code).to.equal(78);
    });

    it("object stores that refuse, and repeat what they were sent", async () => {
      const sent: string[] = [];
      const echo = createServer((request, response) => {
        sent.push(JSON.stringify(request.headers));
        response.statusCode = request.url!.includes("broken") ? 500 : 403;
        const message = `${request.headers.authorization} ${SECRETS.awsSecret}`;
        response.end(`<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`);
      });
      await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
      const endpoint = { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(echo.address() as AddressInfo).port}` };
      for (const [bucket, code] of [
        ["refused", 78],
        ["broken", 75],
      ] as const)
        expect(
          (await run(programOf("ingest"), ["--in", `s3://${bucket}/a/`, "--out", `file://${store()}/runs/s3/ingest.json`], endpoint)).code,
        ).to.equal(code);
      echo.close();
      expect(sent.join()).to.contain("AWS4-HMAC-SHA256");
      expect(spokenByAll).not.to.match(/AWS4-HMAC|Signature=/);
    });

    it("a task that is told to stop in the middle", async () => {
      const stopped = await step("clean-chunk", "ingest", { PIPELINE_ATTEMPT: "9" }, (child) => {
        child.stdout!.once("data", () => child.kill("SIGTERM"));
      });
      expect(stopped.code).to.be.oneOf([75, 0]);
    });

    it("and in the end nothing was said, written or logged that should not have been", async () => {
      expect(tracesIn(spokenByAll, WORDS)).to.deep.equal([]);
      for (const out of readdirSync(folder).filter((name) => !["input", "postgres", "mask", "tag"].includes(name)))
        expect(tracesBelow(join(folder, out), WORDS, HOLDS_TEXT), out).to.deep.equal([]);
      const log = readFileSync(join(server.home, "server.log"), "utf8");
      expect(tracesIn(log, WORDS)).to.deep.equal([]);
      expect(tracesIn(await rowsWithoutText(), WORDS)).to.deep.equal([]);
    });
  });
});
