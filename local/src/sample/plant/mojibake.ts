/** Text that a program read in the wrong encoding and wrote again, once or twice; and text that only looks as if. */
import iconv from "iconv-lite";
import { declaration, passage, phraseOf, someParagraphs } from "../phrases.js";
import { kept, numbered, type Planted, plant } from "../planted.js";
import { randomOf } from "../random.js";

/** UTF-8 read as a code page; null where the page has no character for a byte, so that the damage could not be undone. */
function misread(text: string, page: string): string | null {
  const bytes = Buffer.from(text);
  const wrong = iconv.decode(bytes, page);
  return iconv.encode(wrong, page).equals(bytes) ? wrong : null;
}

function misreadTimes(text: string, page: string, times: number): string | null {
  let wrong: string | null = text;
  for (let i = 0; i < times && wrong !== null; i++) wrong = misread(wrong, page);
  return wrong;
}

/** English with the punctuation that suffers most, and money, measures and names. */
const PHRASES = [
  "It’s the reader’s own copy, he said, and they weren’t to touch it.",
  "The price – £40 or €45 – was printed on the cover…",
  "Café owners in Zürich and Málaga signed the naïve résumé.",
  "At 25 °C the sample lost ½ of its weight; the rest weighed 3 µg.",
  "“Never,” wrote Brontë‘s editor — and he didn’t.",
  "Señor Nuñez moved from São Tomé to Curaçao in the spring.",
];

function english(): Planted[] {
  return PHRASES.flatMap((phrase, index) =>
    [1, 2].map((times) => {
      const random = randomOf(`mojibake/english/${index}/${times}`);
      // A closing quote's last byte has no character in the page: such phrases are written with straight quotes.
      const meant = phrase.replaceAll("”", '"').replaceAll("“", '"');
      const wrong = misreadTimes(meant, "windows-1252", times);
      if (wrong === null) throw new Error(`windows-1252 cannot misread phrase ${index}`);
      const text = `${passage(random, 6)}\n\n${wrong}\n\n${passage(random, 6)}\n`;
      return plant(
        `mojibake/english-${times}-${numbered("phrase", index)}`,
        text,
        kept("mojibake", { contains: [meant], absent: ["â€", "Ã"] }),
      );
    }),
  );
}

const MISREAD = [
  { page: "windows-1252", translations: ["fra", "deu_1996", "spa", "por_PT", "swe", "dan", "ita", "fin", "cat", "nob"], absent: ["Ã"] },
  { page: "windows-1251", translations: ["rus", "bul", "ukr"], absent: ["Рµ", "СЃ"] },
] as const;

/** Whole pages in other languages: all paragraphs that the damage can be undone in, at least one accented letter in each. */
function translations(): Planted[] {
  return MISREAD.flatMap(({ page, translations, absent }) =>
    translations.flatMap((translation) =>
      [1, 2].map((times) => {
        const source = declaration(translation);
        const usable = source.paragraphs.filter((text) => /[^\0-\x7f]/.test(text) && misreadTimes(text, page, times) !== null);
        const chosen = someParagraphs({ ...source, paragraphs: usable }, randomOf(`mojibake/${translation}/${times}`), 20);
        if (chosen.length < 8) throw new Error(`${page} misreads only ${chosen.length} paragraphs of ${translation}`);
        const wrong = chosen.map((text) => misreadTimes(text, page, times)!).join("\n\n");
        const expected = kept("mojibake", { contains: [accentedPhrase(chosen)], absent: [...absent] });
        return plant(`mojibake/${translation}-${times}.txt`, `${wrong}\n`, expected);
      }),
    ),
  );
}

/** A few words around the first letter that is not ASCII: the words that show whether the repair was right. */
function accentedPhrase(paragraphs: readonly string[]): string {
  const place = paragraphs[0]!.search(/[^\0-\x7f]/);
  return phraseOf([paragraphs[0]!.slice(paragraphs[0]!.lastIndexOf(" ", place) + 1)]);
}

/** Right as it stands: a repair that touches these does harm. */
const INNOCENT = [
  "In old Portuguese print the word MAÇÃ stands beside PÃO and AVELÃ.",
  "The grammar lists Ã, Õ and Â© as what a broken mail shows.",
  "El niño pidió “más”, y la señora dijo que sí.",
  "Die Straße führt über Österreich nach Zürich.",
  "Он сказал: «Рис и Соль», и вышел.",
];

function innocent(): Planted[] {
  return INNOCENT.map((line, index) => {
    const random = randomOf(`mojibake/innocent/${index}`);
    const text = `${passage(random, 6)}\n\n${line}\n\n${passage(random, 6)}\n`;
    return plant(`mojibake/${numbered("innocent", index)}`, text, kept("mojibake", { contains: [line] }));
  });
}

/** Misread text under mojibake/. */
export function plantMojibake(): Planted[] {
  return [...english(), ...translations(), ...innocent()];
}
