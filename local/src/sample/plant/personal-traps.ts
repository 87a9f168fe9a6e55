/** Personal data where it is hard to find or to tell apart: mixed, hidden, at chunk borders; and numbers that only look personal. */
import { iban, ssn } from "../personal/accounts.js";
import { card } from "../personal/cards.js";
import { email, ipAddress, phone } from "../personal/contacts.js";
import { lookAlikes } from "../personal/look-alikes.js";
import type { Value } from "../personal/value.js";
import { passage, plainSentences } from "../phrases.js";
import { fill, kept, numbered, type Planted, plant } from "../planted.js";
import { type Random, randomOf } from "../random.js";
import { placed, templateOf } from "./personal.js";

const MAKERS = [card, email, phone, ipAddress, ssn, iban];

/** One value of every type, in random order. */
function oneOfEach(random: Random): Value[] {
  return random.some(MAKERS, MAKERS.length).map((make) => make(random));
}

function mixed(): Planted[] {
  return Array.from({ length: 8 }, (_, index) => {
    const random = randomOf(`mixed/${index}`);
    const values = placed(oneOfEach(random));
    const apart = templateOf(
      random,
      values.map(({ sentence }) => sentence),
    );
    const together = `${passage(random, 6)}\n\nOn file: {{0}}, {{1}}, {{2}}; {{3}} and {{4}} / {{5}}.\n\n${passage(random, 6)}\n`;
    const { text, spans } = fill(index % 2 === 0 ? apart : together, values);
    return plant(`personal/${numbered("mixed", index)}`, text, kept("pii_mixed", { pii: spans }));
  });
}

const INVISIBLE = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u202a", "\u0007"];

/** The spans are those of the values without the invisible character, which cleaning takes away before anybody counts. */
function hidden(): Planted[] {
  return INVISIBLE.flatMap((character, kind) =>
    [card, email].map((make, which) => {
      const random = randomOf(`hidden/${kind}/${which}`);
      const values = [make === card ? card(random, "") : make(random)];
      const template = templateOf(random, [placed(values)[0]!.sentence]);
      const { spans } = fill(template, values);
      const written = values.map(({ type, text }) => ({ type, text: `${text.slice(0, 6)}${character}${text.slice(6)}` }));
      const name = numbered("hidden", kind * 2 + which);
      return plant(`personal/${name}`, fill(template, written).text, kept("pii_hidden", { pii: spans, absent: [character] }));
    }),
  );
}

const words = (random: Random, count: number) =>
  random
    .some(plainSentences().slice(4000, 6000), Math.ceil(count / 8))
    .join(" ")
    .toLowerCase()
    .match(/[a-z]+/g)!
    .slice(0, count)
    .join(" ");

/** Long texts with a value in every few words: wherever a border falls, it falls at one. Half of them have no sentence end to cut at. */
function border(): Planted[] {
  return Array.from({ length: 8 }, (_, index) => {
    const random = randomOf(`border/${index}`);
    const values = Array.from({ length: 60 }, () => MAKERS[index % MAKERS.length]!(random));
    const sentences = values.map((_, place) => `{{${place}}} ${words(random, random.between(9, 14))}`);
    const text = fill(`${words(random, 5 + index)} ${sentences.join(index % 2 === 0 ? " " : ".\n\n")}.\n`, values);
    return plant(`personal/${numbered("border", index)}`, text.text, kept("pii_border", { pii: text.spans }));
  });
}

function alike(): Planted[] {
  return lookAlikes(randomOf("look-alikes")).map((each, index) => {
    const template = templateOf(randomOf(`look-alike/${index}`), [each.sentence]);
    const { text, spans } = fill(template, [each]);
    const expected = kept("pii_look_alike", { lookAlikes: spans, contains: [each.text] });
    return plant(`look-alikes/${numbered(each.type.replaceAll("_", "-"), index)}`, text, expected);
  });
}

/** Mixed, hidden and bordering values under personal/, look-alikes under look-alikes/. */
export function plantPersonalTraps(): Planted[] {
  return [...mixed(), ...hidden(), ...border(), ...alike()];
}
