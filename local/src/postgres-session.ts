/** A held connection to the embedded server: as long as it is open, no other process of ours stops the server. */
import pg from "pg";

const USER = "pipeline";
const DATABASE = "pipeline";
const HOLDER_NAME = "embedded-postgres holder";

export interface Holder {
  readonly url: string;
  readonly query: (sql: string) => Promise<{ rows: Record<string, string>[] }>;
  /** From now on the connection keeps the process alive, so that it can wait for what it asks. */
  readonly hold: () => void;
  readonly end: () => Promise<void>;
  /** True once the server has ended the connection. */
  readonly isLost: () => boolean;
}

/** Opens it, and makes the database when it is missing. Rejects while the server is starting, stopping, or not ours. */
export async function connect(server: { port: number; password: string }): Promise<Holder> {
  const base = `postgres://${USER}:${server.password}@127.0.0.1:${server.port}`;
  const client = new pg.Client({
    connectionString: `${base}/postgres`,
    application_name: HOLDER_NAME,
    connectionTimeoutMillis: 10_000,
  });
  let lost = false;
  client.on("error", () => {
    lost = true; // the server ended: whoever uses it next is told by their own connection
  });
  await client.connect();
  await client.query(`create database ${DATABASE}`).catch(async (error: { code?: string }) => {
    if (error.code === "42P04" || error.code === "23505") return; // exists already, or is being made right now
    await client.end().catch(() => undefined);
    throw error;
  });
  // The types leave out ref and unref, which pg has had since 7.0.
  const counted = client as pg.Client & { ref(): void; unref(): void };
  counted.unref(); // holding the server must not hold the process
  const end = () => client.end().catch(() => undefined);
  return { url: `${base}/${DATABASE}`, query: (sql) => client.query(sql), hold: () => counted.ref(), end, isLost: () => lost };
}

/** How many other processes hold the server; 0 when it does not answer any more. */
export async function otherHolders(holder: Holder): Promise<number> {
  const sql = `select count(*) as others from pg_stat_activity where application_name = '${HOLDER_NAME}' and pid <> pg_backend_pid()`;
  return holder.query(sql).then(
    ({ rows }) => Number(rows[0]?.others),
    () => 0,
  );
}
