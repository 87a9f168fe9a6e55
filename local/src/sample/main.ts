/** Writes the sample: `node local/dist/sample/main.js --out DIR` leaves documents/ and truth.jsonl there. */
import { resolve } from "node:path";
import { helpOf, parseOptions, text } from "@pipeline/shared/options";
import { reported } from "../reported.js";
import { writeSample } from "./write-sample.js";

const OPTIONS = {
  out: text({ help: "the folder for documents/ and truth.jsonl", pattern: /./s, expects: "a folder", default: "sample" }),
};

if (process.argv.includes("--help")) console.log(`sample: writes the sample's documents and the truth about them\n\n${helpOf(OPTIONS)}`);
else
  await reported(async () => {
    const folder = resolve(parseOptions(OPTIONS, process.argv.slice(2)).out);
    const { documents, refused, unchanged } = await writeSample(folder);
    for (const path of refused) console.log(`left out, because this file system cannot hold the name: ${path}`);
    console.log(unchanged ? `${documents} documents are in ${folder} already` : `${documents} documents written to ${folder}`);
    return 0;
  });
