/** Where a run reads to where it writes: the second may lie inside the first, and is then no part of it. */
import { realpathSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { invalidConfig } from "@pipeline/shared/errors";

/** The path of `out` below `input` when it lies there, links followed; null when it does not. Throws 78 when both are one folder. */
export function writtenBelow(input: string, out: string): string | null {
  const path = relative(realpathSync(input), realOf(out));
  if (path === "")
    throw invalidConfig("bad_variable", `OUT "${out}" is INPUT itself: expected another folder, since a run must not read what it writes`);
  return path === ".." || path.startsWith("../") ? null : path;
}

/** The real path of what need not be there yet. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realOf(dirname(path)), basename(path));
  }
}
