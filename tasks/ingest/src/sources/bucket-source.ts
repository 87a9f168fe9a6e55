/** A bucket's prefix to the documents below it. */
import type { Readable } from "node:stream";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { classified } from "@pipeline/shared/retryable";
import { isDocumentName, type Source, type SourceEntry } from "./source.js";

/** What an S3 error name says about one object alone. */
const FAILURES: Readonly<Record<string, string>> = {
  NoSuchKey: "vanished",
  NotFound: "vanished",
  InvalidObjectState: "archived",
};

/** The objects below `prefix` ("" or ending in "/"), or only below its partition. */
export function bucketSource(client: S3Client, bucket: string, prefix: string, partition: string | null): Source {
  return {
    async *list() {
      const wanted = prefix + (partition === null ? "" : `${partition}/`);
      try {
        // URL-encoded, since XML cannot spell every character that a key may hold. Not every server does as asked; it says whether it did.
        for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: wanted, EncodingType: "url" })) {
          const keyOf = page.EncodingType === "url" ? decodedKey : String;
          for (const { Key, Size } of page.Contents ?? []) yield* entryOf(keyOf(Key!), prefix, Size ?? 0);
        }
      } catch (error) {
        throw classified(error, `listing s3://${bucket}/${wanted}`);
      }
    },
    async open({ rawPath }) {
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + rawPath.toString("utf8") }));
      return found.Body as Readable;
    },
    failureOf: (error) => (error instanceof Error ? (FAILURES[error.name] ?? null) : null),
  };
}

function decodedKey(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}

function* entryOf(key: string, prefix: string, bytes: number): Generator<SourceEntry> {
  const rawPath = Buffer.from(key.slice(prefix.length));
  if (isDocumentName(rawPath)) yield { rawPath, bytes, failure: null };
}
