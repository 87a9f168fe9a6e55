import { clean, replay } from "@pipeline/clean-chunk/clean/clean";
import { decode } from "@pipeline/clean-chunk/decode/decode";
import { loadRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";

const recipe = loadRecipe("default");
const cleaned = (written: string) => clean(decode(Buffer.from(written), recipe.decode), recipe.clean);

/** What is written, and what a reader should get. */
function cases(table: Readonly<Record<string, readonly (readonly [written: string, meant: string])[]>>): void {
  for (const [title, rows] of Object.entries(table))
    it(title, () => {
      for (const [written, meant] of rows) expect(cleaned(written).text, JSON.stringify(written)).to.equal(meant);
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
    "removes what prints nothing": [
      ["The ledger\0 was\x07 in\u00adter\u00adna\u00adtion\u00adal.", "The ledger was international."],
      ["An \u202eold\u202c and \u2066a new\u2069 mark\ufeff.", "An old and a new mark."],
      ["\x1b[1;31mred\x1b[0m and N\bNA\bAM\bME\bE", "red and NAME"],
      ["hidden\u{e0041}\u{e0042} letters", "hidden letters"],
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
