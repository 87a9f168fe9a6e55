/** A question that people ask of a corpus, and the SQL that answers it without reading a table from end to end. */
export interface Query {
  readonly name: string;
  readonly question: string;
  readonly sql: string;
  /** What $1, $2 ... stand for. */
  readonly parameters: readonly string[];
  /** For answers that come page by page: what the last parameters are at first; later they are the last row's values. */
  readonly firstPage?: readonly (string | number | null)[];
  /** The option of migrate without which the answer takes a look at every chunk. */
  readonly needs?: string;
  /** One of the few that a newcomer needs. */
  readonly isBasic?: boolean;
}

/** Before every id. */
export const NO_ID = "00000000-0000-0000-0000-000000000000";
