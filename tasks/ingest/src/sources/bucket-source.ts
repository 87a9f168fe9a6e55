/** A bucket's prefix to the documents below it. */
import { isUtf8 } from "node:buffer";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { classified } from "@pipeline/shared/retryable";
import { isDocumentName, type Source, type SourceEntry } from "./source.js";

/** What an S3 error name says about one object alone. */
const FAILURES: Readonly<Record<string, string>> = {
  NoSuchKey: "vanished",
  NotFound: "vanished",
  InvalidObjectState: "archived",
};
/** Refusals that are no object's: what they stop must not be counted as so many bad objects. */
const OF_THE_SOURCE = new Set([
  "NoSuchBucket",
  "InvalidAccessKeyId",
  "ExpiredToken",
  "RequestTimeTooSkewed",
  "RequestTimeout",
  "SlowDown",
  "ThrottlingException",
]);

/** The objects below `prefix` ("" or ending in "/"), or only below its partition, without those below `excluded`. */
export function bucketSource(
  client: S3Client,
  bucket: string,
  prefix: string,
  partition: string | null,
  excluded: string | null = null,
): Source {
  const left = excluded === null ? null : Buffer.from(`${excluded}/`);
  const prefixBytes = Buffer.from(prefix);
  return {
    async *list() {
      const wanted = prefix + (partition === null ? "" : `${partition}/`);
      try {
        // URL-encoded, since XML cannot spell every character that a key may hold. Not every server does as asked; it says whether it did.
        for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: wanted, EncodingType: "url" })) {
          const keyOf = page.EncodingType === "url" ? decodedKey : (key: string) => Buffer.from(key);
          for (const { Key, Size } of page.Contents ?? []) {
            const rawPath = keyOf(Key!).subarray(prefixBytes.length);
            if (!left?.equals(rawPath.subarray(0, left.length))) yield* entryOf(rawPath, Size ?? 0);
          }
        }
      } catch (error) {
        throw classified(error, `listing s3://${bucket}/${wanted}`);
      }
    },
    async *open({ rawPath }) {
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + rawPath.toString("utf8") }));
      yield* found.Body as AsyncIterable<Buffer>;
    },
    failureOf,
  };
}

/** Percent-decoded to bytes: what they spell need not be UTF-8. */
function decodedKey(key: string): Buffer {
  const bytes = Buffer.from(key.replaceAll("+", " ")).toString("latin1");
  return Buffer.from(
    bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}

function* entryOf(rawPath: Buffer, bytes: number): Generator<SourceEntry> {
  // The SDK asks for keys that are text: one that is none cannot be named in a request.
  if (isDocumentName(rawPath)) yield { rawPath, bytes, failure: isUtf8(rawPath) ? null : "unreadable_name" };
}

/** Refused with a 4xx, as for want of a right or of a key to decrypt it: that object's affair, unless the name of the error says otherwise. */
function failureOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const known = FAILURES[error.name];
  if (known || OF_THE_SOURCE.has(error.name)) return known ?? null;
  const status = "$metadata" in error ? ((error.$metadata as { httpStatusCode?: number }).httpStatusCode ?? 0) : 0;
  return status >= 400 && status < 500 && status !== 401 && status !== 429 ? "unreadable" : null;
}
