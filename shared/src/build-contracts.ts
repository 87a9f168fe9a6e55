/** The zod schemas to the JSON Schema files that other languages read: `node shared/dist/build-contracts.js`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { CONTRACTS } from "./manifest.js";

/** The text of each contract file, by name. */
export function contractFiles(): Map<string, string> {
  return new Map(
    Object.entries(CONTRACTS).map(([name, schema]) => [name, `${JSON.stringify(z.toJSONSchema(schema, { reused: "inline" }), null, 2)}\n`]),
  );
}

/** Where the contracts lie. */
export const contractsFolder = fileURLToPath(new URL("../contracts/", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, content] of contractFiles()) writeFileSync(`${contractsFolder}${name}`, content);
