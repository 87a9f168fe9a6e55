/** Characters that carry no meaning for a reader and must go, and their cousins that carry meaning and must stay. */
import { declaration, passage, phraseOf, someParagraphs } from "../phrases.js";
import { type Expectation, kept, numbered, type Planted, plant } from "../planted.js";
import { randomOf } from "../random.js";

/** A sentence with `{}` where the character goes, and what a reader should get. */
interface Case {
  readonly written: string;
  readonly meant: string;
  readonly absent?: string;
}

const REMOVED: readonly Case[] = [
  { written: "The ledger\u0000 was closed\u0000 in March.", meant: "The ledger was closed in March.", absent: "\u0000" },
  { written: "A bell\u0007 rang\u0008 twice.", meant: "A bell rang twice.", absent: "\u0007" },
  { written: "The colour\u001b was red\u007f again.", meant: "The colour was red again.", absent: "\u001b" },
  { written: "An old\u0081 control\u009d set.", meant: "An old control set.", absent: "\u0081" },
  { written: "A mark\ufeff in the middle\ufeff of a line.", meant: "A mark in the middle of a line.", absent: "\ufeff" },
  { written: "The in\u00adter\u00adna\u00adtion\u00adal treaty.", meant: "The international treaty.", absent: "\u00ad" },
  { written: "The zero\u200bwidth space hides.", meant: "The zerowidth space hides.", absent: "\u200b" },
  { written: "The word\u2060joiner and\u2063 separator.", meant: "The wordjoiner and separator.", absent: "\u2060" },
  { written: "A \u202ereversed\u202c order.", meant: "A reversed order.", absent: "\u202e" },
  { written: "An \u2066isolated\u2069 word.", meant: "An isolated word.", absent: "\u2066" },
  { written: "An anchor\ufff9 and an end\ufffb mark.", meant: "An anchor and an end mark.", absent: "\ufff9" },
];

const STAYING: readonly Case[] = [
  { written: "او می\u200cخواهد کتاب\u200cها را بخواند.", meant: "می\u200cخواهد" },
  { written: "هر کس حق دارد که آزادانه زندگی کند و آن\u200cگاه بیندیشد.", meant: "آن\u200cگاه" },
  { written: "क्\u200dष और क्\u200cष दो रूप हैं।", meant: "क्\u200dष" },
  { written: "The family 👩\u200d👩\u200d👧\u200d👦 waved, and the pilot 👩🏽\u200d✈️ waved back.", meant: "👩\u200d👩\u200d👧\u200d👦" },
  { written: "The flag 🏳️\u200d🌈 and the flag 🇪🇺 stood side by side.", meant: "🏳️\u200d🌈" },
  { written: "She paid 1.250,00 € or £1,100 and got ¥500 back; 50 % more than in § 4.", meant: "1.250,00 € or £1,100 and got ¥500" },
  { written: "For all x ∈ ℝ we have x² ≥ 0, hence √x is defined for x ≥ 0 and ∑ xᵢ converges.", meant: "x² ≥ 0" },
];

const SPACES: readonly Case[] = [
  { written: "One\u00a0two\u2003three\u3000four\u2009five.", meant: "One two three four five." },
  { written: "Words     with   many    blanks.   ", meant: "Words with many blanks." },
  { written: "Tabs\tand  blanks\t \tmixed.", meant: "mixed." },
  { written: "Line one ends here.\r\nLine two ends here.\rLine three.", meant: "Line two ends here.", absent: "\r" },
  { written: "A line\u2028separator and\u2029a paragraph separator.", meant: "a paragraph separator." },
  { written: "Above.\n\n\n\n\n\n\nBelow the gap.", meant: "Below the gap.", absent: "\n\n\n" },
];

const ORNAMENTS: readonly Case[] = [
  { written: "======================\nThe title\n======================", meant: "The title", absent: "==========" },
  { written: "*** *** *** *** *** ***\nA new scene begins.", meant: "A new scene begins.", absent: "*** *** ***" },
  { written: "Chapter one ........................... 12", meant: "Chapter one", absent: "..........." },
  { written: "________________________________\nSigned above.", meant: "Signed above.", absent: "__________" },
  { written: "Wait!!!!!!!!!!!!!!!!!!!!!!!!!!!! she said.", meant: "she said.", absent: "!!!!!!!!!!" },
];

function around(name: string, table: readonly Case[], expected: (each: Case) => Expectation): Planted[] {
  return table.map((each, index) => {
    const random = randomOf(`${name}/${index}`);
    const content = `${passage(random, 4)}\n\n${each.written}\n\n${passage(random, 4)}\n`;
    return plant(`characters/${numbered(name, index)}`, content, expected(each));
  });
}

const CODE = `def total(rows):
    amount = 0
    for row in rows:
        if row.valid:
            amount += row.price
    return amount`;

function code(): Planted[] {
  return [0, 1, 2].map((index) => {
    const random = randomOf(`code/${index}`);
    const content = `${passage(random, 6)}\n\n${CODE}\n\n${passage(random, 2)}\n`;
    return plant(
      `characters/${numbered("code", index)}`,
      content,
      kept("code", { contains: ["        if row.valid:\n            amount += row.price"] }),
    );
  });
}

/** Whole pages of a script that lives by joiners. */
function joinedScripts(): Planted[] {
  return ["pes_1", "ckb", "mal", "sin", "kan"].map((translation) => {
    const paragraphs = someParagraphs(declaration(translation), randomOf(`joiners/${translation}`), 16);
    return plant(
      `characters/joined-${translation}.txt`,
      `${paragraphs.join("\n\n")}\n`,
      kept("joiners", { contains: [phraseOf(paragraphs)] }),
    );
  });
}

const replaced = (feature: "control_characters" | "white_space" | "ornaments" | "joiners") => (each: Case) =>
  kept(feature, { contains: [each.meant], ...(each.absent ? { absent: [each.absent] } : {}) });

/** Characters under characters/. */
export function plantCharacters(): Planted[] {
  return [
    ...around("control", REMOVED, replaced("control_characters")),
    ...around("joiner", STAYING, replaced("joiners")),
    ...around("space", SPACES, replaced("white_space")),
    ...around("ornament", ORNAMENTS, replaced("ornaments")),
    ...joinedScripts(),
    ...code(),
  ];
}
