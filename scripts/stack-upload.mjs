/** A folder of .txt files to the stack's landing zone: stack-upload.mjs FOLDER [PREFIX, default raw/]. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { settings, storeClient } from "./stack-client.mjs";

const AT_ONCE = 16;
const [folder, prefix = "raw/"] = process.argv.slice(2);
const client = storeClient();
const Bucket = settings().PIPELINE_BUCKET;
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".txt"));
const found = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
// Node shows bytes that are no UTF-8 as U+FFFD. Such a name cannot be an object's key: S3 keys are UTF-8.
const names = found.filter((name) => !name.includes("\uFFFD"));
const failed = [];
const waiting = [...names];

async function upload() {
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = join(folder, name);
    const { size } = await stat(path);
    const put = new PutObjectCommand({ Bucket, Key: prefix + name, Body: createReadStream(path), ContentLength: size });
    await client.send(put).catch((error) => failed.push(`${JSON.stringify(name)}: ${error.name}`));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, upload));
if (names.length < found.length)
  console.log(`${found.length - names.length} left out: their names are not UTF-8, as an object's key must be`);
for (const line of failed) console.log(`not uploaded: ${line}`);
console.log(`${names.length - failed.length} files are at s3://${Bucket}/${prefix}`);
