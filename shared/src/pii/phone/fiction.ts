/** Numbers that no telephone has, kept for films, manuals and tests. */

/** By country calling code, as national digits without a trunk prefix. */
const FICTIONAL: Readonly<Record<string, RegExp>> = {
  /** Line numbers 555-0100 to 555-0199, and the area code 555, which examples use everywhere. */
  "1": /^(?:555\d{7}|[2-9]\d{2}55501\d\d)$/,
  /** Ofcom's numbers for drama. */
  "44": /^(?:7700900\d{3}|1632960\d{3}|1(?:1[3-8]|[2-6]1)4960\d{3}|1914980\d{3}|2079460\d{3}|2896496\d{3}|2920180\d{3}|3069990\d{3}|8081570\d{3}|9098790\d{3})$/,
};

/** Is this national number, written without its trunk prefix, a made-up one? */
export function isFictional(callingCode: string, nationalNumber: string): boolean {
  return FICTIONAL[callingCode]?.test(nationalNumber) ?? false;
}
