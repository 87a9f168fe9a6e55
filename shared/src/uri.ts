/** URIs of the objects that tasks exchange: file:///dir/key or s3://bucket/key. */
import { invalidConfig } from "./errors.js";

export interface ObjectUri {
  readonly scheme: "file" | "s3";
  /** The bucket; empty for file. */
  readonly bucket: string;
  /** The key, or the absolute path without its leading slash, decoded. */
  readonly key: string;
}

const EXPECTED = "expected s3://bucket/key or file:///absolute/path";

/** The parts of a URI. Throws 78 (`bad_uri`) on another scheme, a host in file:, an empty bucket, or a key that climbs. */
export function parseUri(uri: string): ObjectUri {
  const match = /^(s3|file):\/\/([^/]*)\/?(.*)$/s.exec(uri);
  if (!match) throw invalidConfig("bad_uri", `"${uri}": ${EXPECTED}`);
  const [, scheme, bucket, path] = match as unknown as [string, "file" | "s3", string, string];
  if ((scheme === "s3") === (bucket === "")) throw invalidConfig("bad_uri", `"${uri}": ${EXPECTED}`);
  return { scheme, bucket, key: checkedKey(decoded(path, uri)) };
}

/** The URI of an object; each byte that a URI cannot hold is percent-encoded. */
export function uriOf({ scheme, bucket, key }: ObjectUri): string {
  return `${scheme}://${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
}

function decoded(path: string, uri: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    throw invalidConfig("bad_uri", `"${uri}": a % that is not followed by two hex digits of UTF-8`, error);
  }
}

/** The key itself, when no segment of it can leave the store: no "..", ".", empty segment or NUL. Throws 78 (`bad_key`). */
export function checkedKey(key: string): string {
  const segments = key.replace(/\/$/, "").split("/");
  const isBad = key !== "" && segments.some((segment) => segment === "" || segment === "." || segment === ".." || segment.includes("\0"));
  if (isBad) throw invalidConfig("bad_key", `key "${key}": expected segments other than "", "." and ".."`);
  return key;
}
