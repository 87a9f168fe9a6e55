/** A set of characters becomes a table over all UTF-16 units, which a scan looks up faster than any set. */

/** One entry for every unit, 1 for the given ones. */
export function tableOf(marks: string): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let index = 0; index < marks.length; index++) table[marks.charCodeAt(index)] = 1;
  return table;
}
