/** DATABASE_URL to an open database: TypeORM over a pool, with time limits, and errors that hold no data. */
import { setTimeout as delay } from "node:timers/promises";
import { DataSource, type EntityManager, type Logger } from "typeorm";
import { errnoOf, invalidConfig } from "../errors.js";
import { ENTITIES } from "./entities/index.js";
import { MIGRATIONS } from "./migrations/index.js";
import { SnakeCaseNaming } from "./naming.js";
import { trusted } from "./server-trust.js";
import { databaseError, isConflict } from "./sql-errors.js";

const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 600_000; // the longest statement walks the signatures of a whole dataset
const LOCK_TIMEOUT_MS = 120_000; // a neighbour's transaction of 200 documents takes seconds
const ANSWER_MARGIN_MS = 30_000; // the server ends a statement in time; one that does not answer at all is gone
const MAX_TRIES = 4; // two transactions that met once seldom meet a second time
const WORTH_WAITING = new Set(["57P03", "53300", "57P01", "57P02", "ECONNREFUSED", "ECONNRESET"]);
const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 8_000;
const IDLE_IN_TRANSACTION_MS = 60_000; // a loader that was stopped in its tracks must not hold its rows for ever

export type { EntityManager };

export interface DatabaseOptions {
  /** Shown by pg_stat_activity: which task this is. */
  readonly applicationName?: string;
  readonly poolSize?: number;
  /** 0 for no limit, as migrations need. */
  readonly statementTimeoutMs?: number;
  /** Ends the waiting for a server that cannot be reached now. */
  readonly signal?: AbortSignal;
}

/** An open database. Whoever opened it closes it. Everything it throws has passed databaseError. */
export class Database {
  constructor(readonly source: DataSource) {}

  /**
   * Runs `work` in one transaction: committed when it ends, rolled back when it throws.
   * After a deadlock or a serialisation failure `work` runs again, so it must not have changed anything but the database, nor have
   * consumed an iterator that was made outside of it.
   */
  async transaction<T>(doing: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.guarded(doing, async (source) => {
      for (let tries = 1; ; tries++) {
        try {
          return await source.transaction(work);
        } catch (error) {
          if (!isConflict(error) || tries === MAX_TRIES) throw error;
          await delay(tries * 50 * (1 + Math.random())); // at random, so that the same two do not meet again
        }
      }
    });
  }

  /** Runs `work` on the data source, turning what it throws into errors that hold no data. */
  async guarded<T>(doing: string, work: (source: DataSource) => Promise<T>): Promise<T> {
    return sanitised(doing, () => work(this.source));
  }

  /** The rows that one statement gives. */
  async query<Row>(doing: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.guarded(doing, (source) => source.query<Row[]>(sql, [...parameters]));
  }

  async close(): Promise<void> {
    await this.source.destroy();
  }
}

/** Connects. Throws 78 for an address that is none or that refuses us, 75 for a server that cannot be reached now. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const limitMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  const source = new DataSource({
    type: "postgres",
    ...trusted(checkedUrl(url)),
    applicationName: options.applicationName ?? "pipeline",
    poolSize: options.poolSize ?? 4,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    entities: ENTITIES,
    migrations: [...MIGRATIONS],
    migrationsTableName: "schema_migration",
    namingStrategy: new SnakeCaseNaming(),
    synchronize: false,
    installExtensions: false,
    logger: SILENT,
    poolErrorHandler: () => undefined, // an idle connection was cut: whoever uses it next is told
    extra: {
      keepAlive: true,
      statement_timeout: limitMs,
      query_timeout: limitMs === 0 ? 0 : limitMs + ANSWER_MARGIN_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    },
  });
  await sanitised("connecting to the database", () => connected(source, options.signal));
  return new Database(source);
}

/** A server that restarts, recovers or has no connection left is asked again, with longer and longer pauses: some 15 s in all. */
async function connected(source: DataSource, signal?: AbortSignal): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= 2) {
    try {
      await source.initialize();
      return;
    } catch (error) {
      if (!WORTH_WAITING.has(errnoOf(error)) || pauseMs > LAST_PAUSE_MS) throw error;
      await delay(pauseMs * (0.5 + Math.random()), undefined, { signal }); // at random, so that many do not come back at once
    }
  }
}

function checkedUrl(url: string): string {
  // The parser's own error quotes the address, and with it the password.
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url;
  throw invalidConfig("bad_database_url", "DATABASE_URL is not of the form postgres://user:password@host:port/database");
}

async function sanitised<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseError(error, doing);
  }
}

const nothing = (): void => undefined;
/** TypeORM's own loggers print parameters, and those are documents. */
const SILENT: Logger = {
  logQuery: nothing,
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
  logMigration: nothing,
  log: nothing,
};
