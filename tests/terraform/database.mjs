/**
 * A PostgreSQL server in the folder that the argument names, for containers.py. Prints its address, then runs each line of standard
 * input as SQL, as the superuser, and prints the rows; ends with its input, and removes the data.
 */
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import pg from "pg";
import { startEmbeddedPostgres } from "../../local/dist/embedded-postgres.js";

const server = await startEmbeddedPostgres({ dataDir: process.argv[2], settings: { fsync: "off" } });
const { hostname, port, username, password } = new URL(server.url);
console.log(`postgres://${hostname}:${port}`);
for await (const line of createInterface({ input: process.stdin })) {
  const { database, sql } = JSON.parse(line);
  const client = new pg.Client({ host: hostname, port: Number(port), user: username, password, database });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  console.log(JSON.stringify(rows ?? []));
}
await server.stop();
await rm(server.home, { recursive: true, force: true });
