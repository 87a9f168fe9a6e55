/** What the readers of national and international forms hand to the detector. */

/** A number among the runs that a numbering plan knows. */
export interface PhoneNumber {
  readonly start: number;
  /** Of its last digit, without an extension. */
  readonly end: number;
  readonly last: number;
  /** Before words are looked at. */
  readonly score: number;
  /** Reported only when a word says that it is a phone number. */
  readonly needsWord?: boolean;
  readonly tags?: readonly string[];
}
