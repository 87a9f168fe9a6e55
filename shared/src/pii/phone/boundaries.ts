/** Is a number that a plan knows only a piece of a longer one, of an identifier, a URL or a message id; and where its extension ends. */
import { goesOnToAt, textBefore, urlBefore } from "../surroundings.js";

const EXTENSION = /^(?:[ ,]{0,2}(?:ext(?:ension|n)?\.?|x|#)[ :.]{0,2}|;ext=)\d{1,6}(?![\p{Script=Latin}\p{N}])/iu;
const LONGEST_EXTENSION = 24;
const GLUED_BEFORE =
  /(?:[\p{Script=Latin}\p{N}$€£¥%]|[\p{L}\p{N}]_+|[\p{Script=Latin}\p{N}][-./+(]|\d:|\d [-+/]|[\d)]\s?\(|(?:^|[\s(])[.,-]|[\\/])$/u;
/** Words that may stand glued to the number: Tel.+44 ..., fax:212-..., t=... */
const PHONE_GLUED =
  /(?:^|[^\p{L}\p{N}])(?:[tmpfch][.:=/(]{1,2}|(?:tel|phone|fax|cell|mob|mobile|call|ph|office|home|work|number|no|nr|num)[-.:=/(]{0,2})$/iu;
const GLUED_AFTER = /^(?:_*[\p{Script=Latin}\p{N}]|[%@°]|[-.+:]\d|,\d{3}(?!\d)|-\p{Script=Latin}|\.\p{Ll})/u;

export function extensionEnd(text: string, end: number): number {
  return end + (EXTENSION.exec(text.slice(end, end + LONGEST_EXTENSION))?.[0].length ?? 0);
}

/** `isAfterPhone`: another number ends with the slash in front of this one. */
export function phoneStandsAlone(text: string, start: number, end: number, isAfterPhone: boolean): boolean {
  const before = textBefore(text, start);
  if (!isAfterPhone && GLUED_BEFORE.test(before) && !PHONE_GLUED.test(before)) return false;
  return !GLUED_AFTER.test(text.slice(end, end + 5)) && !goesOnToAt(text, end) && urlBefore(text, start) === "";
}
