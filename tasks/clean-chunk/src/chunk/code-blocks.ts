/** Blocks of code between Markdown's fences, which hold no sentences: the ends of their lines are their only borders. */
import { isFence } from "./line-shapes.js";
import type { Lines } from "./lines.js";

const CLOSING: ReadonlyMap<number, RegExp> = new Map([
  [0x60, /^ {0,3}`{3,}[ \t]*$/gm],
  [0x7e, /^ {0,3}~{3,}[ \t]*$/gm],
]);

/** Finds the blocks of a text, asked from its start to its end. */
export class CodeBlocks {
  /** Marks of which no fence closes a block any more, so that a text of nothing but openings is searched once. */
  private readonly unclosed = new Set<number>();

  constructor(
    private readonly text: string,
    private readonly units: Uint16Array,
    private readonly lines: Lines,
  ) {}

  /** Where the line that closes the block opened at `start` begins; undefined where none is opened, or it is never closed. */
  closing(start: number): number | undefined {
    const mark = this.units[start]!;
    if (mark !== 0x60 && mark !== 0x7e) return undefined;
    const pattern = CLOSING.get(mark);
    if (pattern === undefined || this.unclosed.has(mark)) return undefined;
    const end = this.lines.endFrom(start);
    if (!isFence(this.lines.headOf(start, end))) return undefined;
    pattern.lastIndex = end;
    const found = pattern.exec(this.text);
    if (found === null) this.unclosed.add(mark);
    return found === null ? undefined : found.index + found[0].indexOf(String.fromCharCode(mark));
  }
}
