/** How many letters and digits a text has: the measure of what tags stand against and of what line rules remove. */
import { classOf, IDEOGRAPH, JOINED, KIND, LETTER, NUMBER } from "@pipeline/shared/text/character-classes";

/** 1 for the kinds that count; a look-up, for a comparison at every character is guessed wrong at every other word. */
const COUNTED = new Uint8Array(KIND + 1);
for (const kind of [LETTER, IDEOGRAPH, JOINED, NUMBER]) COUNTED[kind] = 1;

/** Counts letters and numbers of every script, without marks, in the text or a stretch of it. */
export function alphanumericCount(text: string, start = 0, end = text.length): number {
  let count = 0;
  for (let index = start; index < end; index++) {
    let code = text.charCodeAt(index);
    if ((code & 0xf800) === 0xd800) code = text.codePointAt(index)!;
    count += COUNTED[classOf(code) & KIND]!;
    if (code > 0xffff) index++;
  }
  return count;
}
