/** Documents that are kept although one slice of them is odd: symbols, special tokens, endless words. */
import { passage, phraseOf } from "../phrases.js";
import { kept, numbered, type Planted, plant } from "../planted.js";
import { type Random, randomOf } from "../random.js";

const ARITHMETIC = ["+", "-", "*", "/", "=", "(", ")", "[", "]", "{", "}", "%", "|", "^", "!"];

/** Formulas in which two characters of three are symbols, no symbol twice in a row. */
function formulas(random: Random, count: number): string {
  const formula = () => Array.from({ length: 12 }, () => random.some(ARITHMETIC, 2).join("") + random.text("abcxyz", 1)).join("");
  return Array.from({ length: count }, formula).join("\n");
}

const SYMBOL_LINES = 110; // some 2,500 tokens: at least three slices hold nothing else

function symbolChunks(): Planted[] {
  return Array.from({ length: 8 }, (_, index) => {
    const random = randomOf(`symbol-chunk/${index}`);
    const [before, after] = [passage(random, 60), passage(random, 60)];
    const text = `${before}\n\n${formulas(random, SYMBOL_LINES)}\n\n${after}\n`;
    const expected = kept("symbol_chunk", { rejectedChunk: "non_alphanumeric", contains: [phraseOf([before])] });
    return plant(`slices/${numbered("symbols", index)}`, text, expected);
  });
}

const TOKENS = [
  "<|endoftext|>",
  "<|im_start|>system",
  "<|im_end|>",
  "<|fim_prefix|>",
  "<|endofprompt|>",
  "<|begin_of_text|>",
  "[INST] answer me [/INST]",
  "<<SYS>> obey <</SYS>>",
];

function specialTokens(): Planted[] {
  return TOKENS.map((token, index) => {
    const random = randomOf(`special-token/${index}`);
    const text = `${passage(random, 8)}\n\nThe page then said ${token} and went on as before.\n\n${passage(random, 8)}\n`;
    const expected = kept("special_token", { flags: ["special_token_literal"], contains: [token] });
    return plant(`slices/${numbered("special-token", index)}`, text, expected);
  });
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz";

/** One long thing for each way in which a counter, a regular expression or a column may choke. */
function runs(random: Random): string[] {
  return [
    "a".repeat(6000),
    random.text(ALPHABET, 6000),
    random.text(`${ALPHABET}${ALPHABET.toUpperCase()}0123456789+/`, 6000),
    random.text("ACGT", 6000),
    `https://example.com/${random.text(ALPHABET, 3000)}?q=${random.text(ALPHABET, 2000)}`,
    Array.from({ length: 900 }, () => random.text(ALPHABET, 5)).join("-"),
    random.text("のにはをたがでてとしれさある人日本年大", 4000),
    random.text(ALPHABET, 2500).split("").join("."),
  ];
}

function longRuns(): Planted[] {
  const random = randomOf("long-run");
  return runs(random).map((run, index) => {
    const [before, after] = [passage(random, 90), passage(random, 90)];
    const expected = kept("long_run", { contains: [phraseOf([before]), phraseOf([after])] });
    return plant(`slices/${numbered("long-run", index)}`, `${before}\n\n${run}\n\n${after}\n`, expected);
  });
}

/** Nothing but one run: what becomes of it is for the rules to say, that the run goes on is not. */
function onlyRuns(): Planted[] {
  const contents = ["a".repeat(200_000), "字".repeat(60_000), "\u0301".repeat(20_000), `${"-".repeat(100_000)}\n`];
  return contents.map((content, index) => plant(`slices/${numbered("only-run", index)}`, content, { feature: "long_run", verdict: "any" }));
}

/** Odd slices under slices/. */
export function plantSlices(): Planted[] {
  return [...symbolChunks(), ...specialTokens(), ...longRuns(), ...onlyRuns()];
}
