/** Text that a program read in the wrong encoding and wrote again is put right: cafÃ© was café, and Ð´Ð° was да. */
import iconv from "iconv-lite";
import type { Editor } from "../editor.js";

/** The encodings that UTF-8 is taken for: of Western Europe and of Russia. What they leave undefined is read as the control of that number. */
const PAGES = [bytesByCharacter("windows-1252", 0x9d), bytesByCharacter("windows-1251", 0x98)];
/** A lead byte's character with a trail byte's behind it: what nearly no text has, so that one look settles most. */
const SUSPECT = /[\u00c2-\u00f4РС][^\x00-\x7fа-яА-Я]/;
const UPPER = /\p{Lu}/u;
const LETTER = /\p{L}/u;

/** Byte by character, for the bytes beyond ASCII. */
type Page = ReadonlyMap<string, number>;

/** A character that stands for several. */
interface Sequence {
  readonly start: number;
  readonly end: number;
  readonly character: string;
}

/** Lines in which every sign beyond ASCII belongs to a sequence of UTF-8, and which no writer could have meant as they stand. */
export function mojibake(editor: Editor): void {
  const { text } = editor;
  if (!SUSPECT.test(text)) return;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    if (SUSPECT.test(text.slice(start, end))) repairLine(editor, start, end);
    start = end + 1;
  }
}

function repairLine(editor: Editor, start: number, end: number): void {
  for (const page of PAGES) {
    const first: Sequence[] = [];
    const isWhole = eachSequence(editor.text, start, end, page, (sequence) => first.length < MANY && first.push(sequence));
    if (!isWhole || !isSure(editor.text, first)) continue;
    eachSequence(editor.text, start, end, page, (sequence) => editor.replace(sequence.start, sequence.end, sequence.character));
    return;
  }
}

/**
 * Visits the sequences of a line, which may be a whole document: they are found again rather than held. False where a byte beyond ASCII is
 * part of none. No-break spaces and what the page has not are passed over.
 */
function eachSequence(text: string, start: number, end: number, page: Page, visit: (sequence: Sequence) => void): boolean {
  for (let index = start; index < end; ) {
    const lead = page.get(text[index]!);
    const length = lead === undefined ? 0 : lengthOf(lead);
    if (length === 0) {
      if (lead !== undefined && text[index] !== NO_BREAK_SPACE) return false;
      index++;
      continue;
    }
    const character = characterOf(text.slice(index, Math.min(end, index + length)), length, page);
    if (character === null) return false;
    visit({ start: index, end: index + length, character });
    index += length;
  }
  return true;
}

const NO_BREAK_SPACE = "\u00a0";

/** Bytes of a sequence by its lead; 0 for what leads none. */
function lengthOf(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** What the byte that a page leaves undefined is nearly always part of: a closing quote, or a Cyrillic letter. */
const LOST = /[”Иј]/;

function characterOf(written: string, length: number, page: Page): string | null {
  const bytes = Array.from(written.split(""), (unit) => page.get(unit) ?? 0);
  const character = Buffer.from(bytes).toString("utf8");
  const isWhole = bytes.length === length && !character.includes("\ufffd") && Array.from(character).length === 1;
  return isWhole && (!written.includes("\ufffd") || LOST.test(character)) ? character : null;
}

const MANY = 3; // by chance hardly ever
const LATIN_END = 0x180;

/** Of a line's first sequences: several, or one that is no closing mark behind a capital (CAFÉ»), and that stands for a letter or sign of the West or for punctuation. */
function isSure(text: string, sequences: readonly Sequence[]): boolean {
  if (sequences.length === 0 || sequences.length >= MANY) return sequences.length > 0;
  return sequences.every(({ start, end, character }) => {
    if (end - start > 2) return true;
    return character.charCodeAt(0) < LATIN_END && (!UPPER.test(text[start - 1] ?? "") || LETTER.test(text[end] ?? ""));
  });
}

/** `lost` is the byte that U+FFFD most likely stands for. */
function bytesByCharacter(page: string, lost: number): Page {
  const bytes = Array.from({ length: 0x80 }, (_, index) => index + 0x80);
  return new Map([
    ["\ufffd", lost],
    ...bytes.flatMap((byte) => {
      const character = iconv.decode(Buffer.from([byte]), page);
      const control = String.fromCharCode(byte);
      const own: [string, number][] = character === "\ufffd" ? [] : [[character, byte]];
      // Latin-1 has controls where windows-1252 has quotes, and programs mix the two
      return byte < 0xa0 ? [...own, [control, byte] as [string, number]] : own;
    }),
  ]);
}
