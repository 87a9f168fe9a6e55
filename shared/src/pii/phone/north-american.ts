/** Numbers of the North American plan: (212) 555-0123, 212-555-0123, 1.212.555.0123. */
import { runLength } from "../digit-groups.js";
import type { Runs } from "../subject.js";
import { isFictional } from "./fiction.js";
import { digitsOf, jointAfter, openedStart } from "./groups.js";
import type { PhoneNumber } from "./phone-number.js";

/** Sizes of the groups of area code, exchange and line. */
const SHAPES = ["1,3,3,4", "3,3,4", "1,3,7", "3,7", "1,10", "10", "11", "3,4"];
const MOST_GROUPS = 4;
/** Area code and exchange begin with 2 to 9; an area code that ends in 11 is a service. */
const ASSIGNABLE = /^1?[2-9](?!11)\d\d[2-9]\d{6}$/;
/** Without an area code: only with a dash, and only where a word says phone. */
const LOCAL = /^[2-9]\d\d-\d{4}$/;
const LOCAL_DIGITS = 7;
/** 252.227-7015 is a clause and 800/850/1520 are three printers: 1.3369140625 is a fraction. Dots stay dots. */
const MIXED = /\d\.\d+[^.\d]\d|\d[- ]\d+\.\d|^\d+\.\d+$|\/\d+[^-.\d]\d/;
const BRACKETED = 0.8;
const GROUPED = 0.7;
const SPACED = 0.5;
const UNASSIGNABLE = 0.4;
const UNBROKEN = 0.4;

export function northAmericanAt(text: string, runs: Runs, first: number): PhoneNumber | undefined {
  const lead = runLength(runs, first);
  if (lead !== 3 && lead !== 1 && lead !== 10 && lead !== 11) return undefined;
  if ((lead === 1 || lead === 11) && text[runs.starts[first]!] !== "1") return undefined;
  const last = lastOfShape(text, runs, first);
  if (last === undefined) return undefined;
  const end = runs.ends[last]!;
  const start = openedStart(text, runs.starts[first]!, end);
  if (start === undefined) return undefined;
  const written = text.slice(start, end);
  if (MIXED.test(written)) return undefined;
  const digits = digitsOf(text, start, end);
  return digits.length > LOCAL_DIGITS || LOCAL.test(written) ? { start, end, last, ...scoreOf(written, digits) } : undefined;
}

/** The last run of the longest shape that these runs have. */
function lastOfShape(text: string, runs: Runs, first: number): number | undefined {
  let sizes = String(runLength(runs, first));
  let found = SHAPES.includes(sizes) ? first : undefined;
  for (let last = first + 1; last < first + MOST_GROUPS && jointAfter(text, runs, last - 1) !== undefined; last++) {
    sizes += `,${runLength(runs, last)}`;
    if (SHAPES.includes(sizes)) found = last;
  }
  return found;
}

function scoreOf(written: string, digits: string): Pick<PhoneNumber, "score" | "tags"> {
  if (isFictional("1", digits.slice(-10))) return { score: scoreOfForm(written, digits), tags: ["test_number"] };
  return { score: ASSIGNABLE.test(digits) ? scoreOfForm(written, digits) : UNASSIGNABLE };
}

function scoreOfForm(written: string, digits: string): number {
  if (digits === written) return UNBROKEN;
  if (written.includes("(")) return BRACKETED;
  return /[-./]/.test(written) ? GROUPED : SPACED;
}
