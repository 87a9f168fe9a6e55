/** Documents in XML that people read (feeds, TEI, DocBook), by the elements of pages that would show theirs. */
import { isElement } from "./tags.js";

/** The element of a page for one of another vocabulary; names in lower case. */
export type PageNames = (name: string) => string;

/** What stands in front of the root: declarations, comments and instructions. */
const ROOT = /^\s*(?:<\?[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<![a-z][^>[]*(?:\[[^\]]*\]\s*)?>\s*)*<([a-z][\w.:-]*)[\s>]/i;

const PROLOG = 4096; // licences in comments end before

const FEEDS = new Set(["rss", "rdf:rdf", "feed"]);
const TEI = new Set(["tei", "tei.2", "teicorpus"]);
const DOCBOOK = new Set(["article", "book", "chapter", "section", "refentry"]);

const tableOf = (shown: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(shown).flatMap(([element, names]) => names.split(" ").map((name) => [name, element] as const)));

/** What a feed says of itself and of its items is no text, as in the head of a page. */
const OF_FEEDS = tableOf({
  h2: "title",
  section: "item entry",
  p: "description summary content content:encoded subtitle",
  head: "link guid id pubdate lastbuilddate updated published ttl generator docs cloud language webmaster managingeditor dc:date atom:link",
});

const OF_BOOKS = tableOf({
  head: "teiheader",
  h2: "head title",
  p: "para simpara formalpara ab lg sp stage abstract",
  ul: "list itemizedlist simplelist variablelist",
  ol: "orderedlist procedure",
  li: "item listitem step member",
  br: "lb",
  pre: "programlisting screen literallayout eg",
  tr: "row",
  td: "cell entry",
  span: [
    "hi emph emphasis foreign name persname placename orgname geogname forename surname ref ptr rs date time num measure w c pc seg sic corr",
    "choice abbr expan term g unclear gap supplied add del orig reg q quote said socalled mentioned gloss distinct pb cb anchor command literal",
    "filename link ulink xref firstterm acronym application option parameter function varname replaceable userinput keycap guilabel phrase",
    "subscript superscript trademark citation citetitle email uri note footnote",
  ].join(" "),
});

/** Names for a text that is a document in one of these vocabularies; null for any other. */
export function pageNamesOf(text: string): PageNames | null {
  const root = ROOT.exec(text.slice(0, PROLOG))?.[1]?.toLowerCase();
  if (root === undefined) return null;
  if (FEEDS.has(root)) return namesOf(OF_FEEDS);
  return TEI.has(root) || (DOCBOOK.has(root) && text.includes("<para")) ? namesOf(OF_BOOKS) : null;
}

/** What neither vocabulary knows parts lines: data beside data. */
const namesOf =
  (table: ReadonlyMap<string, string>): PageNames =>
  (name) =>
    table.get(name) ?? (isElement(name) && !name.includes(":") ? name : "div");
