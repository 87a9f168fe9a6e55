/** The same kind of text in the encodings of four decades, with and without marks, and damaged as transport damages them. */
import iconv from "iconv-lite";
import { declaration, phraseOf, someParagraphs } from "../phrases.js";
import { kept, numbered, type Planted, plant } from "../planted.js";
import { type Random, randomOf } from "../random.js";

const SINGLE_BYTE: readonly (readonly [encoding: string, ...translations: string[]])[] = [
  ["windows-1250", "pol", "ces", "hun"],
  ["windows-1251", "rus", "bul", "ukr"],
  ["windows-1252", "fra", "deu_1996", "spa", "por_PT"],
  ["windows-1253", "ell_monotonic"],
  ["windows-1254", "tur"],
  ["windows-1255", "heb"],
  ["windows-1256", "arb"],
  ["windows-1257", "lit", "lav"],
  ["iso-8859-1", "ita", "swe", "dan"],
  ["iso-8859-2", "pol", "ces"],
  ["iso-8859-5", "rus", "bul"],
  ["iso-8859-7", "ell_monotonic"],
  ["iso-8859-8", "heb"],
  ["iso-8859-9", "tur"],
  ["iso-8859-15", "fin", "fra"],
  ["koi8-r", "rus"],
  ["koi8-u", "ukr"],
  ["cp866", "rus"],
  ["windows-874", "tha"],
];
const MULTI_BYTE: readonly (readonly [encoding: string, ...translations: string[]])[] = [
  ["shift_jis", "jpn"],
  ["euc-jp", "jpn"],
  ["euc-kr", "kor"],
  ["gbk", "cmn_hans"],
  ["gb18030", "cmn_hans"],
  ["big5", "cmn_hant"],
];
const UNICODE = ["utf-16le", "utf-16be", "utf-32le", "utf-32be"] as const;
const UNICODE_TRANSLATIONS = ["eng", "rus", "jpn", "arb"] as const;
const ALL = [...new Set([...SINGLE_BYTE, ...MULTI_BYTE].map(([encoding]) => encoding))];

/** What older encodings lack, in the form in which people then typed it. */
const PLAINER: readonly (readonly [RegExp, string])[] = [
  [/[\u2010-\u2015]/g, "-"],
  [/[\u2018\u2019\u02bc]/g, "'"],
  [/[\u201c\u201d\u201e]/g, '"'],
  [/\u2026/g, "..."],
  [/[\u00a0\u202f]/g, " "],
  [/[\u200b-\u200f]/g, ""],
];

function plainer(text: string): string {
  return PLAINER.reduce((result, [found, replacement]) => result.replace(found, replacement), text);
}

function survives(text: string, encoding: string): boolean {
  return iconv.decode(iconv.encode(text, encoding), encoding) === text;
}

/** Paragraphs of a translation that the encoding can spell. */
function spellable(translation: string, encoding: string, random: Random, count: number): string[] {
  const source = declaration(translation);
  const paragraphs = source.paragraphs.map(plainer).filter((paragraph) => survives(paragraph, encoding));
  const chosen = someParagraphs({ ...source, paragraphs }, random, count);
  if (chosen.length < 5) throw new Error(`${encoding} spells only ${chosen.length} paragraphs of ${translation}`);
  return chosen;
}

/** Every known encoding that reads the bytes as this very text: naming any of them is right. */
function namesFor(text: string, bytes: Buffer): string[] {
  return ALL.filter((encoding) => iconv.decode(bytes, encoding) === text);
}

function legacy(feature: "encoding_legacy" | "encoding_cjk", table: typeof SINGLE_BYTE): Planted[] {
  return table.flatMap(([encoding, ...translations]) =>
    translations.flatMap((translation) =>
      [8, 40].map((count) => {
        const random = randomOf(`${encoding}/${translation}/${count}`);
        const paragraphs = spellable(translation, encoding, random, count);
        const text = `${paragraphs.join("\n\n")}\n`;
        const bytes = iconv.encode(text, encoding);
        const size = count < 10 ? "short" : "long";
        const expected = kept(feature, { encodings: namesFor(text, bytes), contains: [phraseOf(paragraphs)] });
        return plant(`encodings/${encoding}/${translation}-${size}.txt`, bytes, expected);
      }),
    ),
  );
}

function unicode(): Planted[] {
  return UNICODE.flatMap((encoding) =>
    UNICODE_TRANSLATIONS.flatMap((translation) =>
      [true, false].map((addBOM) => {
        const random = randomOf(`${encoding}/${translation}/${addBOM}`);
        const paragraphs = someParagraphs(declaration(translation), random, 20);
        const bytes = iconv.encode(`${paragraphs.join("\n\n")}\n`, encoding, { addBOM });
        const feature = addBOM ? "encoding_bom" : "encoding_unicode";
        const expected = kept(feature, { encodings: [encoding], contains: [phraseOf(paragraphs)], absent: ["\ufeff", "\ufffd"] });
        return plant(`encodings/${encoding}/${translation}-${addBOM ? "bom" : "bare"}.txt`, bytes, expected);
      }),
    ),
  );
}

function markedUtf8(): Planted[] {
  return ["eng", "vie", "hin"].map((translation) => {
    const paragraphs = someParagraphs(declaration(translation), randomOf(`utf-8/${translation}`), 20);
    const content = `\ufeff${paragraphs.join("\r\n\r\n")}\r\n`;
    const expected = kept("encoding_bom", { encodings: ["utf-8"], contains: [phraseOf(paragraphs)], absent: ["\ufeff"] });
    return plant(`encodings/utf-8/${translation}-bom.txt`, content, expected);
  });
}

/** Ways in which a file breaks between two systems; all leave nearly all of its text readable. */
const DAMAGES: readonly { encoding: string; translation: string; damage: (bytes: Buffer, random: Random) => Buffer }[] = [
  { encoding: "utf-16le", translation: "eng", damage: (bytes) => bytes.subarray(0, bytes.length - 1) },
  { encoding: "utf-16be", translation: "rus", damage: (bytes) => bytes.subarray(0, bytes.length - 1) },
  { encoding: "utf-32le", translation: "eng", damage: (bytes) => bytes.subarray(0, bytes.length - 3) },
  { encoding: "utf-8", translation: "jpn", damage: (bytes) => bytes.subarray(0, bytes.lastIndexOf(0xe3) + 2) },
  { encoding: "utf-8", translation: "rus", damage: (bytes) => bytes.subarray(1) },
  { encoding: "utf-8", translation: "fra", damage: (bytes, random) => withStray(bytes, [0xff, 0xe9, 0x80], random) },
  { encoding: "utf-8", translation: "pol", damage: (bytes, random) => withStray(bytes, [0xc3], random) },
  { encoding: "utf-8", translation: "kor", damage: (bytes, random) => withStray(bytes, [0xfe, 0xfe], random) },
];

/** Each stray byte goes to a line feed, so that it breaks no character of the text around it. */
function withStray(bytes: Buffer, strays: readonly number[], random: Random): Buffer {
  let result = bytes;
  for (const stray of strays) {
    const place = result.indexOf(0x0a, random.between(result.length >> 2, result.length >> 1));
    result = Buffer.concat([result.subarray(0, place), Buffer.from([stray]), result.subarray(place)]);
  }
  return result;
}

function damaged(): Planted[] {
  return DAMAGES.map(({ encoding, translation, damage }, index) => {
    const random = randomOf(`damaged/${index}`);
    const paragraphs = someParagraphs(declaration(translation), random, 25);
    const bytes = iconv.encode(paragraphs.join("\n\n"), encoding, { addBOM: encoding !== "utf-8" });
    const expected = kept("encoding_damaged", { encodings: [encoding], contains: [phraseOf(paragraphs.slice(2))] });
    return plant(`encodings/damaged/${numbered(encoding, index)}`, damage(bytes, random), expected);
  });
}

/** Texts in some thirty encodings under encodings/. */
export function plantEncodings(): Planted[] {
  return [...legacy("encoding_legacy", SINGLE_BYTE), ...legacy("encoding_cjk", MULTI_BYTE), ...unicode(), ...markedUtf8(), ...damaged()];
}
