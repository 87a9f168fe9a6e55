/** What a detector is: text and settings in, candidates with a score out. */
import type { Recipe } from "../recipe.js";
import type { Subject } from "./subject.js";

export type PiiSettings = Recipe["pii"];
export type PiiType = keyof PiiSettings["types"];

/** A place that may hold a personal value. Offsets are UTF-16 units. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  /** How sure we are, from 0 to 1; the recipe's `min_score` decides what is reported. */
  readonly score: number;
  /** What else is known of the value: `test_number`, `example`, `private` ... */
  readonly tags?: readonly string[];
}

/** One type of personal data. Candidates are ascending and do not overlap each other. */
export interface Detector {
  readonly type: PiiType;
  find(subject: Subject, settings: PiiSettings): Candidate[];
}
