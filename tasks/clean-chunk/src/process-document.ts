/** One raw document to what became of it: decoded, cleaned, judged, and cut into chunks when it is kept. */
import { createHash } from "node:crypto";
import { redactionEdits } from "@pipeline/shared/pii/redact";
import { redacts } from "@pipeline/shared/pii-policy";
import type { Recipe } from "@pipeline/shared/recipe";
import type { ChunkRecord, DocumentRecord, IndexEntry, SignatureRecord } from "@pipeline/shared/records";
import type { TokenCounter } from "@pipeline/shared/tokens/token-counter";
import { type Chunk, chunk } from "./chunk/chunk.js";
import { chunkRecordsOf } from "./chunk-records.js";
import { type CleanedText, clean } from "./clean/clean.js";
import { type Decoded, decode } from "./decode/decode.js";
import { judge, type RuleSetName } from "./judge/judge.js";

export interface ProcessSettings {
  readonly recipe: Pick<Recipe, "decode" | "clean" | "judge">;
  readonly maxTokens: number;
  readonly minTokens: number;
  readonly overlapTokens: number;
  readonly counter: TokenCounter;
  /** The call's policies applied; only `mask` and `tag` change what is cut. */
  readonly pii: Recipe["pii"];
  /** The rule sets that judge; the recipe's `default` where none is named. */
  readonly ruleSets?: readonly RuleSetName[];
  /** Cut dropped documents too, for somebody who wants to see what they would have given. */
  readonly chunksDropped?: boolean;
}

export type RawDocument = Pick<IndexEntry, "id" | "path" | "fileName" | "sha256" | "rawBytes">;

export interface Processed {
  readonly document: DocumentRecord;
  readonly chunks: readonly ChunkRecord[];
  /** Null for a document that is not kept. */
  readonly signature: SignatureRecord | null;
  /** The text that was judged. */
  readonly text: string;
  /** The text that chunks are slices of: with values masked or tagged where a policy asks for it. */
  readonly chunkedText: string;
}

/** Pure: the same bytes and settings give the same records. A `given` encoding is believed, for callers that know it. */
export function processDocument(raw: RawDocument, content: Buffer, settings: ProcessSettings, given?: string): Processed {
  const { recipe } = settings;
  const decoded = decode(content, recipe.decode, given);
  const cleaned = clean(decoded, recipe.clean);
  const { text } = cleaned;
  const { document, isKept } = judged(raw, decoded, cleaned, settings);
  if (!isKept && !settings.chunksDropped) return { document, chunks: [], signature: null, text, chunkedText: text };
  const redacted = redactedOf(cleaned, settings.pii);
  const chunks = chunkRecordsOf(raw.id, redacted, chunksOf(redacted.text, settings));
  const signature = isKept ? signatureOf(raw.id, text) : null;
  return { document: { ...document, chunks: chunks.length }, chunks, signature, text, chunkedText: redacted.text };
}

/** The record of a file of which there are no bytes to process. */
export function failedDocument(raw: RawDocument, code: string): DocumentRecord {
  const unknown = { drop: null, encoding: null, language: null, rules: [], metrics: {}, cleaning: null, chunks: 0 };
  return { ...identityOf(raw), status: "failed", failure: { code }, ...unknown };
}

function identityOf({ id, path, fileName, sha256, rawBytes }: RawDocument) {
  return { id, path, fileName, rawSha256: sha256, rawBytes };
}

function judged(raw: RawDocument, decoded: Decoded, cleaned: CleanedText, { recipe, ruleSets }: ProcessSettings) {
  const { encoding, binary } = decoded;
  const { text, cleaning } = cleaned;
  const facts = { text, encoding, binary, decodedCharacters: decoded.text.length, cleaning };
  const { verdict, rules, metrics, language } = judge(facts, recipe.judge, ruleSets);
  const isKept = verdict.kind === "keep";
  const drop = verdict.kind === "keep" ? null : { reason: verdict.reason, value: verdict.value, threshold: verdict.threshold };
  const document: DocumentRecord = {
    ...identityOf(raw),
    status: isKept ? "kept" : "dropped",
    failure: null,
    drop,
    encoding: binary ? null : encoding, // of no encoding can be spoken where there is no text
    language: language && { code: language.code, confidence: language.confidence },
    rules: [...rules],
    metrics,
    cleaning,
    chunks: 0,
  };
  return { document, isKept };
}

/** Before chunking, so that budget, overlap and origin are those of the text that is stored. */
function redactedOf(cleaned: CleanedText, settings: Recipe["pii"]): CleanedText {
  return redacts(settings) ? cleaned.withEdits(redactionEdits(cleaned.text, settings)) : cleaned;
}

function chunksOf(text: string, { maxTokens, minTokens, overlapTokens, counter }: ProcessSettings): Chunk[] {
  return chunk(text, { maxTokens, minTokens, overlapTokens, counter });
}

/** White space other than one space, which most of a text's is: to replace each of those too takes nearly twice as long. */
const NOT_ONE_SPACE = /[^\S ]\s*| \s+/g;

/** Hashed in pieces of so many units, so that no copy of a long text is made. */
const PIECE = 1 << 20;

/** Documents with the same words in the same order are the same text, whatever the white space between them. */
function signatureOf(documentId: string, text: string): SignatureRecord {
  const hash = createHash("sha256");
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = pieceEnd(text, start + PIECE);
    hash.update(text.slice(start, end).replace(NOT_ONE_SPACE, " "));
  }
  return { documentId, exactSha256: hash.digest("hex") };
}

/** The first place from `at` on that parts neither white space nor the halves of a character; the end of a shorter text. */
function pieceEnd(text: string, at: number): number {
  let end = Math.min(at, text.length);
  while (end < text.length && !/^[\x21-\x7e]$/.test(text[end - 1]!) && !/^[\x21-\x7e]$/.test(text[end]!)) end++;
  return end;
}
