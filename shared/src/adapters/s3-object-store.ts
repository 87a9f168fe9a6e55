/** The object store as an S3 bucket and prefix. Region, credentials and AWS_ENDPOINT_URL_S3 come from the SDK's default chain. */
import type { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { ObjectStore } from "../ports/object-store.js";
import { classified } from "../retryable.js";
import { checkedKey } from "../uri.js";

/** A server that says nothing for so long, before its answer or in the middle of it, has forgotten us. */
const SILENCE_MS = 30_000;
const CONNECT_MS = 5_000;
const BODY_TRIES = 3;

/** A client for any S3 server: other servers than AWS rarely have a host name per bucket, so they get the bucket in the path. */
export function s3Client(environment: NodeJS.ProcessEnv, silenceMs = SILENCE_MS): S3Client {
  return new S3Client({
    forcePathStyle: Boolean(environment.AWS_ENDPOINT_URL_S3),
    maxAttempts: 4,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: silenceMs },
    region: environment.AWS_REGION ?? "us-east-1",
  });
}

/** Keys are below `prefix` ("" or ending in "/"). */
export function s3ObjectStore(client: S3Client, bucket: string, prefix = ""): ObjectStore {
  const at = (key: string) => ({ Bucket: bucket, Key: prefix + checkedKey(key) });
  const fetch = (key: string, range?: { start: number; end: number }) =>
    missingIsNull(`reading s3://${bucket}/${prefix}${key}`, () =>
      client.send(new GetObjectCommand({ ...at(key), ...(range && { Range: `bytes=${range.start}-${range.end - 1}` }) })),
    );
  const put = (key: string, body: Buffer, condition: { IfNoneMatch?: string; IfMatch?: string } = {}) =>
    refusedIsNull(`writing s3://${bucket}/${prefix}${key}`, () =>
      client.send(new PutObjectCommand({ ...at(key), Body: body, ...condition })),
    );
  return {
    async get(key) {
      // The client tries again what fails before the answer begins; an answer that breaks off is asked for again here.
      for (let tries = 1; ; tries++) {
        const found = await fetch(key);
        if (!found) return null;
        try {
          const body = Buffer.from(await found.Body!.transformToByteArray());
          if (body.length !== found.ContentLength) throw Object.assign(new Error("cut short"), { code: "ERR_STREAM_PREMATURE_CLOSE" });
          return { body, sizeBytes: body.length, etag: found.ETag! };
        } catch (error) {
          if (tries === BODY_TRIES) throw classified(error, `reading s3://${bucket}/${prefix}${key}`);
        }
      }
    },
    async stream(key, range) {
      return ((await fetch(key, range))?.Body as Readable | undefined) ?? null;
    },
    async head(key) {
      const found = await missingIsNull(`reading s3://${bucket}/${prefix}${key}`, () => client.send(new HeadObjectCommand(at(key))));
      return found && { sizeBytes: found.ContentLength!, etag: found.ETag! };
    },
    async put(key, body) {
      await put(key, body);
    },
    async putIfAbsent(key, body) {
      return (await put(key, body, { IfNoneMatch: "*" })) !== null;
    },
    async replaceIfMatch(key, body, etag) {
      return (await put(key, body, { IfMatch: etag })) !== null;
    },
    list: (wanted) => keysOf(client, bucket, prefix, wanted),
    async delete(key) {
      await missingIsNull(`deleting s3://${bucket}/${prefix}${key}`, () => client.send(new DeleteObjectCommand(at(key))));
    },
  };
}

/** Pages of at most 1,000 keys (the ListObjectsV2 limit), in the order S3 promises: ascending UTF-8 bytes. */
async function* keysOf(client: S3Client, bucket: string, prefix: string, wanted: string): AsyncIterable<string> {
  let next: string | undefined;
  do {
    const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix + wanted, ...(next && { ContinuationToken: next }) });
    const page = await client.send(command).catch((error: unknown) => {
      throw classified(error, `listing s3://${bucket}/${prefix}${wanted}`);
    });
    for (const { Key } of page.Contents ?? []) yield Key!.slice(prefix.length);
    next = page.NextContinuationToken;
  } while (next);
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");
const MISSING = new Set(["NoSuchKey", "NotFound"]);
/** Another writer was first (412), or is writing at this moment (409): in both cases this write did not happen. */
const REFUSED = new Set(["PreconditionFailed", "ConditionalRequestConflict", ...MISSING]);

const missingIsNull = <T>(doing: string, call: () => Promise<T>) => nullWhen(MISSING, doing, call);
const refusedIsNull = <T>(doing: string, call: () => Promise<T>) => nullWhen(REFUSED, doing, call);

async function nullWhen<T>(names: ReadonlySet<string>, doing: string, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (names.has(nameOf(error))) return null;
    throw classified(error, doing);
  }
}
