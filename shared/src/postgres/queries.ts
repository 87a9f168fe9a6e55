/** The questions that people ask of a corpus, and the SQL that answers each without reading a table from end to end. */
import { FIGURES } from "./queries/figures.js";
import { FIND } from "./queries/find.js";
import { LOST } from "./queries/lost.js";
import type { Query } from "./queries/query.js";
import { TRACE } from "./queries/trace.js";

export type { Query };

export const QUERIES: readonly Query[] = [...FIND, ...TRACE, ...LOST, ...FIGURES];
