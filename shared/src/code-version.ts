/** A program's entry file to one hash of all the code that it can run: what has the same code version gives the same parts. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { invalidConfig } from "./errors.js";
import { canonicalJson, sha256Of } from "./ids.js";

/** What a compiled module reaches: static imports, one to a line; imports and requires by call; and data files beside it, named by URL. */
const STATIC = /^(?:import|export)\s(?:[^"';]*?\sfrom\s)?["']([^"']+)["'];$/gm;
const DYNAMIC = /\b(?:import|createRequire\(import\.meta\.url\))\(["']([^"']+)["']\)/g;
const DATA = /\bnew URL\(["'](\.\/[^"']*[^"'/])["'], import\.meta\.url\)/g;

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * sha256 over the compiled files and data files reachable from `entry`, the name, version and integrity of every dependency reachable
 * from those, and the Unicode version of this Node (its regular expressions and normalisation depend on it). The same in an image and
 * on a laptop. A comment that spells an import counts as one: that can only make a version depend on too much.
 */
export function codeVersionOf(entry: URL): string {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const pending = [fileURLToPath(entry)];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (files.has(file)) continue;
    const code = readFileSync(file, "utf8");
    files.set(file, sha256Of(code.replace(/^\/\/# sourceMappingURL=.*$/m, "")));
    for (const specifier of [...matches(STATIC, code), ...matches(DYNAMIC, code)]) follow(specifier, file, pending, packages);
    for (const path of matches(DATA, code)) files.set(resolve(dirname(file), path), sha256Of(readFileSync(resolve(dirname(file), path))));
  }
  const dependencies = dependencyClosure(lockOf(dirname(fileURLToPath(entry))), packages);
  return sha256Of(canonicalJson({ files: [...files.values()].sort(), dependencies, unicode: process.versions.unicode })).slice(0, 32);
}

function matches(pattern: RegExp, code: string): string[] {
  return Array.from(code.matchAll(pattern), ([, found]) => found!);
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
