/** A planted file: its bytes under a path, with what must come out of it. */
import { encodedPath } from "@pipeline/shared/document-path";
import { sha256Of } from "@pipeline/shared/ids";
import type { FeatureName, PlantedSpan, Truth } from "@pipeline/shared/truth";

/** What a planter knows; path, size and hash are added when the file is made. */
export type Expectation = Omit<Truth, "path" | "sha256" | "bytes">;

export interface Planted {
  /** Raw bytes of the path below the documents folder: file names need not be UTF-8. */
  readonly rawPath: Buffer;
  readonly content: Buffer;
  readonly truth: Truth;
}

/** A file of the sample. A string as content is written as UTF-8. */
export function plant(path: string | Buffer, content: string | Buffer, expected: Expectation): Planted {
  const rawPath = Buffer.from(path as string);
  const bytes = Buffer.from(content as string);
  return { rawPath, content: bytes, truth: { path: encodedPath(rawPath), sha256: sha256Of(bytes), bytes: bytes.length, ...expected } };
}

/** A kept document without personal data: the expectation most planters start from. */
export function kept(feature: FeatureName, more: Partial<Expectation> = {}): Expectation {
  return { feature, verdict: "keep", pii: [], ...more };
}

/** A dropped document; any of the reasons is right. */
export function dropped(feature: FeatureName, ...reasons: string[]): Expectation {
  return { feature, verdict: "drop", reasons };
}

/** File names count from 01. */
export function numbered(name: string, index: number): string {
  return `${name}-${String(index + 1).padStart(2, "0")}.txt`;
}

/** Text with values in it: `{{0}}` in the template is replaced by the first value, and so on; gives the spans in code points. */
export function fill(
  template: string,
  values: readonly { readonly type: string; readonly text: string }[],
): { text: string; spans: PlantedSpan[] } {
  const spans: PlantedSpan[] = [];
  let text = "";
  let length = 0;
  for (const piece of template.split(/(\{\{\d+\}\})/)) {
    const value = /^\{\{\d+\}\}$/.test(piece) ? values[Number(piece.slice(2, -2))]! : null;
    const added = value ? value.text : piece;
    const end = length + [...added].length;
    if (value) spans.push({ type: value.type, start: length, end });
    text += added;
    length = end;
  }
  return { text, spans };
}
