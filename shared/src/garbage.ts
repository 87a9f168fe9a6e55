/** Memory of texts so long that waiting for V8 to clear up would double what a program holds. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** From so many UTF-16 units on. A collection takes some milliseconds, whatever the length: a text is one object. */
const LONG_TEXT = 1 << 24;

let collect: (() => void) | null = null;

/**
 * Clears up when a text of that length has been left behind. V8 lets garbage grow with what is alive, to several copies of the longest
 * text when each step of the work makes another one.
 */
export function leaveText(length: number): void {
  if (length < LONG_TEXT) return;
  if (collect === null) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
}
