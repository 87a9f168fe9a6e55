/** Text to e-mail addresses: outwards from every @, with a real top-level domain at the end. */
import type { Candidate, Detector } from "../candidate.js";
import type { Subject } from "../subject.js";
import { domainEnd } from "./domain.js";
import { localStart } from "./local.js";
import { emailScore } from "./score.js";

export const email: Detector = { type: "email", find };

function find({ text }: Subject): Candidate[] {
  const found: Candidate[] = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const end = domainEnd(text, at + 1);
    if (end === undefined) continue;
    const start = localStart(text, at, end);
    if (start === undefined) continue;
    found.push({ start, end, ...emailScore(text, start, at, end) });
  }
  return found;
}
