/** Texts that break tokenizers and chunkers: a megabyte of one thing, addresses without end, what cleaning would have taken out. */

const MEGABYTE = 1_000_000;
const again = (unit: string, units = MEGABYTE): string => unit.repeat(Math.ceil(units / unit.length));

const UNITS: Readonly<Record<string, string>> = {
  "one letter": "a",
  "one ideograph": "中",
  "one symbol": "=",
  "one digit": "7",
  "white space": " ",
  "line feeds": "\n",
  "no-break spaces": "\u00a0",
  "combining marks": "\u0301",
  "joined emoji": "👩\u200d",
  "whole families": "👩‍👩‍👧‍👦",
  "regional indicators": "🇩",
  "lone surrogates": "\ud83d",
  "line ends of Windows": "A line.\r\n",
  "one word": "word ",
  "short sentences": "A b. ",
  "numbers with spaces": "10 000 ",
  "Thai without a space": "กขคง",
  base64: "QmFzZTY0IGlzIG5vdCB0ZXh0Lg",
  "escaped Unicode": "\\u00e4",
  "special tokens' names": "<|endoftext|>",
  "list items": "- one of them\n",
  brackets: "([{<",
};

/** An address of 5,000 characters. */
const ADDRESS = `https://example.org/${"path/to-the%20page/".repeat(270)}?q=${"x".repeat(100)}`;

/** What it is -> the text. */
export function hostileTexts(): ReadonlyMap<string, string> {
  const texts = new Map(Object.entries(UNITS).map(([what, unit]) => [what, again(unit)]));
  texts.set("addresses of 5,000 characters", again(`See ${ADDRESS} there. `, 200_000));
  texts.set("one letter with a thousand marks", again(`e${"\u0301".repeat(1000)} `, 100_000));
  texts.set("one joined emoji of a thousand people", again(`${"👩\u200d".repeat(1000)}👩 `, 100_000));
  return texts;
}
