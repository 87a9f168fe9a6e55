/** What a program asks of V8's optimising compiler. */
import { setFlagsFromString } from "node:v8";

/** Longest function, in bytes of bytecode, that is copied into its callers; V8's own bound is 460. */
const LONGEST_INLINED = 120;
/** Bytes of bytecode that are copied into one function in all; V8's own bound is 920. */
const MOST_INLINED = 300;

/**
 * Has V8 compile less. A batch is done in seconds, of which the compiler takes a third, much of it for the same middling functions
 * in each of their callers, and again when a branch is met that they had not taken before. With these bounds a first pass over
 * speeches or mails costs a tenth to a fifth less, later ones the same. Only flags that every supported Node knows: for another one V8
 * writes a line to standard error.
 */
export function compileLess(): void {
  setFlagsFromString(`--max-inlined-bytecode-size=${LONGEST_INLINED}`);
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${MOST_INLINED}`);
}
