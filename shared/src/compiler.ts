/** What a program asks of V8's optimising compiler. */
import { setFlagsFromString } from "node:v8";

/** Longest function, in bytes of bytecode, that is copied into its callers; V8's own bound is 460. */
const LONGEST_INLINED = 120;

/**
 * Has V8 compile less. A batch is done in seconds, of which the compiler takes a third, much of it for the same middling functions
 * in each of their callers. With this bound a first pass over speeches or mails costs a tenth to a fifth less, later ones the same.
 * A flag that one of the supported versions of Node does not know would put a line on standard error.
 */
export function compileLess(): void {
  setFlagsFromString(`--max-inlined-bytecode-size=${LONGEST_INLINED}`);
}
