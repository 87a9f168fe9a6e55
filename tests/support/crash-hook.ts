/**
 * Loaded before a program (node --import): counts what the program does to the world, and ends it with SIGKILL right before one of these
 * acts, or in the middle of it. CRASH_LOG names a file that gets a line per act; CRASH_AT is the number of the fatal one, from 0. With
 * CRASH_FREEZE it is stopped there by SIGSTOP, and does the act when it is told to go on.
 */
import { appendFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import pg from "pg";

const { CRASH_LOG, CRASH_AT, CRASH_HALF, CRASH_FREEZE } = process.env;
let acts = 0;

type Anything = (...args: never[]) => unknown;

/** Puts a counted function in the place of `target[name]`. `half` does as much of the act as a kill in its middle would leave. */
function count<T extends object>(
  target: T,
  name: keyof T & string,
  labelOf: (self: unknown, args: readonly unknown[]) => string,
  half?: (self: unknown, args: unknown[], act: Anything) => Promise<unknown>,
): void {
  const act = target[name] as Anything;
  const counted = function (this: unknown, ...args: unknown[]): unknown {
    const isFatal = String(acts++) === CRASH_AT;
    if (CRASH_LOG) appendFileSync(CRASH_LOG, `${name} ${labelOf(this, args)}\n`);
    if (isFatal && CRASH_FREEZE) process.kill(process.pid, "SIGSTOP");
    if (!isFatal || CRASH_FREEZE) return Reflect.apply(act, this, args);
    if (CRASH_HALF && half) return half(this, args, act).then(die);
    return die();
  };
  Object.assign(target, { [name]: counted });
}

function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

const paths = new WeakMap<object, string>();
const pathOf = (_: unknown, args: readonly unknown[]): string => String(args.at(-1) instanceof Object ? args[0] : args.at(-1));

const probe = await fs.open("/dev/null");
const handle = Object.getPrototypeOf(probe) as typeof probe;
await probe.close();
const open = fs.open;
fs.open = async (...args) => {
  const opened = await open(...args);
  paths.set(opened, String(args[0]));
  return opened;
};
for (const name of ["link", "rename", "rm"] as const) count(fs, name, pathOf);
for (const name of ["writeFile", "sync"] as const)
  count(
    handle,
    name,
    (self) => paths.get(self as object) ?? "",
    async (self, [body], act) => {
      if (Buffer.isBuffer(body)) await Reflect.apply(act, self, [body.subarray(0, body.length >> 1)] as never[]);
    },
  );
count(pg.Client.prototype, "query", (_, [query]) => {
  const text = typeof query === "string" ? query : ((query as { text?: string }).text ?? "");
  return text.trim().replace(/\s+/g, " ").slice(0, 120);
});
syncBuiltinESMExports();
