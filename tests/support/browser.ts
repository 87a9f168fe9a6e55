/** A page in a real browser: what its document is after every script that it could run has run. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The command of a browser that is installed here; null without one. */
export const browser = BROWSERS.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0) ?? null;

/** Opens the page without a network, waits until it is loaded, and gives its document as markup. */
export function documentIn(command: string, page: string): string {
  const folder = mkdtempSync(join(tmpdir(), "browser-"));
  try {
    writeFileSync(join(folder, "page.html"), page);
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"];
    const own = [`--user-data-dir=${join(folder, "profile")}`, "--virtual-time-budget=2000", "--dump-dom", `file://${folder}/page.html`];
    const { status, stdout, stderr } = spawnSync(command, [...flags, ...own], { encoding: "utf8", maxBuffer: 2 ** 28, timeout: 60_000 });
    if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
