/** The folder in which an embedded server lives: the one asked for, or, where the server's account cannot reach that, one of its own. */
import { randomBytes } from "node:crypto";
import { chmod, chown, lstat, mkdir, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { asideIn } from "@pipeline/shared/adapters/aside";
import { invalidConfig } from "@pipeline/shared/errors";
import { type Account, canUse } from "./postgres-account.js";
import { writeOnce } from "./write-once.js";

const OWN_PLACES = ["/var/lib", "/var/tmp"]; // not /tmp: the data should outlive a restart
const OWN_NAME = "text-corpus-pipeline";
const OWN_FOLDER = /^[0-9a-f]{16}$/; // the folder is made, and given away, as root: no other name is taken from a file

/**
 * Makes and returns the folder. As root with a closed checkout it is /var/lib/text-corpus-pipeline/<random>, and `location` in the folder
 * asked for says so: who removes that folder and makes it anew gets an empty database there as everywhere, not the one of the old folder.
 */
export async function serverHome(asked: string, account: Account | null): Promise<string> {
  await mkdir(asked, { recursive: true });
  const folder = await realpath(asked);
  if (account === null || (await canLiveIn(folder, account))) return folder;
  return ownFolder(folder, account);
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
  const place = OWN_PLACES.find((candidate) => canUse(account, "-x", candidate) && canUse(null, "-w", candidate));
  if (!place)
    throw invalidConfig("no_server", `no folder that PostgreSQL's account can reach: tried ${folder} and ${OWN_PLACES.join(", ")}`);
  const parent = await ownedByRoot(join(place, OWN_NAME));
  const own = await locationIn(folder, join(parent, randomBytes(8).toString("hex")));
  await mkdir(own, { recursive: true, mode: 0o755 });
  await give(own, account);
  return own;
}

/** What `location` in the folder says; when it is missing, it says `chosen` from now on. */
async function locationIn(folder: string, chosen: string): Promise<string> {
  const path = join(folder, "location");
  const location = await writeOnce(path, chosen, asideIn(join(folder, ".writing")), null);
  if (OWN_PLACES.some((place) => dirname(location) === join(place, OWN_NAME)) && OWN_FOLDER.test(basename(location))) return location;
  throw invalidConfig("no_server", `${path} names no folder of this program's: remove it for an empty database`);
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
