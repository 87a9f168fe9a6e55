/** Prints the rows of one SQL query over the database of a local run. */
import { invalidConfig } from "@pipeline/shared/errors";
import pg from "pg";
import { openExistingDatabase } from "./local-run/existing-database.js";
import { tableOf } from "./local-run/table.js";
import { reported } from "./reported.js";

await reported(async () => {
  const sql = process.env.SQL;
  if (!sql) throw invalidConfig("bad_variable", "SQL is missing: expected SQL='select ...'");
  const database = await openExistingDatabase(process.env);
  const client = new pg.Client({ connectionString: database.url, options: "-c default_transaction_read_only=on" });
  try {
    await client.connect();
    const { fields, rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
    const names = fields.map(({ name }) => name);
    console.log(tableOf(names, rows).join("\n"));
    return 0;
  } catch (error) {
    throw invalidConfig("bad_query", (error as Error).message, error);
  } finally {
    await client.end();
    await database.close();
  }
});
