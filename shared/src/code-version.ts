/** A program's entry file to one hash of all the code that it can run: what has the same code version gives the same parts. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { invalidConfig } from "./errors.js";
import { canonicalJson, sha256Of } from "./ids.js";

/** What a compiled module imports: tsc begins a line with every static import; what is in a string or a comment does not. */
const IMPORT = /^(?:import|export)\s(?:[^"';]*?\sfrom\s)?["']([^"']+)["'];$|\bimport\(["']([^"']+)["']\)/gm;

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * sha256 over the compiled files reachable from `entry`, the name, version and integrity of every dependency reachable from those,
 * and the Unicode version of this Node (its regular expressions and normalisation depend on it). The same in an image and on a laptop.
 */
export function codeVersionOf(entry: URL): string {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const pending = [fileURLToPath(entry)];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (files.has(file)) continue;
    const code = readFileSync(file, "utf8");
    files.set(file, sha256Of(code.replace(/^\/\/# sourceMappingURL=.*$/m, "")));
    for (const [, fixed, dynamic] of code.matchAll(IMPORT)) follow((fixed ?? dynamic)!, file, pending, packages);
  }
  const dependencies = dependencyClosure(lockOf(dirname(fileURLToPath(entry))), packages);
  return sha256Of(canonicalJson({ files: [...files.values()].sort(), dependencies, unicode: process.versions.unicode })).slice(0, 32);
}

function follow(specifier: string, from: string, pending: string[], packages: Set<string>): void {
  if (specifier.startsWith("node:")) return;
  if (specifier.startsWith(".")) pending.push(resolve(dirname(from), specifier));
  else if (specifier.startsWith("@pipeline/")) pending.push(createRequire(from).resolve(specifier));
  else packages.add(specifier.startsWith("@") ? specifier.split("/", 2).join("/") : specifier.split("/", 1)[0]!);
}

/** npm's own record of what it installed, found upwards from the program. */
function lockOf(folder: string): Readonly<Record<string, LockEntry>> {
  for (let current = folder; current !== dirname(current); current = dirname(current)) {
    const file = join(current, "node_modules/.package-lock.json");
    if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, LockEntry> }).packages;
  }
  throw invalidConfig("not_installed", "node_modules/.package-lock.json is missing: install the dependencies with npm ci");
}

function dependencyClosure(lock: Readonly<Record<string, LockEntry>>, names: ReadonlySet<string>): string[] {
  const found = new Map<string, string>();
  const pending = [...names].map((name) => placeOf(lock, name, "")).filter((place) => place !== null);
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const entry = lock[place]!;
    if (found.has(place)) continue;
    found.set(place, `${place.split("node_modules/").at(-1)}@${entry.version} ${entry.integrity}`);
    for (const name of Object.keys(entry.dependencies ?? {})) {
      const needed = placeOf(lock, name, place);
      if (needed !== null) pending.push(needed);
    }
  }
  return [...new Set(found.values())].sort();
}

/** Where Node would find a package that one at `from` asks for; null for what is built into Node or not installed on this system. */
function placeOf(lock: Readonly<Record<string, LockEntry>>, name: string, from: string): string | null {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("/node_modules/")))) {
    const place = base === "" ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (place in lock && !lock[place]!.link) return place;
    if (base === "") return null;
  }
}
