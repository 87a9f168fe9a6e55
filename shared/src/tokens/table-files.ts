/** Where the merge tables lie: beside this module, where `npm run build` puts them. Spelt out, so that the code version finds the files. */
import type { TokenizerName } from "./encodings.js";

const FILES: Readonly<Record<TokenizerName, URL>> = {
  o200k_base: new URL("./o200k_base.bin", import.meta.url),
  cl100k_base: new URL("./cl100k_base.bin", import.meta.url),
};

/** The merge table of an encoding. */
export function tablePathOf(name: TokenizerName): URL {
  return FILES[name];
}
