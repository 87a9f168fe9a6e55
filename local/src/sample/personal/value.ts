/** A made-up personal value, or a number that only looks like one. */
export interface Value {
  /** The PII type as reports name it; for a look-alike, what it really is. */
  readonly type: string;
  readonly text: string;
}
