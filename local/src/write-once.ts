/** A small file that several processes may want to write at the same moment: the first one's text stands. */
import { existsSync } from "node:fs";
import { chown, link, readFile, rm, writeFile } from "node:fs/promises";
import { errnoOf } from "@pipeline/shared/errors";
import type { Account } from "./postgres-account.js";

/**
 * The text of the file, made with `text` when it is missing. It is complete, and the account's when one is given, before it has its name:
 * half of a password, or one that the server's account cannot read, would bar every start. `aside` gives a path on the same disk.
 */
export async function writeOnce(path: string, text: string, aside: () => Promise<string>, account: Account | null): Promise<string> {
  if (!existsSync(path)) {
    const written = await aside();
    await writeFile(written, `${text}\n`, { flag: "wx", mode: 0o600 });
    if (account) await chown(written, account.uid, account.gid);
    await link(written, path).catch((error: unknown) => {
      if (errnoOf(error) !== "EEXIST") throw error; // another process was quicker
    });
    await rm(written);
  }
  return (await readFile(path, "utf8")).trim();
}
