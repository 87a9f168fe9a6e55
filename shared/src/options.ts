/** argv to a task's typed options: what is unknown, empty, repeated or out of range is refused by name, never guessed. */
import minimist from "minimist";
import { z } from "zod";
import { invalidConfig } from "./errors.js";

/** How one flag is read. `parse` returns the value, or throws with what was expected. */
export interface Option<T> {
  readonly kind: "text" | "switch";
  readonly fallback: T | undefined;
  readonly expects: string;
  readonly help: string;
  parse(value: string): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type OptionValues<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

interface Text<T> {
  help: string;
  default?: T;
}

/** A whole number within bounds. */
export function integer({ help, min, max, ...rest }: Text<number> & { min: number; max: number }): Option<number> {
  const expects = `a whole number from ${min} to ${max}`;
  const parse = (value: string): number => {
    const number = Number(value);
    // The pattern keeps out what Number() would take: "1e3", "0x10", " 7 ".
    if (!/^-?\d{1,15}$/.test(value) || number < min || number > max) throw new RangeError(expects);
    return number;
  };
  return { kind: "text", fallback: rest.default, expects, help, parse };
}

/** One of a few words. */
export function oneOf<const T extends string>(values: readonly T[], { help, ...rest }: Text<T>): Option<T> {
  const expects = `one of ${values.join(", ")}`;
  const parse = (value: string): T => {
    const found = values.find((known) => known === value);
    if (found === undefined) throw new RangeError(expects);
    return found;
  };
  return { kind: "text", fallback: rest.default, expects, help, parse };
}

/** Text that matches a pattern; `expects` says the pattern in words. */
export function text({ help, pattern, expects, ...rest }: Text<string> & { pattern: RegExp; expects: string }): Option<string> {
  const parse = (value: string): string => {
    if (!pattern.test(value)) throw new RangeError(expects);
    return value;
  };
  return { kind: "text", fallback: rest.default, expects, help, parse };
}

/** A day of the calendar. */
export function day({ help, ...rest }: Text<string>): Option<string> {
  const expects = "a day that there is, YYYY-MM-DD";
  const parse = (value: string): string => {
    if (!z.iso.date().safeParse(value).success) throw new RangeError(expects);
    return value;
  };
  return { kind: "text", fallback: rest.default, expects, help, parse };
}

/** A switch: present, or `--name=true` or `--name=false`. */
export function flag({ help }: { help: string }): Option<boolean> {
  const parse = (value: string): boolean => {
    if (value !== "true" && value !== "false") throw new RangeError("true or false");
    return value === "true";
  };
  return { kind: "switch", fallback: false, expects: "true or false", help, parse };
}

/** The same option, null where it is not given: what applies then is said elsewhere, mostly by the recipe. */
export function optional<T>(option: Option<T>): Option<T | null> {
  return { ...option, fallback: null };
}

const flagOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * The options that argv spells, with defaults for the rest. Throws 78 (`bad_option`) naming the flag, the value and what was expected.
 * minimist reads every flag as a string: left alone it would turn "1e3" into 1000, "--no-x" into x: false, and "--x --y" into x: true.
 */
export function parseOptions<O extends Options>(options: O, argv: readonly string[]): OptionValues<O> {
  const flags = new Map(Object.entries(options).map(([name, option]) => [flagOf(name), { name, option }]));
  for (const word of argv) refuseUnknown(word, flags);
  const switches = [...flags].filter(([, { option }]) => option.kind === "switch").map(([flag]) => flag);
  const given = minimist(
    argv.map((word) => (switches.includes(word.slice(2)) ? `${word}=true` : word)),
    { string: [...flags.keys()] },
  );
  if (given._.length > 0)
    throw invalidConfig("bad_option", `unexpected argument "${given._[0]}": every value follows a flag, as in --name value`);
  const values = [...flags].map(([flag, { name, option }]) => [name, givenOrDefault(flag, option, given[flag])]);
  return Object.fromEntries(values) as OptionValues<O>;
}

function refuseUnknown(word: string, flags: ReadonlyMap<string, unknown>): void {
  if (!word.startsWith("-") || /^-\d/.test(word)) return;
  const name = word.replace(/^--/, "").replace(/=.*$/s, "");
  if (word.startsWith("--") && flags.has(name)) return;
  throw invalidConfig(
    "bad_option",
    `unknown flag ${word.replace(/=.*$/s, "")}: expected ${[...flags.keys()].map((flag) => `--${flag}`).join(", ")}`,
  );
}

function givenOrDefault(flag: string, option: Option<unknown>, given: unknown): unknown {
  if (given === undefined) {
    if (option.fallback === undefined) throw invalidConfig("bad_option", `--${flag} is missing: expected ${option.expects}`);
    return option.fallback;
  }
  if (Array.isArray(given)) throw invalidConfig("bad_option", `--${flag} is given ${given.length} times: expected once`);
  if (given === "") throw invalidConfig("bad_option", `--${flag} is empty: expected ${option.expects}`);
  try {
    return option.parse(String(given));
  } catch (error) {
    throw invalidConfig("bad_option", `--${flag} "${given}": expected ${option.expects}`, error);
  }
}

/** What `--help` prints: a line per flag with what it expects, its default and what it is for. */
export function helpOf(options: Options): string {
  return Object.entries(options)
    .map(([name, { expects, fallback, help }]) => `  --${flagOf(name)}  ${help} (${expects}${defaultOf(fallback)})`)
    .join("\n");
}

/** Null is said by the help itself: "over the recipe's", or nothing. */
function defaultOf(fallback: unknown): string {
  if (fallback === undefined) return "; required";
  return fallback === null ? "" : `; default ${fallback}`;
}
