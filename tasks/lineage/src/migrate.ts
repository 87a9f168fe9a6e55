/** The program `migrate`: brings the database at DATABASE_URL to this code's schema. Nothing else ever changes a schema. */
import { exitCodeOf } from "@pipeline/shared/attempt";
import { outliveOutput } from "@pipeline/shared/closed-output";
import { databaseUrlOf } from "@pipeline/shared/config";
import { EXIT, invalidConfig } from "@pipeline/shared/errors";
import { createLogger, errorFields, type Logger } from "@pipeline/shared/logger";
import { flag, helpOf, type OptionValues, optional, parseOptions, text } from "@pipeline/shared/options";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { grantRoles } from "@pipeline/shared/postgres/roles";
import { migrateDown, migrateUp, schemaStatus } from "@pipeline/shared/postgres/schema";
import { makeSubstringIndex } from "@pipeline/shared/postgres/substring-index";
import { stopSignal } from "@pipeline/shared/stop-signal";

const PREFIX = { pattern: /^[a-z][a-z0-9_]{0,40}$/, expects: "lower-case letters, digits and underscores, at most 41" };
const OPTIONS = {
  status: flag({ help: "only say what is applied and what is missing" }),
  down: flag({ help: "take back the newest migration, with the data in its tables" }),
  roles: optional(text({ help: "also grant the roles <prefix>_loader and <prefix>_reader their rights", ...PREFIX })),
  substringIndex: flag({ help: "also build the index for parts of words; it halves the speed of loading" }),
};

/** Migrates as argv says. Throws 78 for a database that is newer than this code, 75 for one that cannot be reached now. */
async function migrate(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>, logger: Logger): Promise<void> {
  const options = parseOptions(OPTIONS, argv);
  if (options.status && options.down) throw invalidConfig("bad_option", "--status and --down: expected at most one of them");
  // Building an index over a large table takes as long as it takes.
  const database = await openDatabase(databaseUrlOf(environment), { applicationName: "migrate", statementTimeoutMs: 0 });
  try {
    await change(database, options, logger);
  } finally {
    await database.close();
  }
}

async function change(database: Database, options: OptionValues<typeof OPTIONS>, logger: Logger): Promise<void> {
  const { applied, pending, unknown } = await (options.status ? schemaStatus : options.down ? migrateDown : migrateUp)(database);
  logger.info("schema", { applied, pending, unknown });
  if (options.status || options.down) return;
  if (options.roles !== null) logger.info("roles", { ...(await grantRoles(database, options.roles)) });
  if (options.substringIndex) await makeSubstringIndex(database);
}

outliveOutput();
// The server takes back what is open when the connection ends.
stopSignal().addEventListener("abort", () => process.exit(EXIT.tryAgain));
const argv = process.argv.slice(2);
const logger = createLogger("info", { task: "migrate" });
if (argv.includes("--help")) process.stdout.write(`migrate: bring DATABASE_URL to this version's schema\n\n${helpOf(OPTIONS)}\n`);
else
  await migrate(argv, process.env, logger).catch((error: unknown) => {
    logger.error("failed", errorFields(error));
    process.exitCode = exitCodeOf(error);
  });
