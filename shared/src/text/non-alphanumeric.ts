/**
 * The one definition of "non-alphanumeric" that the pipeline uses everywhere.
 *
 * ratio = code points that are neither letter (L), mark (M) nor number (N), over all code points; white space counts in neither unless asked for.
 * A text without any counted character has ratio 1: there is nothing alphanumeric in it.
 */
import { CLASSES, classOf, KIND, LETTER, NUMBER, WHITE } from "./character-classes.js";

export interface RatioOptions {
  /** Count white space (Unicode White_Space) as non-alphanumeric characters. Default false: it is left out of both sides. */
  readonly countWhiteSpace?: boolean;
}

/** Share of non-alphanumeric code points, 0 to 1. A lone surrogate counts as one non-alphanumeric character. */
export function nonAlphanumericRatio(text: string, { countWhiteSpace = false }: RatioOptions = {}): number {
  let alphanumeric = 0;
  let white = 0;
  let all = 0;
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    let character: number;
    if ((code & 0xf800) === 0xd800) {
      code = text.codePointAt(index)!;
      if (code > 0xffff) index++;
      character = classOf(code);
    } else character = CLASSES[code]!;
    all++;
    const kind = character & KIND;
    if (kind >= LETTER && kind <= NUMBER) alphanumeric++;
    else if (kind === WHITE) white++;
  }
  const counted = countWhiteSpace ? all : all - white;
  return counted === 0 ? 1 : (counted - alphanumeric) / counted;
}
