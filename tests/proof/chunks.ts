/** Proof: every chunk, of real text and hostile, within any budget, has the tokens it says, counted again by tiktoken for Python. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type Chunk, chunk } from "@pipeline/clean-chunk/chunk/chunk";
import { randomOf } from "@pipeline/local/sample/random";
import { chapters } from "@pipeline/local/sample/sources";
import { TOKENIZERS, type TokenizerName, tokenCounter } from "@pipeline/shared/tokens/token-counter";
import { CORPORA, documentsOf } from "../support/corpora.js";
import { hostileTexts } from "../support/hostile-texts.js";
import { type Trial, writeProof } from "../support/proof.js";

const SEED = 20_261_127;
const LEAST_BUDGET = 16;
const MOST_BUDGET = 512;

const random = randomOf(`chunks ${SEED}`);
const repository = fileURLToPath(new URL("../../../", import.meta.url));

const ranksFolder = dirname(createRequire(import.meta.url).resolve("gpt-tokenizer/data/o200k_base.tiktoken"));
const python = pythonWith("tests/support/requirements-recount.txt");

function pythonWith(requirements: string): string {
  const venv = [join(repository, "scripts/venv"), "recount-venv", join(repository, requirements)];
  return join(execFileSync("bash", venv, { encoding: "utf8" }).trim(), "bin/python");
}

interface Recount {
  readonly texts: number;
  readonly different: number;
  readonly over: number;
}

/** Sends chunks to tiktoken as they come, each as the string that would be stored. */
class Recounter {
  private readonly process = spawn(python, [join(repository, "tests/support/recount.py"), ranksFolder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  private readonly summary = readAll(this.process.stdout);

  async send(encoding: TokenizerName, source: string, chunks: readonly Chunk[], maxTokens: number): Promise<void> {
    for (const { start, end, tokens } of chunks) {
      const line = JSON.stringify({ encoding, text: source.slice(start, end).toWellFormed(), tokens, maxTokens });
      if (!this.process.stdin.write(`${line}\n`)) await once(this.process.stdin, "drain");
    }
  }

  async end(): Promise<Recount> {
    this.process.stdin.end();
    return JSON.parse(await this.summary) as Recount;
  }
}

/** Chunks each text within each of its budgets in both encodings, and has all of them counted again. */
async function recounted(tried: string, texts: Iterable<string>, budgetsFor: () => readonly number[]): Promise<Trial> {
  const recounter = new Recounter();
  for (const source of texts)
    for (const name of TOKENIZERS)
      for (const maxTokens of budgetsFor()) {
        const options = { maxTokens, minTokens: maxTokens >> 3, overlapTokens: 0, counter: tokenCounter(name) };
        await recounter.send(name, source, chunk(source, options), maxTokens);
      }
  const { texts: times, different, over } = await recounter.end();
  const outcome = `tiktoken 0.14 counts what is stored beside the chunk; ${over} over budget`;
  return { tried, times, held: times - different - over, outcome };
}

const anyBudget = (): number => random.between(LEAST_BUDGET, MOST_BUDGET);

const startedAt = performance.now();
const trials: Trial[] = [];
for (const corpus of CORPORA) {
  const texts = documentsOf(corpus).map((bytes) => bytes.toString("utf8"));
  trials.push(await recounted(`chunks of ${corpus} of at most 512 tokens`, texts, () => [MOST_BUDGET]));
  const some = texts.filter((_, index) => index % 16 === 0);
  trials.push(await recounted(`chunks of every 16th text of ${corpus} within some budget from 16 to 512`, some, () => [anyBudget()]));
}
const novel = chapters().map(({ text }) => text);
const NOVEL_BUDGETS = [4, LEAST_BUDGET, 77, MOST_BUDGET, 8192];
trials.push(
  await recounted(`chunks of a novel's ${novel.length} chapters of at most ${NOVEL_BUDGETS.join(", ")} tokens`, novel, () => NOVEL_BUDGETS),
);
const hostile = hostileTexts();
trials.push(
  await recounted(`chunks of ${hostile.size} hostile texts of up to 1 MB within some budget from 16 to 512`, hostile.values(), () => [
    anyBudget(),
  ]),
);
writeProof({ topic: "chunks", title: "Chunks counted again", seed: SEED, trials, figures: { hostile: [...hostile.keys()] } }, startedAt);
