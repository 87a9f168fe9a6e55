import { matchSpans } from "@pipeline/lineage/report/truth/match-spans";
import { TruthScorer } from "@pipeline/lineage/report/truth/truth-scorer";
import type { AcceptedRecord, DocumentRecord, RejectedRecord } from "@pipeline/shared/records";
import type { FeatureName, Truth } from "@pipeline/shared/truth";
import { expect } from "chai";

const HASH = "a".repeat(64);

const truth = (path: string, feature: FeatureName, more: Partial<Truth> = {}): Truth => ({
  path,
  sha256: HASH,
  bytes: 1,
  feature,
  verdict: "keep",
  ...more,
});

const document = (path: string, more: Partial<DocumentRecord> = {}) =>
  ({ id: `id of ${path}`, path, status: "kept", drop: null, failure: null, encoding: null, language: null, ...more }) as DocumentRecord;

const accepted = (path: string, text: string, more: Partial<AcceptedRecord> = {}) =>
  ({ documentId: `id of ${path}`, text, charStart: 0, charEnd: text.length, pii: [], flags: [], ...more }) as unknown as AcceptedRecord;

const rejected = (path: string, more: Partial<RejectedRecord> = {}) =>
  ({ documentId: `id of ${path}`, charStart: 0, charEnd: 100, reason: "non_alphanumeric", pii: {}, ...more }) as RejectedRecord;

type Seen = { document?: DocumentRecord; accepted?: AcceptedRecord[]; rejected?: RejectedRecord[] };

function score(planted: Truth | Truth[], seen: Seen | Seen[], duplicateOf: Record<string, string> = {}) {
  const scorer = new TruthScorer([planted].flat());
  for (const { document, accepted = [], rejected = [] } of [seen].flat()) {
    if (document) scorer.document(document);
    for (const chunk of accepted) scorer.accepted(chunk);
    for (const chunk of rejected) scorer.rejected(chunk);
  }
  return scorer.score(new Map(Object.entries(duplicateOf)));
}

/** What is wrong with the only planted file. */
const complaint = (planted: Truth, seen: Seen) => score(planted, seen).features[0]!.wrong[0]?.why ?? null;

describe("TruthScorer: what came out otherwise than planted", () => {
  const kept = document("a");
  const dropped = document("a", { status: "dropped", drop: { reason: "too_short", value: 1, threshold: 50 } });
  const cases: [string, Truth, Seen, string | null][] = [
    ["a kept file that was kept", truth("a", "prose"), { document: kept }, null],
    ["a file that the run does not hold", truth("a", "prose"), {}, "the run holds no such document"],
    ["a dropped file that was to be kept", truth("a", "prose"), { document: dropped }, "dropped as too_short, planted to be kept"],
    ["a kept file that was to be dropped", truth("a", "empty", { verdict: "drop" }), { document: kept }, "kept, planted to be dropped"],
    [
      "a file dropped for another reason",
      truth("a", "empty", { verdict: "drop", reasons: ["empty", "binary"] }),
      { document: dropped },
      "dropped as too_short, planted as empty or binary",
    ],
    ["a file where both are defensible", truth("a", "short_language", { verdict: "any" }), { document: dropped }, null],
    ["another encoding", truth("a", "encoding_cjk", { encodings: ["big5"] }), { document: kept }, "read as nothing, planted as big5"],
    [
      "text that was lost",
      truth("a", "html", { contains: ["one", "two"] }),
      { document: kept, accepted: [accepted("a", "one")] },
      "lost 1 of 2 strings that must stay (no. 2)",
    ],
    [
      "text that should have gone",
      truth("a", "html", { absent: ["<b>"] }),
      { document: kept, accepted: [accepted("a", "x <b>")] },
      "kept 1 of 1 strings that must go (no. 1)",
    ],
    [
      "a missing flag",
      truth("a", "special_token", { flags: ["x"] }),
      { document: kept, accepted: [accepted("a", "t")] },
      "no chunk is flagged x",
    ],
    [
      "a chunk that was rejected as planted",
      truth("a", "symbol_chunk", { rejectedChunk: "non_alphanumeric" }),
      { document: kept, rejected: [rejected("a")] },
      null,
    ],
    [
      "a look-alike that fooled a detector",
      truth("a", "pii_look_alike", { pii: [], lookAlikes: [{ type: "isbn", start: 2, end: 9 }] }),
      { document: kept, accepted: [accepted("a", "x".repeat(20), { pii: [{ type: "phone", start: 2, end: 9, score: 1 }] })] },
      "found phone at 2-9, where a look-alike (isbn) is planted",
    ],
    [
      "personal data that only a rejected chunk's count tells of",
      truth("a", "pii_look_alike", { pii: [], lookAlikes: [{ type: "isbn", start: 2, end: 9 }] }),
      { document: kept, rejected: [rejected("a", { pii: { phone: 1 } })] },
      "found phone in a rejected chunk, where nothing is planted",
    ],
  ];
  for (const [name, planted, seen, expected] of cases) it(name, () => expect(complaint(planted, seen)).to.equal(expected));

  it("never calls a feature that is not covered passed or failed", () => {
    const [feature] = score(truth("a", "near_duplicate"), { document: kept }).features;
    expect(feature).to.include({ status: "not yet covered" });
  });

  it("finds copies that were not found, and documents that were called copies and are none", () => {
    const copies = ["a", "b", "c"].map((path) => truth(path, "exact_duplicate", { duplicate: { group: "g", kind: "exact" } }));
    const single = truth("d", "prose", { duplicate: null });
    const seen = ["a", "b", "c", "d"].map((path) => ({ document: document(path) }));
    const wrongOf = (marks: Record<string, string>) =>
      score([...copies, single], seen, marks).features.map(({ wrong }) => wrong.map(({ path }) => path));
    expect(wrongOf({ "id of b": "id of a", "id of c": "id of a" })).to.deep.equal([[], []]);
    expect(wrongOf({ "id of b": "id of a", "id of d": "id of a" })).to.deep.equal([["d"], ["c"]]);
  });
});

describe("TruthScorer: languages", () => {
  it("compares languages, not their scripts and regions, and leaves out files whose language nobody knows", () => {
    const told = { a: "pt", b: "ca", c: "no", d: null, e: "it", f: "zh" };
    const planted = { a: "pt-BR", b: "cat", c: "nb", d: "en", e: "rm", f: "und" };
    const truths = Object.entries(planted).map(([path, language]) => truth(path, "language", { language }));
    const seen = Object.entries(told).map(([path, code]) => ({
      document: document(path, { language: code === null ? null : { code, confidence: 1 } }),
    }));
    expect(score(truths, seen as Seen[]).languages).to.deep.equal({ files: 5, told: 4, right: 3 });
  });
});

describe("TruthScorer: personal data", () => {
  const card = { type: "credit_card", start: 10, end: 29 };
  const planted = truth("a", "credit_card", { pii: [card, { type: "credit_card", start: 60, end: 76 }] });
  const chunk = (charStart: number, ...places: [number, number][]) =>
    accepted("a", "x", {
      charStart,
      charEnd: charStart + 50,
      pii: places.map(([start, end]) => ({ type: "credit_card", start, end, score: 1 })),
    });
  const scoreOf = (...chunks: AcceptedRecord[]) => score(planted, { document: document("a"), accepted: chunks }).pii[0];

  it("matches by overlap in the document, wherever the chunk begins", () => {
    expect(scoreOf(chunk(5, [5, 24]), chunk(50, [12, 26]))).to.include({ planted: 2, found: 2, matched: 2, precision: 1, recall: 1 });
  });

  it("counts a value that two chunks share once, and what is nowhere planted against precision", () => {
    expect(scoreOf(chunk(0, [10, 20]), chunk(20, [0, 9], [20, 30]))).to.include({ found: 2, matched: 1, precision: 0.5, recall: 0.5 });
  });

  it("takes what a rejected chunk counted as found where it was planted, and each one beyond as found where nothing is", () => {
    const seen = { document: document("a"), rejected: [rejected("a", { pii: { credit_card: 4 } })] };
    expect(score(planted, seen).pii[0]).to.include({ found: 4, matched: 2, precision: 0.5, recall: 1 });
  });

  it("hides none of them behind a value that the chunk's border cuts", () => {
    const seen = { document: document("a"), rejected: [rejected("a", { charStart: 20, pii: { credit_card: 3 } })] };
    expect(score(planted, seen).pii[0]).to.include({ found: 3, matched: 2, precision: 0.6667, recall: 1 });
  });

  it("leaves out documents that were dropped, and types that are not covered", () => {
    expect(score(planted, { document: document("a", { status: "dropped" }) }).pii).to.deep.equal([]);
    const later = truth("a", "prose", { pii: [{ type: "passport", start: 0, end: 4 }] });
    expect(score(later, { document: document("a") }).pii[0]).to.include({ status: "not yet covered", planted: 1, recall: null });
  });

  it("never matches a span with one of another type", () => {
    expect(matchSpans([card], [{ ...card, type: "phone" }]).missed).to.deep.equal([card]);
  });
});
