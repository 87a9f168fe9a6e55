/** The database that an earlier run filled, for commands that look at it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { invalidConfig } from "@pipeline/shared/errors";
import { openRunDatabase, type RunDatabase } from "./database.js";
import { databasePlaceOf } from "./settings.js";

/** Opens it. Throws 78 when no run has made one: looking must not make an empty one. */
export async function openExistingDatabase(environment: NodeJS.ProcessEnv): Promise<RunDatabase> {
  const place = databasePlaceOf(environment);
  if (place.databaseUrl === null && !existsSync(join(place.out, "postgres")))
    throw invalidConfig("no_database", `there is no database in ${place.out}: run make local-run first, or name it by OUT or DATABASE_URL`);
  return openRunDatabase(place);
}
