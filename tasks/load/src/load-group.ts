/** A group of neighbouring documents to rows, inside one transaction: what is new, changed, unchanged, overtaken or refused. */

import type { EntityManager } from "@pipeline/shared/postgres/database";
import { chunkEntity } from "@pipeline/shared/postgres/entities/chunk";
import { type Document, documentEntity } from "@pipeline/shared/postgres/entities/document";
import { documentSignatureEntity } from "@pipeline/shared/postgres/entities/document-signature";
import { rejectionEntity } from "@pipeline/shared/postgres/entities/rejection";
import { insertRows, upsertRows } from "@pipeline/shared/postgres/insert-rows";
import { databaseError, isRefusedRow } from "@pipeline/shared/postgres/sql-errors";
import type { LoadContext } from "./load-batch.js";
import {
  chunkRowsOf,
  type DocumentRow,
  documentRowOf,
  type LoadedDocument,
  refusedRowOf,
  rejectionRowsOf,
  signatureRowsOf,
} from "./rows.js";

const REFUSED = "row_refused";

/** What became of one document. */
export type Outcome =
  | { readonly kind: "inserted" | "replaced" | "unchanged" | "superseded"; readonly loaded: LoadedDocument }
  | {
      readonly kind: "refused";
      readonly loaded: LoadedDocument;
      readonly code: string;
      readonly sqlState: string;
      readonly subject: string;
    };

/** Stores the group. A document that the database refuses is found by halving, and costs only itself. */
export async function loadGroup(manager: EntityManager, context: LoadContext, group: readonly LoadedDocument[]): Promise<Outcome[]> {
  try {
    return await manager.transaction((savepoint) => storeGroup(savepoint, context, group));
  } catch (cause) {
    const error = databaseError(cause, "loading documents");
    if (!isRefusedRow(error)) throw cause;
    if (group.length === 1) return [await storeRefused(manager, context, group[0]!, { sqlState: error.code, subject: error.subject })];
    const middle = group.length >> 1;
    const first = await loadGroup(manager, context, group.slice(0, middle));
    return [...first, ...(await loadGroup(manager, context, group.slice(middle)))];
  }
}

async function storeGroup(manager: EntityManager, context: LoadContext, group: readonly LoadedDocument[]): Promise<Outcome[]> {
  const rows = new Map(group.map((loaded) => [loaded.document.id, documentRowOf(loaded, context)]));
  const stored = await lockRows(manager, [...rows.values()]);
  const outcomes = group.map(
    (loaded): Outcome => ({ kind: kindOf(stored.get(loaded.document.id), rows.get(loaded.document.id)!), loaded }),
  );
  const ofKind = (...kinds: Outcome["kind"][]) => outcomes.filter(({ kind }) => kinds.includes(kind)).map(({ loaded }) => loaded);
  const rowsOf = (loaded: readonly LoadedDocument[]): DocumentRow[] => loaded.map(({ document }) => rows.get(document.id)!);
  await confirm(manager, rowsOf(ofKind("unchanged")));
  await replace(manager, rowsOf(ofKind("replaced")));
  const fresh = ofKind("inserted", "replaced");
  await insertRows(
    manager,
    chunkEntity,
    fresh.flatMap((loaded) => chunkRowsOf(loaded, context)),
  );
  await insertRows(
    manager,
    rejectionEntity,
    fresh.flatMap((loaded) => rejectionRowsOf(loaded, context)),
  );
  await insertRows(
    manager,
    documentSignatureEntity,
    fresh.flatMap((loaded) => signatureRowsOf(loaded, context)),
  );
  return outcomes;
}

type StoredDocument = Pick<Document, "id" | "loadKey" | "runStartedAt">;

/** Makes the missing rows, and locks those that were there until the transaction ends; gives the latter. Both in order of their ids. */
async function lockRows(manager: EntityManager, rows: readonly DocumentRow[]): Promise<Map<string, StoredDocument>> {
  const insert = manager
    .createQueryBuilder()
    .insert()
    .into(documentEntity)
    .values([...rows])
    .orIgnore()
    .returning("id");
  const made = new Set((await insert.updateEntity(false).execute()).raw.map(({ id }: { id: string }) => id));
  const others = rows.map(({ id }) => id).filter((id) => !made.has(id));
  if (others.length === 0) return new Map();
  const query = manager.createQueryBuilder(documentEntity, "d").select(["d.id", "d.loadKey", "d.runStartedAt"]);
  const found = await query.where("d.id in (:...others)", { others }).orderBy("d.id").setLock("pessimistic_write").getMany();
  return new Map(found.map((row) => [row.id, row]));
}

function kindOf(stored: StoredDocument | undefined, row: DocumentRow): "inserted" | "replaced" | "unchanged" | "superseded" {
  if (!stored) return "inserted";
  if (stored.runStartedAt > row.runStartedAt) return "superseded";
  return stored.loadKey !== null && stored.loadKey === row.loadKey ? "unchanged" : "replaced";
}

/** Notes that this run met the documents as they are: no older run may change them any more. */
async function confirm(manager: EntityManager, rows: readonly DocumentRow[]): Promise<void> {
  if (rows.length === 0) return;
  const sql = `
    update document d
    set run_started_at = $1, recipe_sha256 = $2, load_id = $5, source_uri = met.source_uri, retired_at = null,
      updated_at = case when (d.source_uri, d.retired_at) is distinct from (met.source_uri, null) then now() else d.updated_at end
    from unnest($3::uuid[], $4::text[]) as met (id, source_uri)
    where d.id = met.id
      and (d.run_started_at, d.recipe_sha256, d.load_id, d.source_uri, d.retired_at)
        is distinct from ($1::timestamptz, $2, $5::uuid, met.source_uri, null)`;
  const { runStartedAt, recipeSha256, loadId } = rows[0]!;
  await manager.query(sql, [runStartedAt, recipeSha256, rows.map(({ id }) => id), rows.map(({ sourceUri }) => sourceUri), loadId]);
}

/** Puts the rows in the place of those with their ids, whose chunks, rejections and signatures go. */
async function replace(manager: EntityManager, rows: readonly DocumentRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  for (const table of ["chunk", "rejection", "document_signature"])
    await manager.query(`delete from ${table} where document_id = any ($1)`, [ids]);
  await upsertRows(manager, documentEntity, rows);
}

async function storeRefused(
  manager: EntityManager,
  context: LoadContext,
  loaded: LoadedDocument,
  why: { readonly sqlState: string; readonly subject: string },
): Promise<Outcome> {
  const row = refusedRowOf(loaded, context, REFUSED);
  const stored = await lockRows(manager, [row]);
  if (kindOf(stored.get(row.id), row) === "superseded") return { kind: "superseded", loaded };
  if (stored.has(row.id)) await replace(manager, [row]);
  return { kind: "refused", loaded, code: REFUSED, ...why };
}
