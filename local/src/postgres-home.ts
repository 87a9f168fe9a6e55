/** The folder in which an embedded server lives: the one asked for, or, where the server's account cannot reach that, one of its own. */
import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, realpath, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { invalidConfig } from "@pipeline/shared/errors";
import { type Account, canUse } from "./postgres-account.js";

const OWN_PLACES = ["/var/lib", "/var/tmp"]; // not /tmp: the data should outlive a restart
const OWN_NAME = "text-corpus-pipeline";

/** Makes and returns the folder. As root with a closed checkout it is /var/lib/text-corpus-pipeline/<hash of the folder asked for>. */
export async function serverHome(asked: string, account: Account | null): Promise<string> {
  await mkdir(asked, { recursive: true });
  const folder = await realpath(asked);
  if (account === null || (await canLiveIn(folder, account))) return folder;
  const own = await ownFolder(folder, account);
  await writeFile(join(folder, "location"), `${own}\n`); // so that whoever looks for the data here finds it
  return own;
}

async function canLiveIn(folder: string, account: Account): Promise<boolean> {
  if (!canUse(account, "-x", resolve(folder, ".."))) return false;
  await give(folder, account);
  return canUse(account, "-w", folder);
}

async function give(folder: string, account: Account): Promise<void> {
  await chown(folder, account.uid, account.gid);
}

async function ownFolder(folder: string, account: Account): Promise<string> {
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const place = OWN_PLACES.find((candidate) => canUse(account, "-x", candidate) && canUse(null, "-w", candidate));
  if (!place)
    throw invalidConfig("no_server", `no folder that PostgreSQL's account can reach: tried ${folder} and ${OWN_PLACES.join(", ")}`);
  const parent = await ownedByRoot(join(place, OWN_NAME));
  const own = join(parent, name);
  await mkdir(own, { recursive: true, mode: 0o755 });
  await give(own, account);
  return own;
}

/** /var/tmp is open to all: a folder that someone else put there under our name is refused. */
async function ownedByRoot(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o755 });
  const facts = await lstat(path);
  if (!facts.isDirectory() || facts.uid !== 0)
    throw invalidConfig("no_server", `${path} is not a folder of root's: remove it and try again`);
  await chmod(path, 0o755); // whatever the umask said
  return path;
}
