/** A file system of few bytes, for programs that must meet its end. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

export interface SmallDisk {
  readonly path: string;
  /** Gives it room for everything. */
  grow(): void;
  close(): void;
}

/** Mounts one on the folder `path`, which is made. Null, and why on standard output, where this account may not mount: only root may. */
export function smallDisk(path: string, bytes: number): SmallDisk | null {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes},mode=755`, "small-disk", path], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    console.log(`    no small disk can be mounted here: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
    return null;
  }
  return {
    path,
    grow: () => void execFileSync("mount", ["-o", "remount,size=1g", path]),
    close: () => void execFileSync("umount", ["--lazy", path]),
  };
}
