/** Uses the pipeline's own S3 adapter on the folder that --out would name, and prints what it answered; for test_use.py. */
import { text } from "node:stream/consumers";
import { openStore } from "../../shared/dist/open-store.js";
import { parseUri } from "../../shared/dist/uri.js";

const store = await openStore(parseUri(process.argv[2]), process.env);
const key = "ingest.json";
const bytes = (content) => Buffer.from(content);

const missing = await store.get(key);
const created = await store.putIfAbsent(key, bytes("first"));
const createdTwice = await store.putIfAbsent(key, bytes("second"));
const { body, etag } = await store.get(key);
const replaced = await store.replaceIfMatch(key, bytes("third"), etag);
const replacedByOldTag = await store.replaceIfMatch(key, bytes("fourth"), etag);
const range = await text(await store.stream(key, { start: 1, end: 3 }));
await store.put("clean-chunk/0123456789abcdef.json", bytes("{}"));
const keys = [];
for await (const found of store.list("")) keys.push(found);

console.log(JSON.stringify({ missing, created, createdTwice, read: String(body), replaced, replacedByOldTag, range, keys }));
