/** Words that must not be found where they do not belong, documents that hold them, and programs run with secrets in their environment. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { prose } from "./steps.js";

export const TEXT = "quokkaxylograph";
export const CARD = "4539148803436467"; // a number of the form of a card's that no bank has issued
export const MAIL = "quokka.sentinel@wombat-mail.org";
export const PERSONAL = [CARD, MAIL];
export const SECRETS = {
  password: "s3ntinelPassw0rd",
  awsKey: "AKIASENTINELQUOKKA00",
  awsSecret: "s3ntinelAwsSecretKey/quokka",
  recipe: "recipeSentinelQuokka",
};
export const WORDS = [TEXT, ...PERSONAL, ...Object.values(SECRETS)];

export const programOf = (task: string) => fileURLToPath(import.meta.resolve(task.includes("/") ? task : `@pipeline/${task}/main`));
export const LOCAL_RUN = programOf("@pipeline/local/local-run");

/** Where text may lie below OUT: the raw bytes as ingest packed them, chunks for validate, accepted chunks for load, and the database's files. */
export const HOLDS_TEXT = /^store\/parts\/(ingest\/[^/]+\/pack-|clean-chunk\/[^/]+\/chunks-|validate\/[^/]+\/accepted-)|^postgres\/data\//;
/** Where raw bytes lie whatever the policy. */
export const HOLDS_RAW = /^store\/parts\/ingest\/[^/]+\/pack-/;

export interface Spoken {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program in `folder` with every secret in its environment, to its end. */
export async function spoken(
  folder: string,
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  act?: (child: ChildProcess) => void,
): Promise<Spoken> {
  const aws = { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: SECRETS.awsKey, AWS_SECRET_ACCESS_KEY: SECRETS.awsSecret };
  const environment = { PATH: process.env.PATH, ...aws, PIPELINE_LOG_LEVEL: "debug", ...variables };
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (output += piece));
  act?.(child);
  await once(child, "close");
  return { code: child.exitCode, output };
}

/** Documents of every fate, each with all that must not leak. */
export function documents(): Record<string, string | Buffer> {
  const personal = `Call ${TEXT}, pay by Visa card ${CARD} or write to ${MAIL} today.`;
  const long = (seed: number) => `${prose(seed, 8)} ${personal} ${prose(seed + 1, 8)}`;
  return {
    "kept.txt": long(1),
    "kept-too.txt": long(20),
    "utf16.txt": Buffer.from(`\ufeff${long(40)}`, "utf16le"),
    "short.txt": `${TEXT.slice(0, 8)} ${CARD}`,
    "binary.txt": Buffer.concat([Buffer.from(`%PDF-1.7 ${personal}`), Buffer.alloc(500)]),
    "undecodable.txt": Buffer.concat([Buffer.from(personal), Buffer.from("ed a0 80 ff fe 80 ".repeat(60).replaceAll(" ", ""), "hex")]),
    "symbols.txt": `${personal} ${"<>{}[]|&% ".repeat(200)}`,
    "repeated.txt": `${personal}\n`.repeat(300),
  };
}
