/** For every documented query, the values that make it easy and those that make it hard: frequent and rare, large and small, first and far. */
import { NO_ID } from "@pipeline/shared/postgres/queries/query";
import { MAIN, SMALL } from "./corpus.js";
import type { Session } from "./session.js";

export interface Case {
  readonly query: string;
  /** What is hard or easy about it. */
  readonly about: string;
  readonly values: readonly unknown[];
}

const MIDDLE_ID = "80000000-0000-0000-0000-000000000000";

const one = async (session: Session, sql: string, ...values: unknown[]): Promise<Record<string, string>> =>
  ((await session.run(sql, values))[0] ?? {}) as Record<string, string>;

/** Lexemes by the share of chunks that hold them, as the server's own statistics know it: the nearest to each wanted share. */
async function lexemes(session: Session, shares: readonly number[]): Promise<{ word: string; share: number }[]> {
  const sql = `select e.word, f.share from pg_stats s
    cross join lateral unnest(most_common_elems::text::text[]) with ordinality as e (word, at)
    join lateral unnest(most_common_elem_freqs) with ordinality as f (share, at) on f.at = e.at
    where s.tablename = 'chunk' and s.attname = 'tsv' and e.word ~ '^[a-z]{3,}$'`;
  const all = (await session.run(sql)) as { word: string; share: number }[];
  return shares.map((wanted) => all.reduce((best, next) => (Math.abs(next.share - wanted) < Math.abs(best.share - wanted) ? next : best)));
}

const BOTH = [MAIN, SMALL] as const;

async function searches(session: Session): Promise<Case[]> {
  const words = await lexemes(session, [1, 0.3, 0.1, 0.05, 0.02, 0.01]);
  const single = BOTH.flatMap((dataset) =>
    words.map(({ word, share }) => ({
      about: `a word of ${(share * 100).toPrecision(2)} % of all chunks, ${dataset}`,
      values: [dataset, word, "simple"],
    })),
  );
  const phrases = [
    '"united states"',
    '"the people of the united states"',
    "war or peace or government",
    "government -congress",
    "-congress",
    "zzyzx",
  ];
  const others = BOTH.flatMap((dataset) => phrases.map((text) => ({ about: `${text}, ${dataset}`, values: [dataset, text, "english"] })));
  return [...single, ...others].map((found) => ({ query: "search", ...found }));
}

/** A case for each dataset and list of further values. */
const each = (query: string, about: string, ...lists: readonly (readonly unknown[])[]): Case[] =>
  BOTH.flatMap((dataset) => lists.map((values) => ({ query, about: `${about}, ${dataset}`, values: [dataset, ...values] })));

/** Values of a column of chunk, the most frequent first, as the server's own statistics know them. */
async function frequent(session: Session, column: string, values: string, shares: string): Promise<string[]> {
  const sql = `select v.value from pg_stats s
    cross join lateral unnest(${values}::text::text[]) with ordinality as v (value, at)
    join lateral unnest(${shares}) with ordinality as f (share, at) on f.at = v.at
    where s.tablename = 'chunk' and s.attname = $1
    order by f.share desc`;
  return ((await session.run(sql, [column])) as { value: string }[]).map(({ value }) => value);
}

export async function casesOf(session: Session): Promise<Case[]> {
  const types = await frequent(session, "pii_types", "most_common_elems", "most_common_elem_freqs");
  const reasons = (await session.run("select level, reason, count(*) as n from rejection group by 1, 2 order by 3 desc")) as {
    level: string;
    reason: string;
  }[];
  const languages = await frequent(session, "language", "most_common_vals", "most_common_freqs");
  const ends = <T>(list: readonly T[]): T[] => [list[0]!, list.at(-1)!];
  const chunk = await one(
    session,
    "select c.id, c.content_sha256, c.transformation_id from chunk c where dataset = $1 and ordinal = 1 limit 1",
    MAIN,
  );
  const repeated = await one(
    session,
    "select content_sha256 from chunk c join document d on d.id = c.document_id where d.duplicate_of is not null limit 1",
  );
  const kept = await one(
    session,
    "select id, path, file_name, raw_sha256 from document where dataset = $1 and accepted_chunks > 20 limit 1",
    MAIN,
  );
  const dropped = await one(session, "select d.id, d.path from document d where verdict = 'dropped' and dataset = $1 limit 1", SMALL);
  const rejected = await one(session, "select id from rejection where level = 'chunk' limit 1");
  const runs = (await session.run(
    "select distinct on (dataset) id from pipeline_run where status = 'ok' order by dataset, started_at desc",
  )) as { id: string }[];
  const step = (task: string) => one(session, "select id from lineage where task = $1 and status = 'ok' and counts <> '{}' limit 1", task);
  const steps = await Promise.all(["ingest", "clean-chunk", "validate", "load"].map(step));
  const ofReason = (level: string) => ends(reasons.filter((reason) => reason.level === level)).map(({ reason }) => reason);
  const plain = (query: string, about: string, ...lists: readonly (readonly unknown[])[]): Case[] =>
    lists.map((values) => ({ query, about, values }));
  return [
    ...(await searches(session)),
    ...each("best", "first page", [2, null]),
    ...each("best", "a page far down", [0.5, MIDDLE_ID]),
    ...each("best-of-language", "the most frequent and the rarest", ...ends(languages).map((language) => [language, 2, null])),
    ...each("pii-of-type", "the most frequent and the rarest", ...ends(types).map((type) => [type, NO_ID, -1])),
    ...each("pii-of-type", "a page far down", [types[0]!, MIDDLE_ID, -1]),
    ...plain("same-text", "unique, and in many copies", [chunk.content_sha256], [repeated.content_sha256]),
    ...each("since", "since ever, and newest", ["2000-01-01", NO_ID], [new Date(Date.now() + 20 * 86_400_000), NO_ID]),
    ...each("export", "first page, and in the middle", [NO_ID, -1], [MIDDLE_ID, -1]),
    ...plain("provenance", "a chunk", [chunk.id]),
    ...plain("rejection-provenance", "a chunk, and a document", [rejected.id], [dropped.id]),
    ...plain("document-provenance", "kept, and dropped", [MAIN, kept.path], [SMALL, dropped.path]),
    ...plain("document-chunks", "a document of many chunks", [MAIN, kept.path]),
    ...each("file-name", "a name in every copy", [kept.file_name]),
    ...plain("same-bytes", "a document", [kept.raw_sha256]),
    ...plain("made-by", "of each task", ...steps.map(({ id }) => [id])),
    ...each("dropped-for", "the most frequent and the rarest reason", ...ofReason("document").map((reason) => [reason, NO_ID])),
    ...each("rejected-for", "the most frequent and the rarest reason", ...ofReason("chunk").map((reason) => [reason, NO_ID, -1])),
    ...each("duplicates", "first page, and in the middle", [NO_ID], [MIDDLE_ID]),
    ...each("drop-reasons-over-time", "all runs", ["2000-01-01"]),
    ...each("dataset-state", "all documents", []),
    ...each("runs", "the newest", []),
    ...plain("quality-by-dataset", "all datasets", []),
    ...plain("document-sums", "a document", [kept.id]),
    ...["drop-reasons", "token-histogram", "quality-histogram", "languages", "pii-by-type", "sums"].flatMap((query) =>
      plain(query, "the newest run of each dataset", ...runs.map(({ id }) => [id])),
    ),
  ];
}
