/** The program `migrate`: brings the database at DATABASE_URL to this code's schema. Nothing else ever changes a schema. */
import { fileURLToPath } from "node:url";
import { exitCodeOf } from "@pipeline/shared/attempt";
import { databaseUrlOf } from "@pipeline/shared/config";
import { invalidConfig } from "@pipeline/shared/errors";
import { createLogger, errorFields, type Logger } from "@pipeline/shared/logger";
import { flag, helpOf, parseOptions } from "@pipeline/shared/options";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { migrateDown, migrateUp, type SchemaStatus, schemaStatus } from "@pipeline/shared/postgres/schema";

const OPTIONS = {
  status: flag({ help: "only say what is applied and what is missing" }),
  down: flag({ help: "take back the newest migration, with the data in its tables" }),
};

/** Migrates as argv says. Throws 78 for a database that is newer than this code, 75 for one that cannot be reached now. */
export async function migrate(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  logger: Logger,
): Promise<void> {
  const options = parseOptions(OPTIONS, argv);
  if (options.status && options.down) throw invalidConfig("bad_option", "--status and --down: expected at most one of them");
  const change = options.status ? schemaStatus : options.down ? migrateDown : migrateUp;
  // Building an index over a large table takes as long as it takes.
  const database = await openDatabase(databaseUrlOf(environment), { applicationName: "migrate", statementTimeoutMs: 0 });
  try {
    report(await change(database), logger);
  } finally {
    await database.close();
  }
}

function report({ applied, pending, unknown }: SchemaStatus, logger: Logger): void {
  logger.info("schema", { applied, pending, unknown });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const argv = process.argv.slice(2);
  const logger = createLogger("info", { task: "migrate" });
  if (argv.includes("--help")) process.stdout.write(`migrate: bring DATABASE_URL to this version's schema\n\n${helpOf(OPTIONS)}\n`);
  else
    await migrate(argv, process.env, logger).catch((error: unknown) => {
      logger.error("failed", errorFields(error));
      process.exitCode = exitCodeOf(error);
    });
}
