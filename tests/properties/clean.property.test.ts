import { clean, replay } from "@pipeline/clean-chunk/clean/clean";
import { Editor } from "@pipeline/clean-chunk/clean/editor";
import { unicode } from "@pipeline/clean-chunk/clean/steps/unicode";
import { decode } from "@pipeline/clean-chunk/decode/decode";
import { loadRecipe, parseRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";
import fc from "fast-check";
import { translations } from "../support/udhr.js";

const recipe = loadRecipe("default");
const cleanText = (text: string, settings = recipe.clean) => clean(decode(Buffer.from(text), recipe.decode, "utf-8"), settings).text;

/** What cleaning looks at: each of its characters and phrases, in any order. */
const fragments = [
  ..."ab9éß \n\t\r-=*_.#&;<>\"'()[]{}|\\/~:!?",
  ..."\0\x07\x08\x1b\x7f\x85\xad\u061c\u200b\u200c\u200d\u200e\u2028\u2029\u202e\u2060\u2066\ufe0f\ufeff\ufff9\ufffd\u3000\u00a0\u2009\u202f",
  ..."\u0301\u0316\u094dकनمیه가각ᄀ漢日ー。「」…—★☆═■√∑∈⇒€👩🏽✈🏴😀ﬁＡ；＆½²ͺ",
  ...["Ã©", "â€™", "Ã", "Â", "Ð´", "Ñ\x8f", "É»", "â€\ufffd", "ÃƒÂ©", "A\u0303", "РЎ", "Рё", "&Atilde;", "\x98", "»", "\uf0b7", "\x93"],
  "\ud800",
  "\udc00",
  "\u{e0067}",
  "\u{e007f}",
  "\r\n",
  "\n\n\n",
  "    ",
  "=====",
  "- - - - - ",
  "---- - - - -",
  "-----BEGIN KEY-----",
  "&amp;",
  "&amp;lt;",
  "&#38;",
  "&#173;",
  "&#13;",
  "&am",
  "p;",
  "&nbsp;",
  "= &sum;",
  "<p>",
  "</p>",
  "<br>",
  "<div class='x'>",
  "</div>",
  "&lt;p&gt;",
  "&lt;/p&gt;",
  "<x@y.zz>",
  "<script>",
  "</script>",
  "<ul><li>",
  "</li></ul>",
  "<pre>",
  "<!-- c -->",
  "<![CDATA[",
  "]]>",
  "<title>",
  "</title>",
  "<item>",
  "<hi>",
  "<p hidden>",
  "<div style='display: none'>",
  "<p title='<b>'>",
  "<ol start=3><li>",
  "x<sup>2</sup>",
  "<textarea>",
  "<?xml version='1.0'?>",
  "<details>",
  "&copy ",
  "&#8211 ",
  "`",
  "`&amp;`",
  "``&lt;",
  "&#96;",
  "\n- item",
  "\n  - item",
  "\n\t* item",
  "\n    1. x:\n",
  "\n      - if (x) {",
  "\n   + \n",
  "@@ -1 +1 @@\n",
  "for f in *; do\n",
  "done\n",
  "```",
  "if (x) {\n",
  "    total += 1;\n",
  "}\n",
  "def f(x):\n",
  "\x1b[31m",
  "word ",
  "A sentence of prose, then. ",
];
const hostile = fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join(""));
/** The same as the content of documents in XML. */
const hostileXml = fc
  .tuple(fc.constantFrom("<rss>", "<?xml version='1.0'?>\n<feed>", "<TEI>", "<!-- c --><article><para>", "&lt;rss&gt;"), hostile)
  .map((parts) => parts.join(""));
const anyText = fc.oneof(hostile, hostileXml, fc.string({ unit: "binary", maxLength: 80 }), fc.string({ unit: "grapheme", maxLength: 80 }));

describe("cleaning", () => {
  for (const form of ["nfc", "nfkc", "compat", "none"])
    it(`is idempotent (${form})`, () => {
      const settings = parseRecipe(
        `name: mine\nextends: default\nclean: { unicode: ${form}, boilerplate_lines: [word, "a", "---"] }`,
      ).clean;
      fc.assert(
        fc.property(anyText, (text) => {
          const once = cleanText(text, settings);
          expect(cleanText(once, settings)).to.equal(once);
        }),
        { numRuns: 3000 },
      );
    });

  for (const form of ["nfc", "nfkc"] as const)
    it(`gives text without spaces the normal form of the whole (${form})`, () => {
      const joining = [..."aか한가각ᄀ\u1161\u11a8\u0301\u0316\u3099ｶﾞﾡￂㄱㅏㄳำ\u{16d63}\u{16d67}\u{16d68}\u{1d15e}😀"];
      const text = fc.array(fc.constantFrom(...joining), { minLength: 60, maxLength: 200 }).map((letters) => letters.join(""));
      fc.assert(
        fc.property(text, (whole) => {
          const editor = new Editor(whole);
          unicode(form)(editor);
          expect(editor.result()).to.equal(whole.normalize(form === "nfc" ? "NFC" : "NFKC"));
        }),
        { numRuns: 2000 },
      );
    });

  it("leaves no lone surrogate, control or border white space", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = cleanText(text);
        expect(cleaned.isWellFormed()).to.equal(true);
        expect(cleaned).to.equal(cleaned.trim());
        expect(cleaned).to.not.match(/[\0-\x08\x0b-\x1f\x7f-\x9f\xad\ufeff\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufff9-\ufffb]/);
      }),
      { numRuns: 2000 },
    );
  });

  it("tells an exact origin only where the bytes alone give the slice again", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, from, to) => {
        const raw = Buffer.from(text);
        const document = clean(decode(raw, recipe.decode, "utf-8"), recipe.clean);
        const { start, end } = slice(document.text, from, to);
        const origin = document.bytesOf(start, end);
        expect(origin.start).to.be.within(0, origin.end);
        expect(origin.end).to.be.at.most(raw.length);
        if (origin.kind === "widened") return;
        const bytes = raw.subarray(origin.start, origin.end);
        expect(replay(bytes, { name: "utf-8" }, document.cleaning, recipe.clean)).to.equal(document.text.slice(start, end).trim());
      }),
      { numRuns: 3000 },
    );
  });

  it("keeps every visible character of the translations of the Universal Declaration, but for four with lines of @ or a run of dots", function () {
    this.timeout(20_000);
    const visible = (text: string) =>
      text
        .normalize("NFC")
        .replace(/[\s\xad\u200b-\u200f\ufeff]+/g, "")
        .replaceAll("\x92", "’");
    const changed = translations().filter(({ text }) => visible(cleanText(text)) !== visible(text));
    expect(changed.map(({ id }) => id)).to.deep.equal(["057", "059", "065", "kng"]);
  });
});

/** A slice between white space, as chunks are. */
function slice(text: string, from: number, to: number): { start: number; end: number } {
  const borders = [0, ...[...text.matchAll(/\s+/g)].map(({ index }) => index), text.length];
  const [a, b] = [borders[from % borders.length]!, borders[to % borders.length]!].sort((x, y) => x - y) as [number, number];
  const found = text.slice(a, b);
  return { start: a + found.length - found.trimStart().length, end: b - (found.length - found.trimEnd().length) };
}
