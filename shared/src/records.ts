/** The records that parts hold, one JSON object a line: parsed once at the edge, so that nothing inside checks again. */
import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const count = z.int().nonnegative();
const scalar = z.union([z.number(), z.string()]).nullable();

/** A source file that a batch holds. `pack`, `offset` and `length` locate its bytes; a file with a `failure` has no bytes there. */
export const indexEntrySchema = z.strictObject({
  id: uuid,
  /** Path below the source root, each raw byte outside [A-Za-z0-9._~/-] percent-encoded (upper-case hex). */
  path: z.string().min(1),
  /** The last path segment, decoded as UTF-8 with U+FFFD for what is not, control characters removed: for people, never an identity. */
  fileName: z.string(),
  /** Which of the batch's pack parts, from 0. */
  pack: count,
  offset: count,
  length: count,
  /** sha256 of the raw bytes; null when they could not be read. */
  sha256: sha256.nullable(),
  rawBytes: count,
  failure: z.strictObject({ code: z.string() }).nullable(),
});
export type IndexEntry = z.infer<typeof indexEntrySchema>;

const ruleResultSchema = z.strictObject({
  set: z.string(),
  name: z.string(),
  value: scalar,
  threshold: scalar,
  passed: z.boolean(),
});

const encodingSchema = z.strictObject({
  /** A name that iconv-lite knows: utf-8, utf-16le, windows-1252, shift_jis ... */
  name: z.string(),
  /** 0 to 1; 1 for a byte order mark or valid UTF-8. */
  confidence: z.number(),
  /** How it was decided. */
  source: z.enum(["bom", "utf-8", "declared", "detected", "fallback", "given"]),
  /** How many U+FFFD decoding put in. */
  replaced: count,
});
export type Encoding = z.infer<typeof encodingSchema>;

/** What cleaning decided for the whole document: with it, any slice of the raw bytes can be cleaned again in the same way. */
const cleaningSchema = z.strictObject({
  html: z.boolean(),
  code: z.boolean(),
  /** Step name -> number of edits it made (steps that made none are left out). */
  steps: z.record(z.string(), count),
  /** Share of the decoded text's letters and digits that line rules removed, 0 to 1. */
  removedShare: z.number(),
});
export type Cleaning = z.infer<typeof cleaningSchema>;

/** What became of a source document: every index entry gives exactly one. */
export const documentSchema = z.strictObject({
  id: uuid,
  path: z.string(),
  fileName: z.string(),
  rawSha256: sha256.nullable(),
  rawBytes: count,
  status: z.enum(["kept", "dropped", "failed"]),
  failure: z.strictObject({ code: z.string() }).nullable(),
  drop: z.strictObject({ reason: z.string(), value: scalar, threshold: scalar }).nullable(),
  encoding: encodingSchema.nullable(),
  language: z.strictObject({ code: z.string(), confidence: z.number() }).nullable(),
  rules: z.array(ruleResultSchema),
  /** Numbers about the cleaned text: characters (code points), words, lines ... */
  metrics: z.record(z.string(), z.number()),
  cleaning: cleaningSchema.nullable(),
  chunks: count,
});
export type DocumentRecord = z.infer<typeof documentSchema>;

/** A token-bounded slice of a cleaned document. Character offsets are code points into the cleaned text, byte offsets are into the raw file. */
export const chunkSchema = z.strictObject({
  documentId: uuid,
  ordinal: count,
  text: z.string().min(1),
  /** The cleaned text between this chunk's end and the next one's start ("" for the last, and where the next overlaps). */
  gap: z.string(),
  /** How many leading UTF-16 units of this chunk repeat the end of the one before (0 without overlap). */
  overlap: count,
  charStart: count,
  charEnd: count,
  byteStart: count,
  byteEnd: count,
  origin: z.enum(["exact", "widened"]),
  tokens: z.int().positive(),
});
export type ChunkRecord = z.infer<typeof chunkSchema>;

/** What near-duplicate detection will compare: the exact hash of the normalised cleaned text now, MinHash bands later. */
export const signatureSchema = z.strictObject({ documentId: uuid, exactSha256: sha256, minhash: z.array(z.int()).optional() });
export type SignatureRecord = z.infer<typeof signatureSchema>;

/** A personal-data span: where, of what type, how sure; never the value. Offsets are code points into the chunk's text. */
const piiSpanSchema = z.strictObject({
  type: z.string(),
  start: count,
  end: count,
  score: z.number(),
  tags: z.array(z.string()).optional(),
});
export type PiiSpanRecord = z.infer<typeof piiSpanSchema>;

/** A chunk that validate let through. */
export const acceptedSchema = z.strictObject({
  ...chunkSchema.omit({ gap: true }).shape,
  id: uuid,
  textSha256: sha256,
  quality: z.strictObject({ score: z.number().min(0).max(1), components: z.record(z.string(), z.number()) }),
  nonAlphanumericRatio: z.number().min(0).max(1),
  pii: z.array(piiSpanSchema),
  /** Remarks that do not reject: special_token_literal ... */
  flags: z.array(z.string()),
});
export type AcceptedRecord = z.infer<typeof acceptedSchema>;

/** A chunk that validate refused: why, and where its text lies, not the text. */
export const rejectedSchema = z.strictObject({
  ...chunkSchema.pick({ documentId: true, ordinal: true, charStart: true, charEnd: true, byteStart: true, byteEnd: true, tokens: true })
    .shape,
  id: uuid,
  reason: z.string(),
  value: scalar,
  threshold: scalar,
  quality: z.number().min(0).max(1),
  nonAlphanumericRatio: z.number().min(0).max(1),
  pii: z.record(z.string(), count),
});
export type RejectedRecord = z.infer<typeof rejectedSchema>;

/** What the report may show of a record that was refused: why, and the shape of its beginning (see shapeOf), never its text. */
export const exampleSchema = z.strictObject({
  level: z.enum(["document", "chunk"]),
  reason: z.string(),
  path: z.string(),
  value: scalar,
  threshold: scalar,
  shape: z.string(),
});
export type ExampleRecord = z.infer<typeof exampleSchema>;
