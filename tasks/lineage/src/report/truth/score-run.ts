/** A run and the truth file of its sample to the score: parts are read as streams, batch by batch. */
import { invalidConfig, invalidData } from "@pipeline/shared/errors";
import { type Manifest, partsOf } from "@pipeline/shared/manifest";
import { openStore } from "@pipeline/shared/open-store";
import { readRecords } from "@pipeline/shared/part-reader";
import type { Database } from "@pipeline/shared/postgres/database";
import { acceptedSchema, documentSchema, rejectedSchema } from "@pipeline/shared/records";
import type { TaskContext } from "@pipeline/shared/run-task";
import { parseTruth, type Truth } from "@pipeline/shared/truth";
import { parseUri } from "@pipeline/shared/uri";
import type { TruthScore } from "../report-schema.js";
import { TruthScorer } from "./truth-scorer.js";

/** The lines of a truth file. Throws 78 (`no_truth`) when it is not there, 65 (`bad_truth`) naming the line that is no truth. */
export async function readTruth(uri: string, environment: NodeJS.ProcessEnv): Promise<Truth[]> {
  const { key, ...root } = parseUri(uri);
  const cut = key.lastIndexOf("/");
  const store = await openStore({ ...root, key: key.slice(0, Math.max(0, cut)) }, environment);
  const stored = await store.get(key.slice(cut + 1));
  if (!stored) throw invalidConfig("no_truth", `--truth "${uri}": nothing is there`);
  const lines = stored.body.toString("utf8").split("\n").filter(Boolean);
  return lines.map((line, index) => {
    try {
      return parseTruth(line);
    } catch {
      throw invalidData("bad_truth", `${uri}: line ${index + 1} is no line of truth`); // no cause: it would quote what was planted
    }
  });
}

/** Scores the batches that validate has completed; what is missing counts as not found. */
export async function scoreRun(
  context: Pick<TaskContext, "store" | "place">,
  database: Database,
  dataset: string,
  manifests: readonly Manifest[],
  truths: readonly Truth[],
): Promise<TruthScore> {
  const scorer = new TruthScorer(truths);
  const reader = { store: context.store, root: context.place.root };
  for (const manifest of manifests.filter(({ task }) => task === "validate")) {
    const records = <T>(name: string, parse: (value: unknown) => T) => readRecords(reader, partsOf(manifest, name), parse);
    for await (const document of records("documents", (value) => documentSchema.parse(value))) scorer.document(document);
    for await (const chunk of records("accepted", (value) => acceptedSchema.parse(value))) scorer.accepted(chunk);
    for await (const chunk of records("rejected", (value) => rejectedSchema.parse(value))) scorer.rejected(chunk);
  }
  const marked = "select id, duplicate_of as original from document where dataset = $1 and duplicate_of is not null";
  const rows = await database.query<{ id: string; original: string }>("reading duplicates", marked, [dataset]);
  return scorer.score(new Map(rows.map(({ id, original }) => [id, original])));
}
