/** Web pages saved as text, text with left-over entities, and text that is about markup. */
import { declaration, passage, phraseOf, plainSentences, someParagraphs } from "../phrases.js";
import { kept, numbered, type Planted, plant } from "../planted.js";
import { type Random, randomOf } from "../random.js";

const TRANSLATIONS = ["eng", "fra", "rus", "arb", "jpn", "hin", "deu_1996", "spa", "tur", "vie", "ell_monotonic", "heb"];

const HEAD = `<meta charset="utf-8"><style>body { font: 16px/1.5 serif; } .note { color: #c00; }</style>
<script>window.dataLayer = window.dataLayer || []; if (1 < 2 && 3 > 2) { track("pageview"); }</script>`;

function page(title: string, paragraphs: readonly string[]): string {
  const items = paragraphs.map((paragraph, index) =>
    index % 5 === 4
      ? `<ul><li>${paragraph}</li></ul>`
      : `<p class="text" id="p${index}">${paragraph.replace(" ", " <em>").replace(/$/, "</em>")}</p>`,
  );
  return `<!DOCTYPE html>
<html><head><title>${title}</title>${HEAD}</head>
<body><!-- rendered by a template --><div id="main"><h1>${title}</h1>
${items.join("\n")}
<table><tr><th>Part</th><th>Articles</th></tr><tr><td>First</td><td>one to ten</td></tr></table>
</div></body></html>
`;
}

function pages(): Planted[] {
  return TRANSLATIONS.map((translation, index) => {
    const source = declaration(translation);
    const paragraphs = someParagraphs(source, randomOf(`html/${translation}`), 24);
    // The phrase may not cross the first word's border, where an element starts: adding no space there is the page's business.
    const words = paragraphs[0]!.slice(paragraphs[0]!.indexOf(" ") + 1);
    const absent = ["<p", "</em>", "dataLayer", "font: 16px", "rendered by"];
    const expected = kept("html", { contains: [phraseOf([words])], absent });
    return plant(`markup/${numbered("page", index)}`, page(source.paragraphs[0]!, paragraphs), expected);
  });
}

const ENTITIES: readonly (readonly [written: string, meant: string])[] = [
  ["caf&eacute;", "café"],
  ["R&amp;D", "R&D"],
  ["&ldquo;so&rdquo;", "“so”"],
  ["M&uuml;nchen", "München"],
  ["it&#8217;s", "it’s"],
  ["5 &lt; 7", "5 < 7"],
  ["na&#xEF;ve", "naïve"],
  ["a&nbsp;few", "a few"],
];

function entities(): Planted[] {
  return ENTITIES.map(([written, meant], index) => {
    const random = randomOf(`entities/${index}`);
    const content = `${passage(random, 6)}\n\nHe wrote ${written} in the margin, and ${written} again below it.\n\n${passage(random, 4)}\n`;
    const expected = kept("html_entities", { contains: [`He wrote ${meant} in the margin`], absent: [written] });
    return plant(`markup/${numbered("entities", index)}`, content, expected);
  });
}

const MENTIONS = [
  "To make a word bold, put <b> before it and </b> behind it.",
  "In the proof we need a < b and b > c, which gives nothing for a and c.",
  "The generic type Map<String, List<Integer>> was new to most of the class.",
  "Write to <the editor> if the page is missing.",
];

function mentions(): Planted[] {
  const about = (mention: string, random: Random) =>
    `${passage(random, 5)}\n\n${mention} ${random.pick(plainSentences())}\n\n${passage(random, 4)}\n`;
  return MENTIONS.map((mention, index) =>
    plant(`markup/${numbered("about", index)}`, about(mention, randomOf(`mention/${index}`)), kept("html_about", { contains: [mention] })),
  );
}

/** Markup under markup/. */
export function plantMarkup(): Planted[] {
  return [...pages(), ...entities(), ...mentions()];
}
