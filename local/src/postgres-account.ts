/** Under root, the existing unprivileged account that PostgreSQL, which refuses to run as root, is run under. */
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { invalidConfig } from "@pipeline/shared/errors";

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ["postgres", "nobody", "daemon"]; // the first that exists; one made for the purpose is preferred, none is ever created

/**
 * Null when this process is not root: then it runs the server itself. Files that are there already stay their owner's: root who looks at
 * the database of a plain user must not take it away.
 */
export function serverAccount(dataDir: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const made = statSync(join(dataDir, "data"), { throwIfNoEntry: false });
  if (made && made.uid !== 0) return { uid: made.uid, gid: made.gid };
  const account = CANDIDATES.map(accountNamed).find((found) => found !== null);
  if (account) return account;
  throw invalidConfig(
    "no_server",
    `PostgreSQL refuses to run as root, and none of the accounts ${CANDIDATES.join(", ")} exists: run as a plain user`,
  );
}

function accountNamed(name: string): Account | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = (line ?? "").split(":").map(Number);
  return uid && gid !== undefined ? { uid, gid } : null; // uid 0 is root under another name
}

/** Whether the account can do what `test`'s flag says (-x, -r, -w) with the path; asked of the system, so that closed parents count. */
export function canUse(account: Account | null, flag: "-x" | "-r" | "-w", path: string): boolean {
  return spawnSync("test", [flag, path], { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}
