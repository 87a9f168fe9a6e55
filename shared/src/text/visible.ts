/** Text from outside to text that is safe to show: it acts on no page and no terminal, and gives no password away. */

/** Controls, bidirectional overrides, other format characters and lone surrogates as dots. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "·");
}

/** Lines for people, each made visible; what stands before the @ of an address is left out, for it may be a password. */
export function spoken(lines: string): string {
  const shown = lines.split("\n").map(visible).join("\n");
  return shown.replace(/(:\/\/)[^\s/@]*:[^\s@]*@/g, "$1***@");
}
