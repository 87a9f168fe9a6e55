/** UTF-16 offsets to code points: what TypeScript counts in to what records and the database count in. */

/** Turns ascending UTF-16 offsets of one text into code point offsets; each call goes on where the last one ended. */
export function codePointOffsets(text: string): (offset: number) => number {
  let units = 0;
  let points = 0;
  return (offset) => {
    if (offset < units) throw new RangeError(`offset ${offset} after ${units}: offsets must ascend`);
    for (; units < offset; points++) units += text.codePointAt(units)! > 0xffff ? 2 : 1;
    return points;
  };
}
