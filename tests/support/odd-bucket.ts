/** A bucket whose keys are any bytes, behind the S3 calls that ingest makes: other S3 servers for tests refuse such keys or tidy them up. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface OddObject {
  readonly key: string | Buffer;
  readonly body: string;
  /** An S3 error that reading it ends with, with its HTTP status. */
  readonly refusal?: readonly [status: number, code: string];
}

export interface OddBucket {
  readonly url: string;
  stop(): Promise<void>;
}

/** Bytes as a URL holds them. */
const encoded = (key: string | Buffer): string =>
  Buffer.from(key)
    .toString("latin1")
    .replace(/[^A-Za-z0-9._~/-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

/** Serves the objects as s3://corpus. Keys are compared as the request spells them: a client that tidies a path up finds nothing. */
export async function startOddBucket(objects: readonly OddObject[]): Promise<OddBucket> {
  const server = createServer((request, response) => {
    const [path, search = ""] = request.url!.split("?");
    if (new URLSearchParams(search).has("list-type")) return listing(response, objects, new URLSearchParams(search).get("prefix") ?? "");
    const found = objects.find(({ key }) => `/corpus/${encoded(key)}` === path);
    if (!found) return refusal(response, 404, "NoSuchKey");
    if (found.refusal) return refusal(response, ...found.refusal);
    response.end(found.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

function listing(response: ServerResponse, objects: readonly OddObject[], prefix: string): void {
  const found = objects.filter(({ key }) => Buffer.from(key).subarray(0, Buffer.byteLength(prefix)).equals(Buffer.from(prefix)));
  const contents = found.map(({ key, body }) => `<Contents><Key>${encoded(key)}</Key><Size>${Buffer.byteLength(body)}</Size></Contents>`);
  const head = `<Name>corpus</Name><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>`;
  response.setHeader("content-type", "application/xml");
  response.end(`<?xml version="1.0"?><ListBucketResult>${head}${contents.join("")}</ListBucketResult>`);
}

function refusal(response: ServerResponse, status: number, code: string): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/xml");
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>refused</Message></Error>`);
}
