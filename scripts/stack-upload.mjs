/** A folder of .txt files to the stack's landing zone: stack-upload.mjs FOLDER [PREFIX, default raw/]. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { settings, storeClient } from "./stack-client.mjs";

const AT_ONCE = 16;
const [folder, prefix = "raw/"] = process.argv.slice(2);
const client = storeClient();
const Bucket = settings().PIPELINE_BUCKET;
const found = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".txt"));
// Node shows bytes that are no UTF-8 as U+FFFD. Such a name cannot be an object's key: S3 keys are UTF-8.
const names = found.filter((name) => !name.includes("\uFFFD"));
const waiting = [...names];

async function upload() {
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = join(folder, name);
    const { size } = await stat(path);
    await client.send(new PutObjectCommand({ Bucket, Key: prefix + name, Body: createReadStream(path), ContentLength: size }));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, upload));
if (names.length < found.length)
  console.log(`${found.length - names.length} left out: their names are not UTF-8, as an object's key must be`);
console.log(`${names.length} files are at s3://${Bucket}/${prefix}`);
