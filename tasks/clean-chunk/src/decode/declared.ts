/** The encoding that a document says it is in: web pages, XML, mails and programs have places for that. */

const HEAD = 16_384; // pages must say it in the first kilobyte, mails in headers that may be long
const PLACES: readonly RegExp[] = [
  /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i,
  /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)/i,
  /^content-type:[^\n]*(?:\n[ \t][^\n]*)*?charset\s*=\s*"?([\w.:-]+)/im,
  /^(?:[^\n]*\n)?[ \t]*(?:#|\/\/|\/?\*|--|;|%)[^\n]*?coding[:=]\s*([\w.-]+)/, // Python, Emacs
];

/** The name in lower case; null where there is none, or one that says only what bytes beyond ASCII are not. */
export function declaredName(bytes: Buffer): string | null {
  const head = bytes.toString("latin1", 0, HEAD);
  const name = PLACES.map((place) => place.exec(head)?.[1]?.toLowerCase()).find((found) => found !== undefined);
  return name === undefined || /^(?:us-)?ascii$|^utf|^unicode/.test(name) ? null : name;
}
