/** An account that may not do everything, for programs that must meet what they may not read: root may read it all. */
import { chownSync, readFileSync } from "node:fs";
import { canUse } from "@pipeline/local/postgres-account";

export interface PlainUser {
  /** What spawn takes: empty where this process is no root. */
  readonly account: { readonly uid?: number; readonly gid?: number };
  /** False as root with a checkout that no other account can reach: then nothing is closed to the program. */
  readonly isPlain: boolean;
}

/** The account under which `program` can be run; this process's own where it is not root, or where nobody else can reach the program. */
export function plainUser(program: string): PlainUser {
  if (process.getuid?.() !== 0) return { account: {}, isPlain: true };
  const [, , uid, gid] = (/^nobody:.*$/m.exec(readFileSync("/etc/passwd", "utf8"))?.[0] ?? "").split(":").map(Number);
  if (!uid || gid === undefined) return { account: {}, isPlain: false };
  const account = { uid, gid };
  return canUse(account, "-r", program) && canUse(account, "-x", process.execPath)
    ? { account, isPlain: true }
    : { account: {}, isPlain: false };
}

/** Gives a folder to the account, so that it can write there. */
export function give(folder: string, { account: { uid, gid } }: PlainUser): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}
