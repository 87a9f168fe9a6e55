/** Starts the PostgreSQL server that comes with the project, or joins the one that is already running on the same data. */
import { randomBytes } from "node:crypto";
import { chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { asideIn } from "@pipeline/shared/adapters/aside";
import { tryAgain } from "@pipeline/shared/errors";
import { type Account, serverAccount } from "./postgres-account.js";
import { type Binaries, serverBinaries } from "./postgres-binaries.js";
import { serverHome } from "./postgres-home.js";
import { endServer, initialise, launch, runningServer } from "./postgres-process.js";
import { connect, type Holder, otherHolders } from "./postgres-session.js";
import { writeOnce } from "./write-once.js";

const START_TIMEOUT_MS = 60_000; // crash recovery of a large database takes a while; an ordinary start takes 0.1 s

export interface EmbeddedPostgresOptions {
  /** A folder of the server's own: data, password, log. Made when it is missing. */
  readonly dataDir: string;
  /** Default: the port of the last time when it is free, else any free one. */
  readonly port?: number;
  /** Server settings beside the built-in ones, such as `fsync: "off"` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** postgres://user:password@127.0.0.1:port/pipeline, of a superuser. */
  readonly url: string;
  /** Where the server's files really are (see serverHome). */
  readonly home: string;
  /** True when the server ran already: left by a killed run, or in use by another one. */
  readonly adopted: boolean;
  /** Starts or joins the server again when it has gone down; gives its address, which may have another port then. */
  readonly revive: (signal?: AbortSignal) => Promise<string>;
  /** Stops the server unless another process of ours still holds it. */
  readonly stop: () => Promise<void>;
}

/** A running server on `dataDir`. Safe to call from several processes at once: one starts it, the others join. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = serverAccount(options.dataDir);
  const home = await serverHome(options.dataDir, account);
  const aside = await asideOf(home, account);
  const binaries = await serverBinaries(account, home, aside);
  const password = await writeOnce(join(home, "password"), randomBytes(18).toString("hex"), aside, account);
  await initialise({ home, account, binaries, aside });
  const setting = { ...options, home, account, binaries, password };
  let { holder, adopted } = await held(setting);
  let reviving: Promise<string> | null = null;
  const revived = async (signal?: AbortSignal): Promise<string> => {
    if (holder.isLost()) ({ holder } = await held(setting, signal));
    return holder.url;
  };
  const revive = (signal?: AbortSignal): Promise<string> => {
    reviving ??= revived(signal).finally(() => {
      reviving = null;
    });
    return reviving;
  };
  return { url: holder.url, home, adopted, revive, stop: () => release(holder, home) };
}

/** The server's account must be able to write there, too: it makes the data directory. */
async function asideOf(home: string, account: Account | null): Promise<() => Promise<string>> {
  const folder = join(home, ".writing");
  await mkdir(folder, { recursive: true });
  if (account) await chown(folder, account.uid, account.gid);
  return asideIn(folder);
}

interface Setting extends EmbeddedPostgresOptions {
  readonly home: string;
  readonly account: Account | null;
  readonly binaries: Binaries;
  readonly password: string;
}

/** Joins or starts, again and again until one of them works: between a look and a start another process may start or stop the server. */
async function held(setting: Setting, signal?: AbortSignal): Promise<{ holder: Holder; adopted: boolean }> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (let started = false; ; ) {
    const running = await runningServer(setting.home);
    if (running) {
      const holder = await connect({ ...running, password: setting.password }).catch(() => null);
      if (holder) return { holder, adopted: !started };
    } else {
      await launch({ ...setting, port: await choosePort(setting) });
      started = true;
    }
    if (signal?.aborted) throw tryAgain("stopped", "told to stop while PostgreSQL was starting");
    if (Date.now() > deadline) throw tryAgain("no_server", `PostgreSQL does not answer: see ${join(setting.home, "server.log")}`);
    await delay(50);
  }
}

async function release(holder: Holder, home: string): Promise<void> {
  holder.hold();
  const others = await otherHolders(holder);
  await holder.end();
  if (others === 0) await endServer(home);
}

async function choosePort({ port, home }: Setting): Promise<number> {
  if (port) return port;
  const last = Number(await readFile(join(home, "port"), "utf8").catch(() => "0"));
  const chosen = await freePort(last).catch(() => freePort(0));
  await writeFile(join(home, "port"), `${chosen}\n`);
  return chosen;
}

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
