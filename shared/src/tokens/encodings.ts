/** The encodings that tokens can be counted in: their names, and where their merge tables lie. */

export const TOKENIZERS = ["o200k_base", "cl100k_base"] as const;
export type TokenizerName = (typeof TOKENIZERS)[number];

/** The table lies beside this module, where `npm run build` puts it. */
export function tablePathOf(name: TokenizerName): URL {
  return new URL(`./${name}.bin`, import.meta.url);
}
