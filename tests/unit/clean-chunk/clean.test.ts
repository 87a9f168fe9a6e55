import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { clean, replay } from "@pipeline/clean-chunk/clean/clean";
import { decode } from "@pipeline/clean-chunk/decode/decode";
import { loadRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";

const recipe = loadRecipe("default");
const cleaned = (written: string) => clean(decode(Buffer.from(written), recipe.decode), recipe.clean);

/** What is written, and what a reader should get (null: just that). */
function cases(table: Readonly<Record<string, readonly (readonly [written: string, meant: string | null])[]>>): void {
  for (const [title, rows] of Object.entries(table))
    it(title, () => {
      for (const [written, meant] of rows) expect(cleaned(written).text, JSON.stringify(written)).to.equal(meant ?? written);
    });
}

describe("clean(decoded, settings)", () => {
  it("keeps the indentation of a short function between two paragraphs, and not that of verse", () => {
    const code = "This is what we discussed:\n\ndef add(a, b):\n    if a > b:\n        return a + b\n    return b\n\nIt was a surprise.";
    expect(cleaned(code).text).to.equal(code);
    expect(cleaned("The sea is calm:\n    the tide is full,\n    the moon lies fair\nupon the straits.").text).to.not.include("    ");
  });

  cases({
    "ends every line with a line feed": [["a\r\nb\rc\u2028d\fe", "a\nb\nc\nd\ne"]],
    "puts right what was read in the wrong encoding, once or twice": [
      ["Itâ€™s a cafÃ© in MÃ¼nchen.", "It’s a café in München."],
      ["ItÃ¢â‚¬â„¢s a cafÃƒÂ©.", "It’s a café."],
      ["It costs Â£40 at 25Â°C.", "It costs £40 at 25°C."],
      ["Ð’ÑÐµ Ð»ÑŽÐ´Ð¸".replace("ÑÐ", "Ñ\x81Ð"), "Все люди"],
      ["Р’СЃРµ Р»СЋРґРё", "Все люди"],
      ["Read as Latin-1: \xe2\x80\x9cquoted\xe2\x80\x9d, ðŸ˜€", "Read as Latin-1: “quoted”, 😀"],
      ["Wrong: cafÃ©\nRight: CAFÉ», MAÇÃ”, «Ã»", "Wrong: café\nRight: CAFÉ», MAÇÃ”, «Ã»"],
    ],
    "leaves alone what only looks as if it had been read wrongly": [
      ["The word MAÇÃ stands beside PÃO and AVELÃ; Ã, Õ and Â© show a broken mail.", null],
      ["Le CAFÉ», dit-il. L’ÂGE “LÀ”", null],
      ["Он сказал: «Рис и Соль», и вышел.", null],
      ["El niño pidió “más”.", null],
    ],
    "removes what prints nothing": [
      ["The ledger\0 was\x07 in\u00adter\u00adna\u00adtion\u00adal.", "The ledger was international."],
      ["An \u202eold\u202c and \u2066a new\u2069 mark\ufeff.", "An old and a new mark."],
      ["\x1b[1;31mred\x1b[0m and N\bNA\bAM\bME\bE", "red and NAME"],
      ["hidden\u{e0041}\u{e0042} letters", "hidden letters"],
      ["wo\ufe0frd", "word"],
    ],
    "shows the bullets of word processors": [
      ["\uf0b7 Bread\n\uf0a7 Milk \uf0e0 shop", "• Bread\n▪ Milk → shop"],
      ["ⓐ 甲\ue000", null],
    ],
    "keeps joiners that shape letters and emoji": [
      ["او می\u200cخواهد", "او می\u200cخواهد"],
      ["क्\u200dष ന്\u200d", "क्\u200dष ന്\u200d"],
      ["👩🏽\u200d✈️ 🏳️\u200d🌈 👩\u200d👩\u200d👧", "👩🏽\u200d✈️ 🏳️\u200d🌈 👩\u200d👩\u200d👧"],
      ["🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}", "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}"],
      ["a\u200d \u200db, c\u200c", "a b, c"],
    ],
    "makes one space of many and none at line borders": [
      ["One\u00a0two\u2003 three\u3000four.  \n   five", "One two three four.\nfive"],
      ["name\t\tage\n", "name\tage"],
    ],
    "leaves one blank line between paragraphs": [["a\n \n\t\n\nb", "a\n\nb"]],
    "composes characters": [["cafe\u0301", "café"]],
    "gives quotes back that were read as Latin-1": [["It\x92s \x93so\x94\x85", "It’s “so”…"]],
    "decodes entities, however often they were escaped, but not addresses in programs and in links": [
      ["R&amp;D, 5 &lt; 7, caf&eacute;, it&#8217;s, &amp;amp;nbsp;", "R&D, 5 < 7, café, it’s,"],
      ["total = &sum; see ?a=1&copy=2 and &unknown; &#xd800;", "total = &sum; see ?a=1&copy=2 and &unknown; &#xd800;"],
    ],
    "empties lines of symbols": [["Title\n=====\nText\n* * *\nMore\n@#$%^&*\n+---+---+\nend", "Title\n\nText\n\nMore\n\nend"]],
    "keeps lines of symbols that speak": [
      ["He looked.\n\n“…?”\n\n「……」\n\n👍🎉\n\n∀x ∈ ∅\n\n$$\n\n};\n\n⠠⠓⠑\n\nso", null],
      ["|name|age|\n|---|:-:|\n|x|1|", null],
    ],
    "shortens long runs of one symbol to three": [
      ["Chapter ........ 12, wait!!!!! ★★★★★★ x - - - - - - y", "Chapter ... 12, wait!!! ★★★ x - - - y"],
      ["see #### four, x -> y, a || b, C++, ((((f)))), -----BEGIN KEY-----", null],
    ],
    "keeps maths, currency and prose about markup": [
      ["For all x ∈ ℝ: x² ≥ 0, √x ≠ ½; 1.250,00 € or £1,100 — § 4, 50 %.", null],
      ["Put <b> before it and </b> behind it; write to <the editor> or <x@y.zz>.", null],
      ["a < b and b > c; Map<String, List<Integer>> in Java.", null],
    ],
  });

  it("renders a page and keeps the mail around it", () => {
    const page = `From: <x@y.zz>
Subject: page

<!DOCTYPE html><html><head><title>T</title><style>p { color: red }</style></head><body>
<script>if (1 < 2) track("</p>");</script><nav><a href="/">Home</a></nav>
<h1>The   title</h1><p>First&nbsp;<em>par</em>agraph<br>has two
lines: 10<sup>5</sup>.</p><!-- hidden -->
<ol><li>one<li>two</ol><table><tr><th>Part<th>Count<tr><td>A<td>1</table>
<pre>  kept
   as is</pre><p>&lt;b&gt; and <unknown> are text</body></html>
-- end of mail`;
    expect(cleaned(page).text).to.equal(
      "From: <x@y.zz>\nSubject: page\n\nThe title\n\nFirst paragraph\nhas two lines: 10^5.\n\n1. one\n2. two\n\n" +
        "Part\tCount\nA\t1\n\nkept\nas is\n\n<b> and <unknown> are text\n\n-- end of mail",
    );
    expect(cleaned(page).cleaning.html).to.equal(true);
  });

  it("drops menus, scripts and forms that are ended, and nothing behind one that never is", () => {
    const page = (body: string) => cleaned(`<html><body>${body}</body></html>`).text;
    expect(page("<nav>menu<p>First paragraph.</p><nav>foot</nav><p>Last words.</p>")).to.equal("menu\n\nFirst paragraph.\n\nLast words.");
    expect(page("<p>Before.</p><nav>a<nav>b</nav>c</nav><p>After.</p>")).to.equal("Before.\n\nAfter.");
    expect(page("<svg/><p>Before.</p><button>Go</button><svg>picture</svg><p>After.</p>")).to.equal("Before.\n\nAfter.");
    expect(page("<nav><script>write('<nav></nav><script>')</script>menu</nav><p>After.</p>")).to.equal("After.");
    expect(page("<!-- <nav> --><p title='<nav>'>Before.</p><nav>menu</nav><p>After.</p>")).to.equal("Before.\n\nAfter.");
  });

  const PROSE = "The harbour master kept two ledgers, which never agreed about the weather.";
  const pages: [what: string, written: string, meant: string][] = [
    [
      "drops what is hidden",
      `<p>${PROSE}</p><p hidden>a</p><div style="color: red; display:none">b<div>c</div></div><p>d</p>`,
      `${PROSE}\n\nd`,
    ],
    ["shows what is hidden and never ended", `<div><p hidden>${PROSE}<p>b</p></div>`, `${PROSE}\n\nb`],
    [
      "reads tags inside attributes as such",
      `<p title="a > b" data-x='<p>' onclick="alert('<script>')">${PROSE}</p><a href="?a=1&b=2">b</a>`,
      `${PROSE}\n\nb`,
    ],
    ["numbers lists from where they start", `<p>${PROSE}</p><ol start="5"><li>e<li>f</ol><ol><li>a</ol>`, `${PROSE}\n\n5. e\n6. f\n\n1. a`],
    [
      "raises exponents alone",
      `<p>${PROSE}</p><p>x<sup>2</sup>, 10<sup>-5</sup>, the 1<sup>st</sup> word<sup>1</sup> of H<sub>2</sub>O</p>`,
      `${PROSE}\n\nx^2, 10^-5, the 1st word1 of H2O`,
    ],
    [
      "parts what a form parts",
      `<p>${PROSE}</p><form>a<select><option>b</select>c<button>d</button>e<script>f</script>g<textarea>h</textarea>i</form>`,
      `${PROSE}\n\na c eg\nh\ni`,
    ],
    [
      "reads entities without an end, but for those of addresses",
      `<p>${PROSE}</p><p>&copy 2020, x&nbsp y, 5 &#8211 6, AT&T, ?a=1&copy=2&lt=3</p>`,
      `${PROSE}\n\n© 2020, x y, 5 – 6, AT&T, ?a=1&copy=2&lt=3`,
    ],
    [
      "keeps the lines of Markdown around blocks",
      `# Title\n\n<p align="center"><img src="x.png"></p>\n\n${PROSE}\n\n- a\n- b\n\n<details><summary>More</summary>\n\nInside.\n\n</details>`,
      `# Title\n\n${PROSE}\n\n- a\n- b\n\nMore\n\nInside.`,
    ],
    ["drops the declaration of XHTML", `<?xml version="1.0"?>\n<html><body><p>${PROSE}</p></body></html>`, PROSE],
  ];
  for (const [what, written, meant] of pages)
    it(`of a page: ${what}`, () => {
      expect(cleaned(written).text).to.equal(meant);
    });

  it("leaves alone what only speaks of markup, and programs that write it", () => {
    const texts = [
      `In HTML a paragraph is written <p>like this</p>, and a heading <h1>like that</h1>. ${PROSE}`,
      "The element <author> holds a name, and <title> the title of the book.",
      `<?php\n$page = load();\necho "<p>$page</p>";\n`,
      "Use <div> for blocks, <span> for words, and <p> for paragraphs. The <br> tag breaks a line.",
    ];
    for (const text of texts) expect(cleaned(text).text).to.equal(text.trim());
  });

  it("keeps how far inner items of lists are set in, and moves the list to the border", () => {
    const nested = "# Things\n\n- one\n  - two\n    * three\n- four\n\n1. first\n   - of it\n2. second";
    expect(cleaned(nested).text).to.equal(nested);
    expect(cleaned("A list:\n\n   - one\n     goes on\n\t- two\n   - three\n\nNo list.\n  - alone").text).to.equal(
      "A list:\n\n- one\ngoes on\n - two\n- three\n\nNo list.\n- alone",
    );
    expect(cleaned("He said:\n\n   - - -\n\n  So it is.").text).to.equal("He said:\n\nSo it is.");
  });

  it("reads feeds, TEI and DocBook as pages of their text, and leaves data in XML as it is", () => {
    const feed = `<?xml version="1.0"?>\n<!-- made -->\n<rss version="2.0"><channel><title>Harbour News</title><link>https://x.example/</link>
<item><title>First</title><description><![CDATA[<p>The boat came <b>late</b>, and nobody saw it.</p>]]></description><guid>7</guid></item>
<item><title>Second</title><description>&lt;p&gt;The crew &amp;amp; the boat were never seen again.&lt;/p&gt;</description></item></channel></rss>`;
    expect(cleaned(feed).text).to.equal(
      "Harbour News\n\nFirst\n\nThe boat came late, and nobody saw it.\n\nSecond\n\nThe crew & the boat were never seen again.",
    );
    const letter = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>Letters</title></teiHeader><text><body><head>First</head>
<p>My dear <persName>Anna</persName>, it is <date when="1890-05-06">May</date>.</p><lg><l>Two roads diverged,</l><l>and I took one.</l></lg></body></text></TEI>`;
    expect(cleaned(letter).text).to.equal("First\n\nMy dear Anna, it is May.\n\nTwo roads diverged,\nand I took one.");
    const manual =
      "<article><title>Install</title><para>Run <command>make</command>.</para><itemizedlist><listitem><para>once</para></listitem></itemizedlist></article>";
    expect(cleaned(manual).text).to.equal("Install\n\nRun make.\n\n- once");
    const data = '<?xml version="1.0"?>\n<project>\n<groupId>org.example</groupId>\n<version>4.12</version>\n</project>';
    expect(cleaned(data).text).to.equal(data);
  });

  it("leaves entities between the backticks of Markdown to be shown", () => {
    const shown = "Write `&amp;` for &, ``&lt;b&gt;`` for a tag, and `x`.";
    expect(cleaned(shown).text).to.equal(shown);
    expect(cleaned("``AT&amp;T'' and `R&amp;D' are &lt; ` &amp; `").text).to.equal("``AT&T'' and `R&D' are < ` & `");
    expect(cleaned("<p>Write `&amp;amp;` or `&lt;`, as was said.</p><p>And so on to the end.</p>").text).to.match(/^Write `&` or `<`/);
  });

  it("undoes entities in what no longer looks like code once its controls are gone", () => {
    const once = cleaned("def f(x):\n&#13;\n\n\nfor f in *; do\n\ufff9\n      - if (x) {<p title='<b>'>").text;
    expect(cleaned(once).text).to.equal(once);
  });

  it("keeps the indentation of short scripts and patches", () => {
    const scripts = [
      "for f in *.txt; do\n    cat \"$f\" | grep -v '^#' > out/$f 2>&1\ndone && echo ok",
      "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old line\n+new line\n the same",
    ];
    for (const script of scripts) expect(cleaned(script).text).to.equal(script);
  });

  it("leaves source code as it is but for blanks at line ends", function () {
    this.timeout(20_000);
    const folder = join(dirname(createRequire(import.meta.url).resolve("fast-check")), "..");
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.(?:m|c)?js$/.test(path));
    expect(sources.length).to.be.above(0);
    for (const path of sources) {
      const code = readFileSync(join(folder, path), "utf8").slice(0, 200_000);
      const tidy = code.replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n");
      expect(cleaned(code).text === tidy.trim(), path).to.equal(true);
    }
  });

  it("takes linear time on hostile text", function () {
    this.timeout(60_000);
    const units = [
      "<",
      "&",
      "&amp;",
      "=",
      "- ",
      "\n",
      " ",
      "\u0301\u0316",
      "\u00ad",
      "<p>",
      "</p>",
      "a<b>c</b>",
      "<script>",
      "`",
      "a  b",
      "{\n",
    ];
    for (const unit of units) {
      const text = unit.repeat(1_000_000 / unit.length);
      const before = process.cpuUsage().user;
      cleaned(text);
      expect((process.cpuUsage().user - before) / 1e6, JSON.stringify(unit)).to.be.below(3); // seconds; quadratic steps take minutes
    }
  });

  const ENDLESS_LINES: [string, Buffer, string][] = [
    ["Japanese in decomposed form", Buffer.from("か\u3099".repeat(250_000)), "utf-8"],
    ["Japanese between escape sequences", Buffer.from("\x1b$B$3$s\x1b(B".repeat(100_000)), "iso-2022-jp"],
  ];
  for (const [name, bytes, encoding] of ENDLESS_LINES)
    it(`finds the bytes of all slices of an endless line in linear time: ${name}`, () => {
      const before = process.cpuUsage().user;
      const document = clean(decode(bytes, recipe.decode, encoding), recipe.clean);
      for (let start = 0; start < document.text.length; start += 100) document.bytesOf(start, Math.min(start + 100, document.text.length));
      expect((process.cpuUsage().user - before) / 1e6).to.be.below(3); // seconds; cleaning all of it for each slice takes minutes
    }).timeout(60_000);

  it("gives a slice of decomposed text without spaces little more than its own bytes", () => {
    const document = cleaned("か\u3099".repeat(1000));
    expect(document.bytesOf(500, 600)).to.deep.equal({ start: 15 * 32 * 6, end: 19 * 32 * 6, kind: "widened" }); // of 6,000
  });

  it("knows the bytes of every slice", () => {
    const raw = Buffer.from("\ufeffDas  ist\r\nü\u00adber\r\n\r\n\r\nalles 😀 gut \u200b");
    const document = clean(decode(raw, recipe.decode), recipe.clean);
    expect(document.text).to.equal("Das ist\nüber\n\nalles 😀 gut");
    const start = document.text.indexOf("über");
    const origin = document.bytesOf(start, start + 4);
    expect(raw.subarray(origin.start, origin.end).toString()).to.equal("ü\u00adber");
    expect(origin.kind).to.equal("exact");
    expect(replay(raw.subarray(origin.start, origin.end), { name: "utf-8" }, document.cleaning, recipe.clean)).to.equal("über");
  });

  it("keeps the origin right after edits by others, and calls what they touch widened", () => {
    const masked = cleaned("a  mail to  x@y.zz  now  then").withEdits([{ start: 10, end: 16, replacement: "<EMAIL>" }]);
    expect(masked.text).to.equal("a mail to <EMAIL> now then");
    expect(masked.bytesOf(10, 17)).to.deep.equal({ start: 12, end: 18, kind: "widened" });
    expect(masked.bytesOf(18, 26)).to.deep.equal({ start: 20, end: 29, kind: "exact" });
  });
});
