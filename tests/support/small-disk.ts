/** A file system of few bytes, for programs that must meet its end. */
import { execFileSync } from "node:child_process";
import { mkdirSync, statfsSync } from "node:fs";

export interface SmallDisk {
  readonly path: string;
  /** Takes all room but so many bytes. */
  leave(bytes: number): void;
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
  const resize = (size: string): void => void execFileSync("mount", ["-o", `remount,size=${size}`, path]);
  return {
    path,
    leave(free) {
      const { blocks, bfree, bsize } = statfsSync(path);
      resize(String((blocks - bfree) * bsize + free));
    },
    grow: () => resize("1g"),
    close: () => void execFileSync("umount", ["--lazy", path]),
  };
}
