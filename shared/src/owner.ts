/** A process to a name that survives it: by the name anyone can later tell whether that very process is gone, and clear up after it. */
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * "<machine>.<pid>.<start>": a process id alone is given to another process sooner or later, and in containers every program is number 1.
 * The machine is this boot of this kernel and the name space in which the id means something; the start is counted since boot.
 */
export function ownerName(pid = process.pid): string {
  return `${MACHINE}.${pid}.${startOf(pid) ?? 0}`;
}

/** True when the process of that name has certainly ended; false when it lives, or lives where we cannot see it. */
export function hasEnded(name: string): boolean {
  const [machine, pid, start] = name.split(".");
  return machine === MACHINE && start !== (startOf(Number(pid)) ?? "");
}

/** True when the process of that name certainly lives. */
export function isAlive(name: string): boolean {
  return name.split(".")[0] === MACHINE && !hasEnded(name);
}

const MACHINE = machineName();

function machineName(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim().replaceAll("-", "");
    return `${boot}${readlinkSync("/proc/self/ns/pid").replace(/\D/g, "")}`;
  } catch {
    return hostname().replace(/[^A-Za-z0-9]/g, ""); // no Linux
  }
}

/** When it started, in clock ticks since boot; "0" where only its being there can be told; null when there is no such process. */
function startOf(pid: number): string | null {
  try {
    // The second field is the program's name in parentheses and may hold anything; field 22 is the start, field 3 the state.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? null : fields[19]!; // a zombie has ended, only its parent has not asked yet
  } catch {
    return existsWithoutProc(pid) ? "0" : null;
  }
}

function existsWithoutProc(pid: number): boolean {
  if (process.platform === "linux") return false;
  try {
    return process.kill(pid, 0); // signal 0 only asks whether the process is there
  } catch {
    return false;
  }
}
