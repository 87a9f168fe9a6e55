/** Text to its shape: every letter becomes x or X, every digit 0; only symbols and white space stay, so that a reader sees why and never what. */

/** At most `limit` code points of the shape, on one line. */
export function shapeOf(text: string, limit = 120): string {
  const shape: string[] = [];
  for (const character of text) {
    if (shape.length >= limit) return `${shape.join("")}…`;
    shape.push(shapeOfCharacter(character));
  }
  return shape.join("");
}

function shapeOfCharacter(character: string): string {
  if (/\p{Lu}|\p{Lt}/u.test(character)) return "X";
  if (/\p{L}/u.test(character)) return "x";
  if (/\p{N}/u.test(character)) return "0";
  if (/\p{M}/u.test(character)) return "";
  if (/\s/u.test(character)) return " ";
  // Controls, bidi marks and unassigned characters could act on the page or terminal that shows the shape.
  if (/\p{C}/u.test(character)) return "·";
  return character;
}
