/** The report's zod schema to the JSON Schema that other languages read: `node tasks/lineage/dist/report/build-json-schema.js`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { reportSchema } from "./report-schema.js";

/** The text of report.schema.json. */
export function reportJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(reportSchema, { reused: "inline" }), null, 2)}\n`;
}

/** Where it lies, beside the other contracts. */
export const reportSchemaFile = fileURLToPath(new URL("../../../../shared/contracts/report.schema.json", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(reportSchemaFile, reportJsonSchema());
