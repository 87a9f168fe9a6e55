/** Text to e-mail addresses: outwards from every @, with a real top-level domain at the end. */
import type { Candidate, Detector } from "../candidate.js";
import type { Subject } from "../subject.js";
import { domainEnd } from "./domain.js";
import { localStart } from "./local.js";
import { emailScore } from "./score.js";

export const email: Detector = { type: "email", find };

/** The @ of an address, as it is or as the query of a URL escapes it. */
const SIGN = /@|%40/g;

function find({ text }: Subject): Candidate[] {
  const found: Candidate[] = [];
  for (const { index: at, 0: sign } of text.matchAll(SIGN)) {
    const domain = at + sign.length;
    const end = domainEnd(text, domain);
    if (end === undefined) continue;
    const start = localStart(text, at, domain, end);
    if (start === undefined || start < (found.at(-1)?.end ?? 0)) continue;
    found.push({ start, end, ...emailScore(text, start, at, domain, end) });
  }
  return found;
}
