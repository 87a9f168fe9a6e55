/** What the pipeline does with a document and why: for a person, or as JSON lines for a program. */
import { once } from "node:events";
import { errnoOf, invalidConfig } from "@pipeline/shared/errors";
import { helpText, readArguments } from "./explain/arguments.js";
import { explainDocument } from "./explain/explain-document.js";
import { explainLines, linesOf, readDocument } from "./explain/json-lines.js";
import { pageOf } from "./explain/page.js";
import { reported } from "./reported.js";

/** Waits for a slow reader, so that nothing piles up. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

async function explain(argv: readonly string[]): Promise<number> {
  const { jsonl, files, recipe, settings } = readArguments(argv);
  if (jsonl) for await (const line of explainLines(linesOf(process.stdin.setEncoding("utf8")), settings)) await print(line);
  for (const file of files) {
    const content = await readDocument(file, settings).catch((error: unknown) => {
      throw invalidConfig("bad_file", `${file}: ${errnoOf(error) || (error as Error).message}`, error);
    });
    await print(`${pageOf(file, explainDocument(content, settings), recipe).join("\n")}\n`);
  }
  return 0;
}

// Whoever reads has seen enough (`| head`): that is no failure.
process.stdout.on("error", (error) => {
  if (errnoOf(error) !== "EPIPE") throw error;
  process.exit(0);
});

if (process.argv.includes("--help")) await print(`${helpText()}\n`);
else await reported(() => explain(process.argv.slice(2)));
