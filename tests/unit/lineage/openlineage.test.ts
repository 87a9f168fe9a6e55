import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sendEvents } from "@pipeline/lineage/openlineage/emit";
import { type EventInputs, openLineageEvents, type RunEvent } from "@pipeline/lineage/openlineage/events";
import type { AttemptOutcome } from "@pipeline/lineage/run/attempts";
import { silentLogger } from "@pipeline/shared/logger";
import type { Manifest } from "@pipeline/shared/manifest";
import { NO_COUNTS } from "@pipeline/shared/tally";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "chai";

const SPECIFICATION = new URL("../../../golden/openlineage/", import.meta.url); // as published, not to be edited
const AT = "2026-03-01T10:00:00.000Z";
const BATCH = "00000000000000aa";
const PARENT = "a/name/space/text_corpus.batch.load/01a20b2e-0662-7aa4-8000-000000000001";
const ROOT = "a/name/space/text_corpus/01a20b2e-0662-7aa4-8000-000000000002";

const attempt = (task: string, more: Partial<AttemptOutcome> = {}): AttemptOutcome => ({
  ...{ task, batchId: BATCH, attempt: 1, status: "ok", errorCode: null, exitCode: 0, startedAt: AT, finishedAt: AT, orchestrator: {} },
  ...more,
});

const part = { name: "chunks", uri: "s3://bucket/parts/chunks-0.jsonl.gz", sha256: "a".repeat(64), bytes: 12, records: 3 };
const manifest = (task: string): Manifest =>
  ({
    ...{ task, batchId: BATCH, attempt: 1, codeVersion: "code", reused: false, options: {}, recipe: null, parts: [part] },
    inputs: [{ uri: "file:///out/a%20b.json", sha256: "a".repeat(64) }],
    counts: { documents: { ...NO_COUNTS, in: 5, kept: 4, superseded: 1 }, chunks: { ...NO_COUNTS, in: 3, kept: 3 } },
  }) as unknown as Manifest;

const events = (attempts: readonly AttemptOutcome[], manifests: readonly Manifest[] = []): RunEvent[] =>
  openLineageEvents({
    ...{ runId: "run", namespace: "text-corpus", attempts, manifests, now: AT },
    databaseUrl: "postgres://user:sesame@db.example:5433/corpus",
  } satisfies EventInputs);

const all = events(
  [
    attempt("clean-chunk"),
    attempt("load", { orchestrator: { openLineageParentId: PARENT, openLineageRootParentId: ROOT } }),
    attempt("validate", { status: "failed", errorCode: "bad_part", exitCode: 65 }),
    attempt("validate", { attempt: 2, status: "lost", finishedAt: null, exitCode: null }),
  ],
  [manifest("clean-chunk"), manifest("load")],
);

describe("openLineageEvents(inputs)", () => {
  it("gives each try a start and an end of one run, equal whenever it is called", () => {
    expect(all.map(({ eventType }) => eventType)).to.deep.equal([
      "START",
      "COMPLETE",
      "START",
      "COMPLETE",
      "START",
      "FAIL",
      "START",
      "ABORT",
    ]);
    expect(new Set(all.map(({ run }) => run.runId)).size).to.equal(4);
    expect(events([attempt("clean-chunk")])[0]!.run.runId).to.equal(all[0]!.run.runId);
  });

  it("names objects and tables as the specification asks, and never the password", () => {
    expect(all[1]!.inputs).to.deep.equal([{ namespace: "file", name: "/out/a b.json" }]);
    expect(all[1]!.outputs[0]).to.include({ namespace: "s3://bucket", name: "parts/chunks-0.jsonl.gz" });
    const tables = all[3]!.outputs.map(({ namespace, name }) => `${namespace} ${name}`);
    expect(tables).to.deep.equal(["document", "chunk"].map((name) => `postgres://db.example:5433 corpus.public.${name}`));
    expect(JSON.stringify(all)).to.not.contain("sesame");
  });

  it("points to the scheduler's run, whose namespace may hold slashes", () => {
    expect(all[2]!.run.facets.parent).to.deep.include({
      job: { namespace: "a/name/space", name: "text_corpus.batch.load" },
      run: { runId: "01a20b2e-0662-7aa4-8000-000000000001" },
    });
    expect(all[0]!.run.facets).to.not.have.property("parent");
  });

  it("holds to the published schemas, events and facets", () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const files = readdirSync(SPECIFICATION).filter((name) => name.endsWith("Facet.json"));
    const read = (name: string) => JSON.parse(readFileSync(new URL(name, SPECIFICATION), "utf8"));
    const isEvent = ajv.compile(read("OpenLineage.json"));
    const facets = files.map((name) => ({ name, isValid: ajv.compile(read(name)), keys: Object.keys(read(name).properties) }));
    const met = new Set<string>();
    for (const event of all) {
      expect(isEvent(event), ajv.errorsText(isEvent.errors)).to.equal(true);
      const datasets = [...event.inputs, ...event.outputs] as { inputFacets?: object; outputFacets?: object }[];
      const groups = [
        event.run.facets,
        event.job.facets,
        ...datasets.flatMap(({ inputFacets = {}, outputFacets = {} }) => [inputFacets, outputFacets]),
      ];
      for (const { name, isValid, keys } of facets)
        for (const group of groups) {
          expect(isValid(group), `${name}: ${ajv.errorsText(isValid.errors)}`).to.equal(true);
          if (keys.some((key) => key in group)) met.add(name);
        }
    }
    expect(met.size).to.equal(files.length - 1); // the source's statistics belong to ingest
  });
});

describe("sendEvents(url, events)", () => {
  const received: { path: string; run: string; type: string }[] = [];
  const servers: Server[] = [];
  const warnings: { sent?: number; left?: number }[] = [];
  const logger = { ...silentLogger, warn: (_: string, fields = {}) => warnings.push(fields) };

  /** The address of a server that answers the nth event with `statusOf(n)`, `delayMs` after it has come. */
  async function listening(statusOf: (nth: number) => number, delayMs = 0): Promise<string> {
    const server = createServer(async (request, response) => {
      const { run, eventType } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as RunEvent;
      received.push({ path: request.url!, run: run.runId, type: eventType });
      const status = statusOf(received.length);
      setTimeout(() => response.writeHead(status).end(), delayMs);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  beforeEach(() => {
    received.length = 0;
    warnings.length = 0;
  });

  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  it("posts every event once, and a run's start before its end", async () => {
    await sendEvents(await listening(() => 201), all, logger);
    expect(warnings).to.deep.equal([]);
    expect(received).to.have.length(all.length);
    for (const { path } of received) expect(path).to.equal("/api/v1/lineage");
    const ofRun = (events: readonly { run: string; type: string }[], id: string) =>
      events.filter(({ run }) => run === id).map(({ type }) => type);
    const expected = all.map(({ run, eventType }) => ({ run: run.runId, type: eventType }));
    for (const { run } of all) expect(ofRun(received, run.runId)).to.deep.equal(ofRun(expected, run.runId));
  });

  it("does not fail when the server refuses, and counts what is left", async () => {
    await sendEvents(await listening((nth) => (nth < 3 ? 201 : 500)), all, logger);
    expect(warnings).to.have.length(1);
    expect(warnings[0]!.sent).to.be.within(0, 2);
    expect(warnings[0]!.left).to.equal(all.length - warnings[0]!.sent!);
  });

  it("does not fail when nobody listens", async () => {
    await sendEvents("http://127.0.0.1:1", all, logger);
    expect(warnings[0]).to.include({ sent: 0, left: all.length });
  });

  it("gives a server that crawls no more than its budget, however many events there are", async () => {
    const many = events(Array.from({ length: 500 }, (_, n) => attempt("load", { attempt: n + 1 })));
    const began = performance.now();
    await sendEvents(await listening(() => 201, 100), many, logger, 1000);
    expect(performance.now() - began).to.be.within(900, 3000);
    expect(warnings[0]!.sent! + warnings[0]!.left!).to.equal(1000);
    expect(warnings[0]!.sent).to.be.above(0);
  });

  it("gives an event that is never answered two seconds", async () => {
    const began = performance.now();
    await sendEvents(await listening(() => 201, 60_000), all, logger);
    expect(performance.now() - began).to.be.within(1900, 6000);
    expect(warnings[0]).to.include({ sent: 0, left: all.length });
  }).timeout(10_000);
});
