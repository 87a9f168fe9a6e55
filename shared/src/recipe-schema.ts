/** What a recipe may say: the shape of every section as it is written in YAML, value beside reason. */
import type { CountryCode } from "libphonenumber-js";
import metadata from "libphonenumber-js/min/metadata";
import { z } from "zod";
import { ID_COUNTRIES } from "./pii/national-id/countries.js";
import { TOKENIZERS } from "./tokens/encodings.js";

/** By the table alone: every program reads recipes, and the library behind it takes longer to load than all else here. */
const hasPlan = (region: string): region is CountryCode => Object.hasOwn(metadata.countries, region);

const hasIds = (country: string): boolean => ID_COUNTRIES.includes(country);

const because = z.string("a full sentence saying why").min(20, "a full sentence saying why");
const source = z.string().min(1).optional();
const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
const words = z.array(z.string().min(1));

/** A value with its reason. In the loaded recipe only the value stays in its section; the reason moves to `Recipe.reasons`. */
const explained = <T extends z.ZodType>(value: T) => z.strictObject({ value, because, source });

/** The members of each rule of the pipeline's own set. `binary` and `undecodable` take their threshold from the section decode. */
const defaultRules = {
  empty: z.strictObject({ threshold: count, because, source }),
  binary: z.strictObject({ because, source }),
  undecodable: z.strictObject({ because, source }),
  too_short: z.strictObject({ threshold: count, because, source }),
  too_long: z.strictObject({ threshold: count, because, source }),
  low_letters: z.strictObject({ threshold: share, because, source }),
  symbol_heavy: z.strictObject({ threshold: share, because, source }),
  repetitive: z.strictObject({
    thresholds: z.strictObject({
      duplicate_lines: share,
      duplicate_paragraphs: share,
      top_2_gram: share,
      top_3_gram: share,
      top_4_gram: share,
      duplicate_10_grams: share,
    }),
    free_characters: count,
    because,
    source,
  }),
  gibberish: z.strictObject({ threshold: share, because, source }),
  boilerplate: z.strictObject({ threshold: share, min_labels: count, phrases: words, labels: words, because, source }),
  over_cleaned: z.strictObject({ threshold: share, because, source }),
};

const piiType = z.strictObject({ policy: z.enum(["flag", "mask", "tag", "drop"]), min_score: share, because, source });

const sections = {
  decode: z.strictObject({
    max_document_bytes: explained(z.int().min(1).max(134_217_728)),
    confidence_floor: explained(share),
    max_replaced_share: explained(share),
    max_nul_share: explained(share),
  }),
  clean: z.strictObject({
    unicode: explained(z.enum(["nfc", "nfkc", "compat", "none"])),
    steps: z.strictObject({
      line_ends: explained(z.boolean()),
      mojibake: explained(z.boolean()),
      html_entities: explained(z.boolean()),
      html: explained(z.boolean()),
      control_characters: explained(z.boolean()),
      spaces: explained(z.boolean()),
      symbol_lines: explained(z.boolean()),
      decorations: explained(z.boolean()),
      blank_lines: explained(z.boolean()),
    }),
    boilerplate_lines: explained(words),
  }),
  judge: z.strictObject({ sets: z.strictObject({ default: z.strictObject(defaultRules).partial() }) }),
  chunk: z.strictObject({
    tokenizer: explained(z.enum(TOKENIZERS)),
    max_tokens: explained(z.int().min(16).max(512)),
    min_tokens: explained(count),
    overlap_tokens: explained(count),
  }),
  validate: z
    .strictObject({
      non_alphanumeric: z.strictObject({ threshold: share, count_white_space: z.boolean(), because, source }),
      too_few_tokens: z.strictObject({ threshold: count, because, source }),
      special_token_literal: z.strictObject({ action: z.enum(["flag", "reject"]), literals: words, because, source }),
    })
    .partial(),
  score: z.strictObject({
    weights: z
      .strictObject({
        alphanumeric: explained(share),
        word_shape: explained(share),
        repetition: explained(share),
        sentences: explained(share),
        vocabulary: explained(share),
        language: explained(share),
        cleaning: explained(share),
      })
      .refine((weights) => Object.values(weights).some(({ value }) => value > 0), "at least one weight above 0"),
  }),
  pii: z.strictObject({
    types: z
      .strictObject({
        credit_card: piiType,
        iban: piiType,
        us_ssn: piiType,
        national_id: piiType,
        email: piiType,
        phone: piiType,
        ip_address: piiType,
        mac_address: piiType,
        crypto_address: piiType,
        url_credentials: piiType,
        secret: piiType,
      })
      .partial(),
    phone_regions: explained(
      z.array(z.string().refine(hasPlan, "the two-letter code, in capitals, of a country whose numbering plan is known")),
    ),
    national_ids: explained(z.array(z.string().refine(hasIds, `one of ${ID_COUNTRIES.join(", ")}`))),
    max_spans: explained(count.nullable()),
  }),
  limits: z.strictObject({ batch: explained(share.nullable()), run: explained(share.nullable()) }),
};

/** A whole recipe as written, after `extends` has been resolved. */
export const recipeSpecSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "lower-case letters, digits, dots, dashes and underscores"),
  ...sections,
});
export type RecipeSpec = z.infer<typeof recipeSpecSchema>;
export type SectionName = keyof typeof sections;
export const SECTION_NAMES = Object.keys(sections) as SectionName[];

type DefaultRules = { [Name in keyof typeof defaultRules]: z.infer<(typeof defaultRules)[Name]> };
export type DefaultRuleName = keyof DefaultRules;
/** Rules as the judge reads them: named, in order; `threshold` of binary and undecodable filled in from decode. */
export type DefaultRule = { [Name in DefaultRuleName]: { name: Name; threshold?: number } & DefaultRules[Name] }[DefaultRuleName];
