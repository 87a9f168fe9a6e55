/** Edits: how one text became the next, so that a place in the later text can be traced to the earlier one. */

/** Replace text.slice(start, end) by `replacement`. Offsets are UTF-16 units of the step's input; edits are ascending and disjoint. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** The text after the edits. Throws RangeError when edits overlap or are out of order: that would be a bug of the step that made them. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let position = 0;
  for (const { start, end, replacement } of edits) {
    if (start < position || end < start || end > text.length)
      throw new RangeError(`edit ${start}-${end} after ${position} in a text of ${text.length}`);
    pieces.push(text.slice(position, start), replacement);
    position = end;
  }
  pieces.push(text.slice(position));
  return pieces.join("");
}
