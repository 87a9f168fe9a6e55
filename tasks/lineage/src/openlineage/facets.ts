/** Facts about runs, jobs and datasets as OpenLineage facets: each names its schema and who produced it. */
import type { Manifest, Part } from "@pipeline/shared/manifest";

export const PRODUCER = "urn:text-corpus-pipeline";
const FACETS = "https://openlineage.io/spec/facets";

export interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly [member: string]: unknown;
}
export type Facets = Readonly<Record<string, Facet>>;

function facet(schemaUrl: string, members: Readonly<Record<string, unknown>>): Facet {
  return { _producer: PRODUCER, _schemaURL: schemaUrl, ...members };
}

/** Every task is a program that ends by itself. */
export const JOB_FACETS: Facets = {
  jobType: facet(`${FACETS}/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet`, {
    processingType: "BATCH",
    integration: "TEXT_CORPUS",
    jobType: "TASK",
  }),
};

/** The scheduler's own run of the task and of the whole DAG, as it spells them; none outside a scheduler. */
export function parentFacets({ openLineageParentId, openLineageRootParentId }: Readonly<Record<string, string>>): Facets {
  const parent = runNamed(openLineageParentId);
  if (!parent) return {};
  const root = runNamed(openLineageRootParentId);
  return { parent: facet(`${FACETS}/1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet`, { ...parent, ...(root && { root }) }) };
}

/** namespace/job/run, split from the right: a namespace may hold slashes. Null for what is none. */
function runNamed(id: string | undefined): { run: { runId: string }; job: { namespace: string; name: string } } | null {
  const match = /^(.+)\/([^/]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(id ?? "");
  return match && { run: { runId: match[3]! }, job: { namespace: match[1]!, name: match[2]! } };
}

/** Which code ran. */
export function engineFacet(codeVersion: string): Facets {
  const members = { name: "text-corpus-pipeline", version: codeVersion };
  return { processing_engine: facet(`${FACETS}/1-1-1/ProcessingEngineRunFacet.json#/$defs/ProcessingEngineRunFacet`, members) };
}

/** Our stable code only: messages of foreign errors may quote data. */
export function errorFacet(code: string): Facets {
  const members = { message: code, programmingLanguage: "TypeScript" };
  return { errorMessage: facet(`${FACETS}/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet`, members) };
}

/** What became of each record, and whose parts they are: a facet of our own. */
export function countsFacet({ counts, reused, attempt, batchId, recipe, options }: Manifest): Facets {
  const members = { ...counts, reused, attempt, batchId, recipe, options };
  return { textCorpus_counts: facet(`${PRODUCER}:counts/1`, members) };
}

/** Size of an object that was written. */
export function outputStatistics({ records, bytes }: Pick<Part, "records" | "bytes">): Facets {
  const url = `${FACETS}/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet`;
  return { outputStatistics: facet(url, { rowCount: records, size: bytes, fileCount: 1 }) };
}

/** Rows that were stored in a table. */
export function rowStatistics(rowCount: number): Facets {
  const url = `${FACETS}/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet`;
  return { outputStatistics: facet(url, { rowCount }) };
}

/** What was read from a source. */
export function inputStatistics(fileCount: number, bytes: number): Facets {
  const url = `${FACETS}/1-0-0/InputStatisticsInputDatasetFacet.json#/$defs/InputStatisticsInputDatasetFacet`;
  return { inputStatistics: facet(url, { fileCount, size: bytes }) };
}
