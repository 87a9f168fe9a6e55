/** Every view and function, in an order in which they can be made. */
import { corpusChunk, datasetState } from "./corpus.js";
import { languageShare, piiByType, qualityHistogram, tokenHistogram } from "./figures.js";
import { chunkProvenance, documentProvenance, rejectionProvenance, transformationChunk } from "./provenance.js";
import { dropReasonByRun, runSummary } from "./runs.js";
import { type SqlFunction, searchChunks } from "./search.js";
import { documentSums, rowSums, runSums } from "./sums.js";
import type { View } from "./view.js";

export const VIEWS: readonly View[] = [
  corpusChunk,
  datasetState,
  chunkProvenance,
  rejectionProvenance,
  documentProvenance,
  transformationChunk,
  runSummary,
  dropReasonByRun,
  rowSums,
  runSums,
  documentSums,
  tokenHistogram,
  qualityHistogram,
  piiByType,
  languageShare,
];

export const FUNCTIONS: readonly SqlFunction[] = [searchChunks];
