/** Planted truth: what the pipeline must find in each file of a generated sample, so that a run can be scored against it. */
import { z } from "zod";

interface Feature {
  /** What a file with this feature is there to show. */
  readonly shows: string;
  /** False while the product does not handle it yet: the report then says `not yet covered`, never pass or fail. */
  readonly covered: boolean;
}

/** Every kind of planted thing. PII types stand under their own names, so that a type that comes later is switched on by one word here. */
export const FEATURES = {
  prose: { shows: "good English prose is kept", covered: true },
  language: { shows: "a human language is kept, whatever its script", covered: true },
  short_language: { shows: "a fragment of a rare script does not stop a run", covered: true },
  encoding_bom: { shows: "a byte order mark names the encoding and leaves no trace in the text", covered: true },
  encoding_unicode: { shows: "UTF-16 and UTF-32 without a mark are recognised", covered: true },
  encoding_legacy: { shows: "a single-byte code page is recognised", covered: true },
  encoding_cjk: { shows: "a multi-byte East Asian encoding is recognised", covered: true },
  encoding_damaged: { shows: "odd lengths, cut tails and stray bytes are repaired, not fatal", covered: true },
  mojibake: { shows: "text that was decoded wrongly before it came here is put right", covered: true },
  html: { shows: "a web page becomes its text", covered: true },
  html_entities: { shows: "entities become characters", covered: true },
  html_about: { shows: "text that merely mentions a tag keeps it", covered: true },
  control_characters: { shows: "control and invisible format characters are removed", covered: true },
  joiners: { shows: "joiners that carry meaning (Persian, Indic, emoji) stay", covered: true },
  white_space: { shows: "line ends and kinds of space become one kind", covered: true },
  ornaments: { shows: "runs of a decorative symbol are shortened, symbol-only lines removed", covered: true },
  code: { shows: "indentation of code inside prose stays", covered: true },
  empty: { shows: "a file without text is dropped", covered: true },
  too_short: { shows: "a file with too little text is dropped", covered: true },
  symbol_soup: { shows: "text without words is dropped", covered: true },
  gibberish: { shows: "letters without words are dropped", covered: true },
  repetition: { shows: "text that repeats itself is dropped", covered: true },
  boilerplate: { shows: "a page of nothing but site furniture is dropped", covered: true },
  binary: { shows: "a binary file under a .txt name is dropped", covered: true },
  undecodable: { shows: "bytes that are text in no encoding are dropped", covered: true },
  symbol_chunk: { shows: "a slice of more than 30 % symbols is rejected, its document is not", covered: true },
  special_token: { shows: "text that spells a tokenizer's special token is ordinary text, and flagged", covered: true },
  long_run: { shows: "very long words and runs neither stop nor slow the run", covered: true },
  file_name: { shows: "any file name the file system allows is carried through", covered: true },
  exact_duplicate: { shows: "documents with the same text are found, whatever their bytes", covered: true },
  near_duplicate: { shows: "documents with nearly the same text are found", covered: false },
  not_duplicate: { shows: "documents that share half of their text are not called duplicates", covered: false },
  credit_card: { shows: "card numbers of all issuers and groupings are found", covered: true },
  email: { shows: "e-mail addresses are found", covered: true },
  phone: { shows: "phone numbers are found: international everywhere, national for the United States", covered: true },
  ip_address: { shows: "IPv4 and IPv6 addresses are found", covered: true },
  us_ssn: { shows: "US social security numbers are found", covered: true },
  iban: { shows: "bank account numbers (IBAN) are found", covered: true },
  crypto_address: { shows: "addresses of crypto-currencies are found", covered: true },
  mac_address: { shows: "hardware addresses are found", covered: true },
  url_credentials: { shows: "a user name and password inside a URL are found", covered: true },
  secret: { shows: "keys, tokens and private keys are found", covered: true },
  national_id: { shows: "national and tax ids are found", covered: true },
  pii_mixed: { shows: "several types in one document are told apart", covered: true },
  pii_hidden: { shows: "an invisible character inside a value does not hide it", covered: true },
  pii_border: { shows: "values are found wherever chunk borders fall", covered: true },
  pii_look_alike: { shows: "numbers that only look personal are left alone", covered: true },
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof FEATURES;
export const FEATURE_NAMES = Object.keys(FEATURES) as [FeatureName, ...FeatureName[]];

/** The features that a report may call passed or failed. */
export const COVERED_FEATURES: ReadonlySet<string> = new Set(FEATURE_NAMES.filter((name) => FEATURES[name].covered));

const offset = z.int().nonnegative();

/** Offsets are code points into the cleaned document: the text is planted such that cleaning moves nothing before or inside a span. */
const plantedSpanSchema = z.strictObject({ type: z.string(), start: offset, end: offset });
export type PlantedSpan = z.infer<typeof plantedSpanSchema>;

/** What must come out for one file: one line of truth.jsonl. */
const truthSchema = z.strictObject({
  /** As `document.path`: below the sample's documents folder, each raw byte outside [A-Za-z0-9._~/-] percent-encoded. */
  path: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: offset,
  feature: z.enum(FEATURE_NAMES),
  /** `any`: both are defensible, only the rest of the line is asked for. */
  verdict: z.enum(["keep", "drop", "any"]),
  /** With `drop`: each of these reasons is right. */
  reasons: z.array(z.string()).min(1).optional(),
  /** Each of these names (as iconv-lite spells them) reads the bytes rightly. */
  encodings: z.array(z.string()).min(1).optional(),
  language: z.string().optional(),
  /** Strings that the document's stored chunks must hold, each inside one chunk. */
  contains: z.array(z.string()).optional(),
  /** Strings that none of its chunks may hold. */
  absent: z.array(z.string()).optional(),
  /** Every personal value in the file: anything else that is found is a false positive. Left out where nobody can tell. */
  pii: z.array(plantedSpanSchema).optional(),
  /** Where the look-alikes stand and what they are, to name the one that fooled a detector. */
  lookAlikes: z.array(plantedSpanSchema).optional(),
  /** Remarks that at least one chunk must carry. */
  flags: z.array(z.string()).optional(),
  /** At least one chunk is rejected, for this reason. */
  rejectedChunk: z.string().optional(),
  /** All files of a group are duplicates of the one among them that is kept; null: must not be called a duplicate. */
  duplicate: z
    .strictObject({ group: z.string(), kind: z.enum(["exact", "near"]) })
    .nullable()
    .optional(),
});
export type Truth = z.infer<typeof truthSchema>;

/** One line of truth.jsonl; throws with the path of the member that is wrong. */
export function parseTruth(line: string): Truth {
  return truthSchema.parse(JSON.parse(line));
}
