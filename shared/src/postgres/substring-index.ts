/** An index for finding any part of a word (`text ilike '%…%'`): optional, for it halves the speed of loading. */
import { invalidConfig } from "../errors.js";
import type { Database } from "./database.js";
import { DatabaseError } from "./sql-errors.js";

const NAME = "chunk_text_trgm_idx";
const IS_BROKEN = `select from pg_index where indexrelid = to_regclass('${NAME}') and not indisvalid`;

/** Builds it while loads go on; nothing happens when it is there. Throws 78 where the extension pg_trgm cannot be had. */
export async function makeSubstringIndex(database: Database): Promise<void> {
  await database.query("installing pg_trgm", "create extension if not exists pg_trgm").catch((error: unknown) => {
    if (!(error instanceof DatabaseError)) throw error;
    throw invalidConfig("no_pg_trgm", `the extension pg_trgm cannot be installed (SQLSTATE ${error.code}): ask who runs the server`);
  });
  const broken = await database.query("looking for the index", IS_BROKEN); // a build that was stopped leaves one behind
  if (broken.length > 0) await database.query("dropping a broken index", `drop index ${NAME}`);
  const make = `create index concurrently if not exists ${NAME} on chunk using gin (text gin_trgm_ops)`;
  await database.query("building the substring index", make);
}
