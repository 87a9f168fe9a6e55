/** Text to keys, tokens and private keys. */
import type { Candidate, Detector } from "../candidate.js";
import { resolveOverlaps } from "../overlaps.js";
import type { Subject } from "../subject.js";
import { assignedSecrets } from "./assigned.js";
import { base58Key } from "./base58-key.js";
import { earlyDots, tokenAt } from "./formats.js";
import { passwords } from "./password.js";
import { privateKeys } from "./private-key.js";

const PRIVATE_KEY = 0.95;
const TOKEN = 0.9;
const ASSIGNED = 0.6;
const PASSWORD = 0.55;
/** Published in a manual, or with a wrong checksum. */
const DOUBTFUL = 0.6;

/** Keys of manuals: AWS's AKIAIOSFODNN7EXAMPLE, Stripe's sk_test_... */
const PUBLISHED = /EXAMPLE|^(?:sk|rk)_test_/;
const GLUED_BEFORE = /[A-Za-z0-9_]/;
const GLUED_AFTER = /[A-Za-z0-9_]/;

export const secret: Detector = { type: "secret", find };

function find(subject: Subject): Candidate[] {
  const { text } = subject;
  const keys = privateKeys(text).map((place) => ({ ...place, score: PRIVATE_KEY, tags: ["private_key"] }));
  const assigned = assignedSecrets(text).map((place) => ({ ...place, score: ASSIGNED, tags: ["assigned"] }));
  const named = passwords(text).map((place) => ({ ...place, score: PASSWORD, tags: ["password"] }));
  return resolveOverlaps<Candidate>([...keys, ...tokens(subject), ...assigned, ...named]);
}

function tokens({ text, longRuns: { count, starts, ends } }: Subject): Candidate[] {
  const found: Candidate[] = [];
  const tryAt = (runStart: number): void => {
    const token = tokenAt(text, runStart);
    if (token === undefined || GLUED_AFTER.test(text[token.end] ?? "")) return;
    const { start, end, service, isCertain } = token;
    const isPublished = PUBLISHED.test(text.slice(start, end));
    const tags = isPublished ? [service, "test_number"] : [service];
    found.push({ start, end, score: isCertain && !isPublished ? TOKEN : DOUBTFUL, tags });
  };
  for (let run = 0; run < count; run++) {
    tryAt(starts[run]!);
    const key = base58Key(text, starts[run]!, ends[run]!);
    if (key !== undefined) found.push({ start: starts[run]!, end: ends[run]!, score: TOKEN, tags: [key] });
  }
  for (const start of earlyDots(text)) if (!GLUED_BEFORE.test(text[start - 1] ?? "")) tryAt(start);
  return found;
}
