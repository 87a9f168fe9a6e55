/** Raw path bytes to the forms that records carry: file names are bytes and need not be text in any encoding. */

const UNRESERVED = /^[A-Za-z0-9._~/-]*$/;

/** A path as identity: each raw byte outside [A-Za-z0-9._~/-] as %XX, upper-case hex, so that any name fits any column, URI or log line. */
export function encodedPath(rawPath: Uint8Array): string {
  const bytes = Buffer.from(rawPath).toString("latin1");
  if (UNRESERVED.test(bytes)) return bytes;
  return Array.from(rawPath, (byte) => {
    const character = String.fromCharCode(byte);
    return UNRESERVED.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

/** The last segment of a path for people to read: invalid UTF-8 as U+FFFD, control and bidi characters left out. Never an identity. */
export function fileNameOf(rawPath: Uint8Array): string {
  const name = Buffer.from(rawPath).toString("utf8").split("/").at(-1)!;
  return name.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}
