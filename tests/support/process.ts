/** One document through clean-chunk's pure core, with the default recipe. */
import { type Processed, processDocument } from "@pipeline/clean-chunk/process-document";
import { resolveSettings } from "@pipeline/clean-chunk/settings";
import { documentIdOf, sha256Of } from "@pipeline/shared/ids";
import { loadRecipe } from "@pipeline/shared/recipe";

export const recipe = loadRecipe("default");
const { settings } = resolveSettings({ tokenizer: null, maxTokens: null, overlapTokens: null, piiPolicy: null }, recipe);

/** What becomes of those bytes. */
export function processed(content: Buffer, path = "a.txt", more: Partial<typeof settings> = {}): Processed {
  const raw = { id: documentIdOf("corpus", path), path, fileName: path, sha256: sha256Of(content), rawBytes: content.length };
  return processDocument(raw, content, { ...settings, ...more });
}
