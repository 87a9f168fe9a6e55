/** Text to private keys in PEM armour: from the first line to the last, or to the end of the base64 where the rest was cut off. */

/** Cleaning may have shortened the dashes. */
const BEGIN = /-{3,5} ?BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)? ?-{3,5}/g;
const END = /-{3,5} ?END (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)? ?-{3,5}/y;
/** Lines of base64, perhaps quoted or with escaped ends, and the few headers that old keys have. */
const BODY = /(?:(?:Proc-Type|DEK-Info|Version|Comment): ?[^\n]{0,120}|[A-Za-z0-9+/=]{1,2048}|[\s>|"',\\]{1,64})*/y;
const LEAST_OF_A_KEY = 40;

export function privateKeys(text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (!text.includes("PRIVATE KEY")) return found;
  for (const { index: start, 0: first } of text.matchAll(BEGIN)) {
    BODY.lastIndex = start + first.length;
    const body = BODY.exec(text)![0];
    END.lastIndex = start + first.length + body.length;
    const last = END.exec(text)?.[0] ?? "";
    if (body.replaceAll(/[^A-Za-z0-9]/g, "").length < LEAST_OF_A_KEY) continue; // a header that text speaks about
    const end = start + first.length + (last === "" ? body.trimEnd().length : body.length + last.length);
    found.push({ start, end });
  }
  return found;
}
