/** What the pipeline does with a document and why: for a person, or as JSON lines for a program. */
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { styleText } from "node:util";
import { errnoOf, invalidConfig } from "@pipeline/shared/errors";
import { helpText, readArguments } from "./explain/arguments.js";
import { type ExplainSettings, explainDocument } from "./explain/explain-document.js";
import { explainLines, linesOf, readDocument, saidOf } from "./explain/json-lines.js";
import { type Paint, pageOf } from "./explain/page.js";
import { reported } from "./reported.js";

const { INIT_CWD, NO_COLOR, npm_lifecycle_event } = process.env;

/** Waits for a slow reader, so that nothing piles up. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

async function explain(argv: readonly string[]): Promise<number> {
  const { jsonl, files, recipe, settings } = readArguments(argv);
  if (jsonl) for await (const line of explainLines(linesOf(process.stdin.setEncoding("utf8")), settings)) await print(line);
  const unread: string[] = [];
  for (const file of files) {
    const content = await contentOf(file, settings).catch((error: unknown) => {
      unread.push(`${file}: ${saidOf(error)}`);
    });
    if (content) await print(`${pageOf(file, explainDocument(content, settings), recipe, paint).join("\n")}\n`);
  }
  if (unread.length > 0) throw invalidConfig("bad_file", unread.join("\n"));
  return 0;
}

const contentOf = (file: string, settings: ExplainSettings): Promise<Buffer> =>
  file === "-" ? buffer(process.stdin) : readDocument(file, settings);

/** Colours are for people at a terminal who have not said otherwise. */
const paint: Paint = (outcome, text) => (process.stdout.isTTY && !NO_COLOR ? styleText(outcome === "good" ? "green" : "red", text) : text);

// npm starts its scripts in the package's folder: what the user names lies where the user is.
if (npm_lifecycle_event === "explain" && INIT_CWD) process.chdir(INIT_CWD);

// Whoever reads has seen enough (`| head`): that is no failure.
process.stdout.on("error", (error) => {
  if (errnoOf(error) !== "EPIPE") throw error;
  process.exit(0);
});

if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) await print(`${helpText()}\n`);
else await reported(() => explain(process.argv.slice(2)));
