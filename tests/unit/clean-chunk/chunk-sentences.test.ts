import { LOOSE_SENTENCE } from "@pipeline/clean-chunk/chunk/borders";
import { findBorders } from "@pipeline/clean-chunk/chunk/find-borders";
import { tokenCounter } from "@pipeline/shared/tokens/token-counter";
import { expect } from "chai";

/** The text with a bar at each inner border, a broken one at those that may be none. */
function marked(text: string): string {
  const { ends, starts, ranks, length } = findBorders(text, tokenCounter("o200k_base").countPieces(text));
  let result = "";
  for (let index = 1; index < length; index++) {
    const bar = index === length - 1 ? "" : ranks[index] === LOOSE_SENTENCE ? "¦" : "|";
    result += text.slice(starts[index - 1], ends[index]) + bar;
  }
  return result;
}

/** Each line is a text with its borders in place of the spaces there. */
const CASES = `
She left.|He stayed.
Did she leave?|Yes!|He stayed…|Then what?
"She left."|He stayed.
(She left.)|He stayed.
“She left.”|‘He stayed.’
“Stop!” he said.|Then he ran.
Mr. Smith met Dr. J. R. Jones at St. James.|They spoke.
See No. 5 and pp. 12 of Vol. 3.|It is there.
See vol. II and l’art. 5 of it.|It is there.
It is his.|II is a numeral, and so is it's.|5 of them left.
It costs 3.50 in the U.S. market.|Buy it.
He came to the U.S.|The rest is known.
Meet at 5 p.m.|It starts then.
They sell pens, ink, etc.|Prices vary.
Use e.g. Linux, i.e. Debian.|Or not.
am 3. Oktober kam er.|Sie ging.
In 1999.|Then came 2000.
wait... what
Wait...|What?
visit example.org today.|It is new.
It was shown.[12]|Others agree.
it was late.¦nobody came.
what?!|No.
“I don’t.”|“You won't.|Geez,” he said.
It was the Nantucketer's.|Nor was it new.
It costs $5.|Mary paid at 10:30.|Bob left the I/O.|He was late.
to put it on.|Placing it in the sun.|Bob sat.|Mary left Sat. 12 May.
Choose plan B.|The rest is known.
George W. Bush met e.g. The Times.
It is 3.14.|Bob knows.
so . . .|Bob left.
He said so.¹|Others agree.
See it here.|https://example.org is the place.
They wrote it (cf. www.example.org).|Others did not.
他来了。|她走了！|真的？|真的。
「来た。」と言った。|それから。
你好！|我很好……真的。
वह आया।|वह गया।
هل جاء؟|نعم.|ذهب.
ስሙ ነው።|እሺ።
`;

describe("findBorders(text, units)", () => {
  for (const expected of CASES.trim().split("\n"))
    it(`finds the sentences of ${expected}`, () => {
      const gap = /[。！？」]\|/.test(expected) ? "" : " ";
      expect(marked(expected.replaceAll(/[|¦]/g, gap))).to.equal(expected);
    });

  it("knows no sentences inside a heading or a block of code", () => {
    expect(marked("It ends. So.\n\nCHAPTER 62. The Dart.\n\nA word.")).to.equal("It ends.|So.|CHAPTER 62. The Dart.|A word.");
    const code = "```js\n// Say hi. Then go.\nhi();\n\ngo();\n```";
    expect(marked(`See it.\n${code}\nThen on. It goes.`)).to.equal("See it.|```js\n// Say hi. Then go.|hi();|go();\n```|Then on.|It goes.");
    expect(marked("```\nNever closed. It is text.")).to.equal("```|Never closed.|It is text.");
  });

  it("takes an item's number for no sentence", () => {
    expect(marked("1. Buy it.\n2. Sell it.")).to.equal("1. Buy it.|2. Sell it.");
  });
});
