/** A run's records against the planted truth: which features came out as planted, and how well personal data was found. */
import type { AcceptedRecord, DocumentRecord, RejectedRecord } from "@pipeline/shared/records";
import { COVERED_FEATURES, FEATURE_NAMES, FEATURES, type PlantedSpan, type Truth } from "@pipeline/shared/truth";
import type { TruthScore } from "../report-schema.js";
import { complaintOf, type DuplicateComplaint } from "./check-file.js";
import { duplicateComplaints } from "./duplicates.js";
import { matchSpans } from "./match-spans.js";
import { noteAccepted, noteRejected, nothingSeen, type Observation } from "./observation.js";

const SHOWN = 10;

/** Takes the documents of a batch before their chunks, batches in any order. Holds a few words per planted file, whatever the run's size. */
export class TruthScorer {
  private readonly truths: ReadonlyMap<string, Truth>;
  private readonly seen: ReadonlyMap<string, Observation>;
  private readonly paths = new Map<string, string>();

  constructor(truths: readonly Truth[]) {
    this.truths = new Map(truths.map((truth) => [truth.path, truth]));
    this.seen = new Map(truths.map(({ path }) => [path, nothingSeen()]));
  }

  document(document: DocumentRecord): void {
    const seen = this.seen.get(document.path);
    if (!seen) return; // nothing was planted there
    seen.document = document;
    this.paths.set(document.id, document.path);
  }

  accepted(chunk: AcceptedRecord): void {
    const path = this.paths.get(chunk.documentId);
    if (path) noteAccepted(this.seen.get(path)!, this.truths.get(path)!, chunk);
  }

  rejected(chunk: RejectedRecord): void {
    const path = this.paths.get(chunk.documentId);
    if (path) noteRejected(this.seen.get(path)!, this.truths.get(path)!, chunk);
  }

  /** `duplicateOf`: document id -> id of the document that it repeats, for those that are marked. */
  score(duplicateOf: ReadonlyMap<string, string>): TruthScore {
    const truths = [...this.truths.values()];
    const duplicate = duplicateComplaints(truths, (path) => this.seen.get(path)?.document?.id ?? null, duplicateOf);
    return { features: this.features(truths, duplicate), pii: this.personalData(truths), languages: this.languages(truths) };
  }

  private features(truths: readonly Truth[], duplicate: DuplicateComplaint): TruthScore["features"] {
    return FEATURE_NAMES.flatMap((feature) => {
      const files = truths.filter((truth) => truth.feature === feature);
      if (files.length === 0) return [];
      const wrong = files.flatMap((truth) => {
        const why = complaintOf(truth, this.seen.get(truth.path)!, duplicate);
        return why === null ? [] : [{ path: truth.path, why }];
      });
      const status = !COVERED_FEATURES.has(feature) ? "not yet covered" : wrong.length === 0 ? "pass" : "fail";
      const shown = wrong.slice(0, SHOWN);
      return { feature, shows: FEATURES[feature].shows, status, files: files.length, right: files.length - wrong.length, wrong: shown };
    });
  }

  /** Apart from the features: the detector knows sixty languages and may name a relative of others, which must be kept all the same. */
  private languages(truths: readonly Truth[]): TruthScore["languages"] {
    const told = truths.flatMap(({ path, language }) => {
      const { document } = this.seen.get(path)!;
      const planted = language ? languageOf(language) : null;
      return planted && document?.status === "kept" ? [{ planted, told: document.language?.code ?? null }] : [];
    });
    const count = (is: (file: (typeof told)[number]) => boolean): number => told.filter(is).length;
    return { files: told.length, told: count(({ told }) => told !== null), right: count(({ planted, told }) => planted === told) };
  }

  /** Over the kept documents of which every personal value is known. */
  private personalData(truths: readonly Truth[]): TruthScore["pii"] {
    const counts = new Map<string, { planted: number; found: number; matched: number; extra: number }>();
    const count = (spans: readonly PlantedSpan[], what: "planted" | "found" | "matched" | "extra"): void => {
      for (const { type } of spans) {
        const own = counts.get(type) ?? { planted: 0, found: 0, matched: 0, extra: 0 };
        counts.set(type, own);
        own[what]++;
      }
    };
    for (const { path, pii } of truths) {
      const { document, spans } = this.seen.get(path)!;
      if (!pii || document?.status !== "kept") continue;
      const { found, matched, extra } = matchSpans(pii, spans);
      count(pii, "planted");
      count(found, "found");
      count(matched, "matched");
      count(extra, "extra");
    }
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, own]) => piiScore(type, own));
  }
}

/** Tag to the language as a detector names it: pt-BR is pt, cat is ca; null where the tag names none. */
function languageOf(tag: string): string | null {
  const { language } = new Intl.Locale(tag);
  return language === "nb" || language === "nn" ? "no" : language === "und" ? null : (language ?? null);
}

function piiScore(type: string, { planted, found, matched, extra }: Record<"planted" | "found" | "matched" | "extra", number>) {
  const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 1e4) / 1e4);
  if (!COVERED_FEATURES.has(type))
    return { type, status: "not yet covered" as const, planted, found, matched, precision: null, recall: null };
  return {
    type,
    status: "measured" as const,
    planted,
    found,
    matched,
    precision: ratio(found - extra, found),
    recall: ratio(matched, planted),
  };
}
