/** The loader beside COPY, into the full table with all its indexes, over one, two and four connections. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { LoadedDocument } from "@pipeline/load/rows";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { documentsOf } from "../../support/corpora.js";
import { contextOf, documentOf, loadRecords } from "../../support/loading.js";
import { columnsOf } from "./corpus.js";

const CHUNK_CHARACTERS = 1800; // about 400 tokens of English
const CONNECTIONS = [1, 2, 4] as const;

export interface LoadRate {
  readonly connections: number;
  readonly chunks: number;
  readonly loadSeconds: number;
  readonly copySeconds: number;
  /** Wall time: what connections gain is time, and a busy machine shows in both alike. */
  readonly loadPerSecond: number;
  readonly copyPerSecond: number;
}

/** Real prose, cut blindly: the database does not mind. Names differ between rounds, so that no row is there yet. */
function batches(round: string, count: number): LoadedDocument[][] {
  const all = documentsOf("sotu").map((raw, index) => {
    const accepted = raw.toString("utf8").match(new RegExp(`[^]{1,${CHUNK_CHARACTERS}}`, "g")) ?? [];
    return documentOf(`${round}-${index}`, { accepted });
  });
  const sorted = all.sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  return Array.from({ length: count }, (_, at) => sorted.filter((_, index) => index % count === at));
}

export async function loadRates(url: string, folder: string): Promise<LoadRate[]> {
  const rates: LoadRate[] = [];
  for (const connections of CONNECTIONS) {
    const databases = await Promise.all(
      Array.from({ length: connections }, () => openDatabase(url, { poolSize: 1, statementTimeoutMs: 0 })),
    );
    rates.push(await measure(databases, folder, connections));
    await Promise.all(databases.map((database) => database.close()));
    console.log(rates.at(-1));
  }
  return rates;
}

async function measure(databases: readonly Database[], folder: string, connections: number): Promise<LoadRate> {
  const parts = batches(`bench-${connections}`, connections);
  const chunks = parts.flat().reduce((sum, { accepted }) => sum + accepted.length, 0);
  const loadSeconds = await seconds(() => Promise.all(parts.map((batch, at) => loadRecords(databases[at]!, contextOf(1), batch))));
  const names = (await columnsOf(databases[0]!, "chunk")).join(", ");
  const files = parts.map((_, at) => join(folder, `bench.${at}`));
  const ids = parts.map((batch) => batch.map(({ document }) => `'${document.id}'`).join(", "));
  for (const [at, file] of files.entries())
    await databases[0]!.query("measuring", `copy (select ${names} from chunk where document_id in (${ids[at]})) to '${file}'`);
  await databases[0]!.query("measuring", `delete from chunk where document_id in (${ids.join(", ")})`);
  await databases[0]!.query("measuring", "vacuum chunk");
  const copySeconds = await seconds(() =>
    Promise.all(files.map((file, at) => databases[at]!.query("measuring", `copy chunk (${names}) from '${file}'`))),
  );
  await databases[0]!.query("measuring", `delete from document where id in (${ids.join(", ")})`); // their chunks go with them
  for (const file of files) await rm(file);
  const perSecond = (taken: number) => Math.round(chunks / taken);
  return { connections, chunks, loadSeconds, copySeconds, loadPerSecond: perSecond(loadSeconds), copyPerSecond: perSecond(copySeconds) };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return Math.round(performance.now() - from) / 1000;
}
