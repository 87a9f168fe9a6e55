/** Text to values without a form of their own that a label calls a secret, and that look like nothing but chance: api_key = "..." */

/** Labels in code, settings, requests and forms. */
const LABEL_BEFORE =
  /(?:secret|token|passwd|password|passphrase|api[_ -]?key|access[_ -]?key|auth[_ -]?key|private[_ -]?key|account[_ -]?key|credentials?)[a-z_ -]{0,16}["'\]]{0,2} ?[:=]?$/i;
const VALUE = /[A-Za-z0-9+/_=.~!@#$%^&*-]{16,128}/y;
const LEAST_LENGTH = 16;
/** Bits a character, of a value's own letters; prose and names are below, chance in base 64 (or in hexadecimal) is above. */
const LEAST_ENTROPY = 3.7;
const LEAST_OF_HEXADECIMAL = 3;
const HEXADECIMAL = /^[0-9a-f]+$/i;
const HAS_ALL = [/[a-z]/i, /\d.*\d/];
const TWO_CASES = /[a-z].*[A-Z]|[A-Z].*[a-z]/;
const NOT_CHANCE = /example|sample|your|dummy|placeholder|changeme|xxxx|\.\.\.|https?:|www\.|@.*\./i;

/** What may assign a value of enough characters; looked for first, because labels are all over ordinary text. */
const ASSIGNMENT = /[:=]>? ?["']?(?=[A-Za-z0-9+/_=.~!@#$%^&*-]{16})/g;
const LONGEST_LABEL = 48;
/** What a program sends with a request. */
const AUTHORIZATION = /\b(?:bearer|authorization["']?[:=] ?["']?basic) (?=[A-Za-z0-9+/_=.~-]{16})/gi;

export function assignedSecrets(text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  const assigned = [...text.matchAll(ASSIGNMENT)].filter(({ index }) =>
    LABEL_BEFORE.test(text.slice(Math.max(0, index - LONGEST_LABEL), index)),
  );
  for (const { index, 0: sign } of [...assigned, ...text.matchAll(AUTHORIZATION)]) {
    const start = index + sign.length;
    VALUE.lastIndex = start;
    const value = VALUE.exec(text)?.[0].replace(/[.!]+$/, "");
    if (value !== undefined && isChance(value)) found.push({ start, end: start + value.length });
  }
  return found;
}

function isChance(value: string): boolean {
  if (value.length < LEAST_LENGTH || NOT_CHANCE.test(value) || !HAS_ALL.every((pattern) => pattern.test(value))) return false;
  if (HEXADECIMAL.test(value)) return entropyOf(value) >= Math.min(LEAST_OF_HEXADECIMAL, Math.log2(value.length) - 1.3);
  return TWO_CASES.test(value) && entropyOf(value) >= Math.min(LEAST_ENTROPY, Math.log2(value.length) - 0.9);
}

/** Shannon's, in bits a character. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
