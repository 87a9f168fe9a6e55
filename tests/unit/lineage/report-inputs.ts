/** Inputs of a report as two batches of a small run would leave them, with hostile names where names come from outside. */

import type { ReportInputs } from "@pipeline/lineage/report/build-report";
import type { StepManifest } from "@pipeline/lineage/report/run-figures";
import { loadRecipe } from "@pipeline/shared/recipe";
import { type Counts, NO_COUNTS } from "@pipeline/shared/tally";

const BATCHES = ["00000000000000aa", "00000000000000bb"] as const;

function counts(received: number, kept: number, dropped: Counts["dropped"] = {}, failed: Counts["failed"] = {}): Counts {
  return { in: received, kept, dropped, failed, superseded: 0 };
}

function manifest(task: string, batch: number, own: Partial<StepManifest>): StepManifest {
  return {
    task,
    batchId: BATCHES[batch]!,
    codeVersion: `${task}-code`,
    startedAt: "2026-03-01T10:00:00.000Z",
    finishedAt: "2026-03-01T10:00:02.500Z",
    reused: false,
    counts: { documents: NO_COUNTS, chunks: NO_COUNTS },
    metrics: {},
    ...own,
  };
}

/** A bell of tokens below the budget and a peak at it, as full chunks give. */
const tokens = Object.fromEntries(
  Array.from({ length: 64 }, (_, index) => {
    const value = (index + 1) * 8;
    return [value, Math.round(3 + 40 * Math.exp(-(((value - 440) / 60) ** 2)) + (value > 490 ? 90 : 0))];
  }),
);
const accepted = Object.values(tokens).reduce((sum, count) => sum + count, 0);
const scores = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => [(0.4 + index / 100).toFixed(2), Math.round(35 * Math.exp(-(((index - 46) / 8) ** 2)))]),
);

function batchManifests(batch: number): StepManifest[] {
  const rejected = { non_alphanumeric: 31 + batch, too_few_tokens: 4 };
  const lost = 35 + batch;
  const reasons = { too_short: 38, repetitive: 21, symbol_heavy: 12, binary: 9, empty: 8 };
  const judged = counts(640, 548, reasons, { too_large: 1, unreadable: 3 });
  return [
    manifest("ingest", batch, {
      counts: { documents: counts(640, 636, {}, { too_large: 1, unreadable: 3 }), chunks: NO_COUNTS },
      metrics: { rawBytes: 3_400_000 },
    }),
    manifest("clean-chunk", batch, {
      reused: batch === 1,
      counts: {
        documents: judged,
        chunks: counts(accepted + lost, accepted + lost),
      },
      metrics: {
        encodings: { "utf-8": 560, "windows-1252": 24, shift_jis: 11, "utf-16le": 18, "euc-kr": 7, "koi8-r": 9, gb18030: 7 },
        encodingSources: { "utf-8": 540, bom: 31, detected: 58, fallback: 7 },
        languages: { en: 380, de: 21, fr: 19, es: 17, ru: 16, ja: 14, zh: 13, ar: 12, hi: 11, fa: 9, ko: 9, pt: 8, th: 6, it: 5 },
        repairs: {
          spaces: 4210,
          line_ends: 1903,
          control_characters: 160,
          html: 34,
          html_entities: 220,
          decorations: 71,
          symbol_lines: 90,
        },
        repairedDocuments: {
          spaces: 301,
          line_ends: 122,
          control_characters: 60,
          html: 34,
          html_entities: 44,
          decorations: 31,
          symbol_lines: 28,
        },
        origins: { exact: accepted - 140, widened: 140 + lost },
        ruleFailures: {
          "default.too_short": 46,
          "default.repetitive": 25,
          "default.symbol_heavy": 22,
          "default.binary": 9,
          "default.empty": 8,
        },
        "values.too_short": { "12": 20, "31": 10, "48": 8 },
        "values.binary": { png: 5, "0.2": 4 },
        "values.repetitive": { "0.62": 12, "0.9": 9 },
      },
    }),
    manifest("validate", batch, {
      counts: { documents: NO_COUNTS, chunks: counts(accepted + lost, accepted, rejected) },
      metrics: {
        tokens,
        scores,
        nonAlphanumericRatios: { "0.02": accepted, "0.45": lost },
        pii: { email: 61, phone: 44, credit_card: 52, ip_address: 23, us_ssn: 19, iban: 17 },
        piiTags: { test_number: 12 },
        flags: { special_token_literal: 6 },
        ruleFailures: { "validate.non_alphanumeric": 31 + batch, "validate.too_few_tokens": 5 },
        "values.non_alphanumeric": { "0.34": 12, "0.52": 20 },
        piiChunks: 140,
        documentsWithoutChunks: 2,
      },
    }),
    manifest("load", batch, {
      counts: { documents: judged, chunks: counts(accepted, accepted) },
      metrics: { inserted: 640 },
    }),
  ];
}

/** Two balanced batches over the default recipe. */
export function reportInputs(changes: Partial<ReportInputs> = {}): ReportInputs {
  return {
    run: {
      runId: "local-2026-03-01T10-00-00-000Z",
      dataset: "corpus",
      source: "file:///data/sample/documents",
      partition: null,
      tokenizer: "o200k_base",
      maxTokens: 512,
      startedAt: "2026-03-01T10:00:00.000Z",
      finishedAt: "2026-03-01T10:00:09.250Z",
    },
    recipe: loadRecipe("default"),
    batches: BATCHES.map((id) => ({ id, documents: 640 })),
    manifests: [...batchManifests(0), ...batchManifests(1)],
    examples: [
      {
        level: "document",
        reason: "too_short",
        path: "prose/a%20%3Cb%3E.txt",
        value: 12,
        threshold: 50,
        shape: "Xxxx <script>xxxxx('x')</script>",
      },
      { level: "document", reason: "too_short", path: "prose/b.txt", value: 31, threshold: 50, shape: "Xxx xxxxx." },
      {
        level: "chunk",
        reason: "non_alphanumeric",
        path: "tables/q.txt",
        value: 0.45,
        threshold: 0.3,
        shape: "| 00.0 | 00.0 | ------- | xx |",
      },
    ],
    imbalances: [],
    attempts: { ok: 9, failed: {}, lost: 0 },
    duplicates: { exact: 14, near: null },
    datasetState: [{ recipeSha256: "ab".repeat(32), tokenizer: "o200k_base", maxTokens: 512, codeVersion: "x", documents: 1280 }],
    truth: {
      features: [
        { feature: "prose", shows: "good English prose is kept", status: "pass", files: 400, right: 400, wrong: [] },
        {
          feature: "encoding_cjk",
          shows: "a multi-byte East Asian encoding is recognised",
          status: "fail",
          files: 20,
          right: 18,
          wrong: [{ path: "encodings/big5-3.txt", why: "encoding is gb18030, planted as big5" }],
        },
        {
          feature: "mojibake",
          shows: "text that was decoded wrongly before it came here is put right",
          status: "not yet covered",
          files: 12,
          right: 0,
          wrong: [],
        },
      ],
      languages: { files: 900, told: 700, right: 690 },
      pii: [
        { type: "credit_card", status: "measured", planted: 104, found: 104, matched: 104, precision: 1, recall: 1 },
        { type: "phone", status: "measured", planted: 90, found: 92, matched: 86, precision: 0.9348, recall: 0.9556 },
        { type: "secret", status: "not yet covered", planted: 11, found: 0, matched: 0, precision: null, recall: null },
      ],
    },
    ...changes,
  };
}
