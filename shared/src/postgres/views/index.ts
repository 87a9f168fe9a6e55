/** Every view, in an order in which they can be made. */
import { chunkProvenance, corpusChunk, datasetState } from "./corpus.js";
import { piiByType, qualityHistogram, tokenHistogram } from "./figures.js";
import { dropReasonByRun, runSummary, runSums } from "./runs.js";
import type { View } from "./view.js";

export const VIEWS: readonly View[] = [
  corpusChunk,
  datasetState,
  chunkProvenance,
  runSummary,
  dropReasonByRun,
  runSums,
  tokenHistogram,
  qualityHistogram,
  piiByType,
];
