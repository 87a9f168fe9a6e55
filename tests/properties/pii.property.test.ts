import { applyEdits } from "@pipeline/shared/edits";
import { CONTEXT_CHARACTERS, detectPii, type PiiSpan } from "@pipeline/shared/pii/detect";
import { redactionEdits } from "@pipeline/shared/pii/redact";
import { withPolicy } from "@pipeline/shared/pii-policy";
import { expect } from "chai";
import fc from "fast-check";
import { detected, SETTINGS, withLuhn } from "../support/pii.js";

/** Lead, length and layout of each kind of card. */
const CARDS: [lead: string, length: number, layout: number[]][] = [
  ["4", 16, [4, 4, 4, 4]],
  ["4", 13, [4, 3, 3, 3]],
  ["4", 19, [4, 4, 4, 4, 3]],
  ["51", 16, [4, 4, 4, 4]],
  ["55", 16, [4, 4, 4, 4]],
  ["2221", 16, [4, 4, 4, 4]],
  ["2720", 16, [4, 4, 4, 4]],
  ["34", 15, [4, 6, 5]],
  ["37", 15, [4, 6, 5]],
  ["6011", 16, [4, 4, 4, 4]],
  ["644", 16, [4, 4, 4, 4]],
  ["65", 16, [4, 4, 4, 4]],
  ["305", 14, [4, 6, 4]],
  ["36", 14, [4, 6, 4]],
  ["3528", 16, [4, 4, 4, 4]],
  ["3589", 16, [4, 4, 4, 4]],
  ["62", 16, [4, 4, 4, 4]],
  ["62", 19, [4, 4, 4, 4, 3]],
  ["2200", 16, [4, 4, 4, 4]],
];
const SEPARATORS = ["", " ", "-", ".", "\u00a0", "\u202f", "\u2009", "\u2011"];
const SENTENCES: [before: string, after: string][] = [
  ["", ""],
  ["Please bill ", " today."],
  ["(", ")"],
  ['"', '",'],
  ["Karte:", "\n"],
  ["卡号", "。"],
  ["номер карты ", ", спасибо"],
  ["paid with ", " 05/27 123"],
  ["name|", "|05|27"],
];

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(""));

const cardNumber = fc.constantFrom(...CARDS).chain(([lead, length, layout]) =>
  fc.tuple(digits(length - lead.length - 1), fc.constantFrom(...SEPARATORS)).map(([body, separator]) => {
    const number = withLuhn(lead + body);
    const ends = layout.map((_, index) => layout.slice(0, index + 1).reduce((sum, size) => sum + size));
    return layout.map((size, index) => number.slice(ends[index]! - size, ends[index])).join(separator);
  }),
);

/** Pieces of which documents are made: values, look-alikes, words that speak for and against, and what holds them together. */
const piece = fc.oneof(
  { weight: 3, arbitrary: cardNumber },
  { weight: 3, arbitrary: fc.constantFrom("joe@acme.com", "order@acme.com", "a.b+c@x.co.uk", "<x12345678901234@acme.com>", "@", "joe@") },
  { weight: 3, arbitrary: fc.constantFrom("+1 415 966 2671", "(415) 966-2671", "020 7031 3000", "4159662671", "ext 12", "+44") },
  { weight: 2, arbitrary: fc.constantFrom("93.184.216.34", "10.0.0.1", "2001:4860:4860::8888", "5.6.7.8", "::1", "12:34:56") },
  { weight: 2, arbitrary: fc.constantFrom("536-90-4399", "536 90 4399", "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "00:1b:44:11:3a:b7",
      "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
      "https://joe:Zk3vQx91@acme.com/x",
      "AKIAQZ3VX7LMNS4RTYW2",
      "CPF 529.982.247-25",
      "DNI 12345678Z",
      "api_key=9241e1839213981fa82b6338b34d9e7a",
      "\n> ",
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom("order", "card", "call", "SSN", "tel:", "version", "Message-ID:", "https://", "www.", "id", "#", "$"),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 8 }).chain(digits) },
  { weight: 3, arbitrary: fc.constantFrom(" ", " ", "\n", "-", ".", "", ",", "/", ":", "=", "(", ")", "<", ">", "_", "中", "é", "😀") },
);
const document = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("detectPii", () => {
  it("finds a card of any issuer in any grouping in any sentence", () => {
    fc.assert(
      fc.property(cardNumber, fc.constantFrom(...SENTENCES), (number, [before, after]) => {
        fc.pre(!isArticleNumber(number) && !isRowOfRoundNumbers(number));
        const cards = detected(before + number + after).filter(({ type }) => type === "credit_card");
        expect(cards.map(({ start, end }) => (before + number + after).slice(start, end))).to.deep.equal([number]);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives spans in order, apart from each other and inside the text", () => {
    fc.assert(
      fc.property(fc.oneof(document, fc.string({ unit: "binary" })), (text) => {
        let position = 0;
        for (const { start, end, score } of detected(text)) {
          expect(start).to.be.at.least(position);
          expect(end).to.be.within(start + 1, text.length);
          expect(score).to.be.within(0, 1);
          position = end;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("decides by what stands within CONTEXT_CHARACTERS of a value", () => {
    const filler = "and so on, as was said before. ".repeat(Math.ceil(CONTEXT_CHARACTERS / 20)).slice(0, CONTEXT_CHARACTERS);
    const inner = (spans: PiiSpan[], from: number, to: number) =>
      spans
        .filter(({ start, end }) => start >= from && end <= to)
        .map((span) => ({ ...span, start: span.start - from, end: span.end - from }));
    fc.assert(
      fc.property(document, document, document, (before, middle, after) => {
        const alone = detected(filler + middle + filler);
        const whole = detected(before + filler + middle + filler + after);
        const at = before.length + filler.length;
        expect(inner(whole, at, at + middle.length)).to.deep.equal(inner(alone, filler.length, filler.length + middle.length));
      }),
      { numRuns: 1000 },
    );
  });

  it("takes linear time for hostile text of any kind", function () {
    this.timeout(300_000);
    const UNITS = [
      "1",
      "1 ",
      "1-",
      "1.1.1.1.",
      "@",
      "a@a.co,",
      "a@a@",
      "a%40a.co",
      "%40",
      "::",
      "1:",
      "a.",
      "00 ",
      "000-",
      "4111 ",
      "+1 ",
      "(",
      "DE89 ",
      '"@',
      "http://1",
      "4111 1111 1111 1112 ",
      "4111\n> ",
      "call +1\n",
      "+49 30 123456 ",
      "011 44 ",
      "(212) ",
      "020 7946 ",
      "2001:db8:",
      "536-90-4399 ",
      "DE89370400440532013000",
      "DE89 3704 0044 0532 0130 0",
      "<a@",
      "00:1b:",
      "http://a:b@",
      "AKIA",
      "token=aB3",
      "-----BEGIN PRIVATE KEY-----\nabc",
      "eyJhbGciOi.",
      "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb ",
      "123.456.789-",
      "AB 12 34 ",
      "com.com.com.",
      "\u4e004111111111111111",
    ];
    for (const unit of UNITS) expect(growth(unit), JSON.stringify(unit)).to.be.below(LINEAR_GROWTH);
  });

  it("reads a megabyte of one character, candidates that fail late, and separators alone", function () {
    this.timeout(300_000);
    for (const unit of ["1", "@", ":", "a", "-", ".", "4111111111111112,", "a@b."]) detected(unit.repeat(1_000_000 / unit.length));
  });
});

describe("redactionEdits", () => {
  for (const policy of ["mask", "tag"] as const)
    it(`leaves nothing to find after ${policy}`, () => {
      const settings = withPolicy(SETTINGS, policy);
      fc.assert(
        fc.property(document, (text) => {
          const edited = applyEdits(text, redactionEdits(text, settings));
          expect(detectPii(edited, settings)).to.deep.equal([]);
          if (policy === "mask") expect(edited).to.have.length(text.length);
        }),
        { numRuns: 1500 },
      );
    });
});

/** Eight times the text may take so much more processor time: linear is 8, quadratic 64. */
const LINEAR_GROWTH = 24;
const SMALL = 8_000;
/** Below this the clock says nothing; a quadratic finder is far above it at the larger size. */
const MEASURABLE_MS = 10;

/** Processor time for a text of this unit over that for an eighth of it; the better of two, since the processor is shared. */
function growth(unit: string): number {
  const time = (size: number) => {
    const text = unit.repeat(size / unit.length);
    return Math.min(...[1, 2].map(() => processorMs(() => detected(text))));
  };
  return time(8 * SMALL) / Math.max(time(SMALL), MEASURABLE_MS);
}

function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Thirteen digits with the check digit of an EAN too: groceries, unless a word says card. */
function isArticleNumber(number: string): boolean {
  if (!/^\d{13}$/.test(number)) return false;
  return [...number].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}

/** One card in ten thousand looks like this; rows of tables often do. */
function isRowOfRoundNumbers(number: string): boolean {
  return number.split(/\D/).every((group) => group.endsWith("0"));
}
