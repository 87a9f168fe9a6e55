/** The encodings that tokens can be counted in: their names, the patterns that cut text into pieces, where their merge tables lie. */
import { CL100K_TOKEN_SPLIT_REGEX, O200K_TOKEN_SPLIT_REGEX } from "gpt-tokenizer/encodingParams/constants";

export const TOKENIZERS = ["o200k_base", "cl100k_base"] as const;
export type TokenizerName = (typeof TOKENIZERS)[number];

/**
 * gpt-tokenizer's pattern of an encoding, sticky, read as tiktoken's engine reads it. Two of its constructs mean something else in
 * JavaScript: \s has U+FEFF besides and lacks U+0085 (so White_Space is spelt out), and a contraction's s, matched there without
 * regard to case, takes U+017F (long s) too.
 */
export function piecePatternOf(name: TokenizerName): RegExp {
  const { source } = { o200k_base: O200K_TOKEN_SPLIT_REGEX, cl100k_base: CL100K_TOKEN_SPLIT_REGEX }[name];
  return new RegExp(
    source.replaceAll("\\s", "\\p{White_Space}").replaceAll("\\S", "\\P{White_Space}").replaceAll("[sS]", "[sS\u017f]"),
    "uy",
  );
}

/** The table lies beside this module, where `npm run build` puts it. */
export function tablePathOf(name: TokenizerName): URL {
  return new URL(`./${name}.bin`, import.meta.url);
}
