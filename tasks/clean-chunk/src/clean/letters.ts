/** How many letters and digits a text has: the measure of what tags stand against and of what line rules remove. */
import { classOf, KIND, LETTER, MARK, NUMBER } from "@pipeline/shared/text/character-classes";

/** Counts letters and numbers of every script, without marks, in the text or a stretch of it. */
export function alphanumericCount(text: string, start = 0, end = text.length): number {
  let count = 0;
  for (let index = start; index < end; index++) {
    const code = text.codePointAt(index)!;
    const kind = classOf(code) & KIND;
    if (kind >= LETTER && kind <= NUMBER && kind !== MARK) count++;
    if (code > 0xffff) index++;
  }
  return count;
}
