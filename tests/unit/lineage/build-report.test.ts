import { readFileSync } from "node:fs";
import { reportJsonSchema, reportSchemaFile } from "@pipeline/lineage/report/build-json-schema";
import { buildReport } from "@pipeline/lineage/report/build-report";
import { stableReport } from "@pipeline/lineage/report/stable-report";
import { NO_COUNTS, sumOf } from "@pipeline/shared/tally";
import { expect } from "chai";
import { reportInputs } from "./report-inputs.js";

describe("buildReport(inputs)", () => {
  const report = buildReport(reportInputs());

  it("accounts for every document and chunk", () => {
    for (const counts of [report.documents, report.chunks])
      expect(counts.kept + sumOf(counts.dropped) + sumOf(counts.failed) + counts.superseded).to.equal(counts.in);
    expect(report.documents.in).to.equal(1280);
  });

  it("is the same whatever the order of manifests and examples", () => {
    const { manifests, examples } = reportInputs();
    const turned = buildReport(reportInputs({ manifests: [...manifests].reverse(), examples: [...examples].reverse() }));
    expect(JSON.stringify(turned)).to.equal(JSON.stringify(report));
  });

  it("gives each accepted chunk one bar of tokens and one of quality", () => {
    expect(sumOf(report.tokens!.histogram.map(({ count }) => count) as never)).to.equal(report.chunks.kept);
    expect(report.tokens!.histogram.at(-1)!.to).to.equal(513);
  });

  it("takes each document's outcome from load, where a newer run or the database may have the last word", () => {
    const loaded = { in: 640, kept: 538, dropped: { too_short: 88 }, failed: { row_refused: 5 }, superseded: 9 };
    const manifests = reportInputs().manifests.map((manifest) =>
      manifest.task === "load" ? { ...manifest, counts: { ...manifest.counts, documents: loaded } } : manifest,
    );
    const { documents } = buildReport(reportInputs({ manifests }));
    expect(documents).to.deep.equal({ in: 1280, kept: 1076, dropped: { too_short: 176 }, failed: { row_refused: 10 }, superseded: 18 });
  });

  it("counts what stood in a batch that was not loaded as failed, not as kept", () => {
    const manifests = reportInputs().manifests.filter(({ task }, index) => task !== "load" || index < 4);
    const { documents, chunks } = buildReport(reportInputs({ manifests }));
    expect(documents.failed.batch_unfinished).to.equal(640);
    expect(chunks.failed.batch_unfinished).to.equal(report.chunks.kept / 2);
  });

  it("accounts for the documents of a batch of which no manifest can be read, and for those of one whose first cannot", () => {
    const [gone, torn] = reportInputs().batches;
    const manifests = reportInputs().manifests.filter(
      ({ task, batchId }) => batchId !== gone!.id && !(batchId === torn!.id && task === "ingest"),
    );
    const { documents } = buildReport(reportInputs({ manifests }));
    expect([documents.in, documents.kept, documents.failed.batch_unfinished]).to.deep.equal([1280, 548, 640]);
  });

  it("names the rules that never fired, and counts what a rule only flags", () => {
    expect(report.neverFired).to.include("default.too_long").and.not.include("validate.special_token_literal");
    expect(report.rules.find(({ name }) => name === "special_token_literal")!.fired).to.equal(12);
  });

  it("spreads out numbers only, where a rule's value may be a word", () => {
    expect(report.values.binary).to.include({ count: 8, max: 0.2 });
  });

  it("tells of an empty run without inventing figures", () => {
    const empty = buildReport(reportInputs({ batches: [], manifests: [], examples: [], truth: null }));
    expect(empty.documents).to.deep.equal(NO_COUNTS);
    expect([empty.tokens, empty.quality, empty.percentChunksFiltered, empty.neverFired]).to.deep.equal([null, null, 0, []]);
  });

  it("keeps at most five examples per reason, of as many documents as there are", () => {
    const { shape, ...rest } = { ...reportInputs().examples[0]!, reason: "x" };
    const many = ["a", "a", "a", "a", "b", "c", "d"].map((path, index) => ({ ...rest, path, shape: `${shape}${index}` }));
    const kept = buildReport(reportInputs({ examples: many })).examples.x!;
    expect(kept.map(({ path }) => path)).to.deep.equal(["a", "b", "c", "d", "a"]);
  });

  it("keeps what another run over the same input gives again, and nothing that it does not", () => {
    const { run, manifests } = reportInputs();
    const again = {
      run: { ...run, runId: "other", source: "file:///elsewhere", finishedAt: "2027-01-01T00:00:00.000Z" },
      manifests: manifests.map((manifest) => ({ ...manifest, codeVersion: "new", reused: true, finishedAt: "2027-01-01T00:00:00.000Z" })),
      attempts: { ok: 3, failed: { stopped: 1 }, lost: 1 },
    };
    expect(stableReport(buildReport(reportInputs(again)))).to.deep.equal(stableReport(report));
    expect(stableReport(report)).to.include({ percentChunksFiltered: report.percentChunksFiltered });
  });

  it("has a JSON Schema that is current: npm run contracts writes it", () => {
    expect(readFileSync(reportSchemaFile, "utf8")).to.equal(reportJsonSchema());
  });
});
