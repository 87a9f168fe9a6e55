/** Values to HTML: a template in which all text is escaped and only markup made by the template itself passes as it is. */
import { visible } from "@pipeline/shared/text/visible";

export class Html {
  constructor(readonly markup: string) {}
}

export type Content = string | number | Html | null | readonly Content[];

/** html`<p>${text}</p>`: strings and numbers are escaped, Html and lists of it are put in, null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((markup, string, index) => `${markup}${markupOf(values[index - 1] ?? null)}${string}`));
}

function markupOf(content: Content): string {
  if (content === null) return "";
  if (content instanceof Html) return content.markup;
  if (typeof content === "object") return content.map(markupOf).join("");
  return escaped(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
