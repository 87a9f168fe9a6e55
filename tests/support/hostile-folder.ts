/** A folder of everything that a file system can hold against its reader; each entry says what must become of it. */
import { execFileSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { NASTY } from "./nasty-texts.js";
import { prose } from "./steps.js";

/** What becomes of a document: "kept", a drop's reason or a failure's code; "processed" for kept or dropped, whatever its reason. */
export interface Expected {
  readonly path: Buffer;
  readonly outcome: string;
}

/** Stands in the files that links lead to: what holds it has left the source. */
export const OUTSIDE = "quicksilverwombat";

export interface HostileFolder {
  readonly root: string;
  readonly expected: readonly Expected[];
  close(): void;
}

const PATH_MAX = 4096; // Linux: bytes of a path in one system call, the closing NUL included
const NAME_MAX = 255;
const TEXT_BYTES = 64 * 1024;

/** Names that are legal and that no reader expects; all hold ordinary prose. */
const NAMES: readonly (string | Buffer)[] = [
  Buffer.from([0x80, 0xfe, 0xff]), // no UTF-8
  Buffer.from([0xed, 0xa0, 0x80]), // a lone surrogate's bytes
  "line\nfeed",
  "carriage\rreturn\ttab",
  `quote's "double" \`back\``,
  "back\\slash",
  "-rf --help",
  "--",
  " leading and trailing ",
  "emoji \u{1f469}\u200d\u{1f52c}",
  "\u202egnp.exe\u202c", // shown from right to left
  "\u05e9\u05dc\u05d5\u05dd",
  "caf\u00e9",
  "cafe\u0301",
  "case",
  "CASE",
  "%00%2e%2e%2f",
  "..",
  "...",
  "~",
  "$(touch pwned)",
  "; drop table document; --",
  "<svg onload=document.documentElement.dataset.pwned=1>",
  `"><img src=x onerror="document.documentElement.dataset.pwned='1'">`,
  "=cmd|' calc'!A1",
  "| pipe | *bold* [link](javascript:x)",
  "\u001b[2J\u001b]0;pwned\u0007",
  "\u009b31m",
  "---\nlicense: mit\n---",
  "x".repeat(NAME_MAX - ".txt".length),
  "\u{1f600}".repeat(62),
];

/** Makes the folder below `parent`, which must be there and empty. */
export function hostileFolder(parent: string): HostileFolder {
  const root = join(parent, "input");
  const outside = join(parent, "outside");
  for (const folder of [root, outside, join(root, "short"), join(root, "texts")]) mkdirSync(folder);
  writeFileSync(join(outside, "secret.txt"), `${OUTSIDE} ${prose(1)}`);
  const expected: Expected[] = [];
  const expect = (path: string | Buffer, outcome: string): Buffer => {
    const raw = Buffer.from(path);
    expected.push({ path: raw, outcome });
    return Buffer.concat([Buffer.from(`${root}/`), raw]);
  };
  NAMES.forEach((name, seed) => {
    const fileName = Buffer.concat([Buffer.from(name), Buffer.from(".txt")]);
    writeFileSync(expect(fileName, "kept"), prose(seed));
    writeFileSync(expect(Buffer.concat([Buffer.from("short/"), fileName]), "too_short"), "<b>too short</b>");
  });
  addLinks(root, outside, expect);
  addFolders(root, expect);
  addContents(expect);
  for (const [name, make] of Object.entries(NASTY)) writeFileSync(expect(`texts/${name}.txt`, "processed"), make(TEXT_BYTES));
  const close = addSpecialFiles(root, expect);
  return { root, expected, close };
}

type Expect = (path: string | Buffer, outcome: string) => Buffer;

function addLinks(root: string, outside: string, expect: Expect): void {
  symlinkSync(join(outside, "secret.txt"), expect("link-out.txt", "symlink"));
  symlinkSync("case.txt", expect("link-inside.txt", "symlink"));
  symlinkSync("nowhere", expect("link-dangling.txt", "symlink"));
  symlinkSync("link-itself.txt", expect("link-itself.txt", "symlink"));
  symlinkSync(outside, expect("link-folder.txt", "symlink"));
  symlinkSync(outside, join(root, "folder-out"));
  symlinkSync(root, join(root, "folder-loop"));
  symlinkSync("/", join(root, "folder-root"));
  linkSync(join(root, "case.txt"), expect("hard-link.txt", "kept"));
}

function addFolders(root: string, expect: Expect): void {
  mkdirSync(join(root, "folder.txt"));
  writeFileSync(expect("folder.txt/inside.txt", "kept"), prose(50));
  mkdirSync(join(root, ".hidden"));
  writeFileSync(expect(".hidden/.txt", "kept"), prose(51));
  mkdirSync(join(root, "empty"));
  writeFileSync(expect("UPPER.TXT", "kept"), prose(52));
  writeFileSync(join(root, "not-a-document.md"), prose(53));
  writeFileSync(join(root, "txt"), prose(53));
  mkdirSync(join(root, "closed"));
  writeFileSync(join(root, "closed/never-seen.txt"), prose(54));
  expect("closed", "unreadable_folder");
  chmodSync(join(root, "closed"), 0);
  addDeepFolders(root, expect);
}

/** A chain of folders to beyond PATH_MAX: made step by step, since no path reaches the end in one call. */
function addDeepFolders(root: string, expect: Expect): void {
  const before = process.cwd();
  const name = "d".repeat(200);
  process.chdir(root);
  let path = "";
  for (let isReachable = true; isReachable; ) {
    mkdirSync(name);
    process.chdir(name);
    path += `${name}/`;
    const deepest = `${root}/${path}`.length;
    isReachable = deepest < PATH_MAX;
    const file = `${path}a.txt`;
    writeFileSync("a.txt", prose(60));
    if (isReachable) expect(file, `${root}/${file}`.length < PATH_MAX ? "kept" : "name_too_long");
    else expect(path.slice(0, -1), "unreadable_folder");
  }
  process.chdir(before);
}

function addContents(expect: Expect): void {
  writeFileSync(expect("empty.txt", "empty"), "");
  truncateSync(create(expect("sparse.txt", "too_large")), 3 * 1024 ** 3);
  truncateSync(create(expect("endless.txt", "too_large")), 2 ** 43);
  writeFileSync(expect("nul.txt", "binary"), Buffer.alloc(5000));
  writeFileSync(expect("line.txt", "processed"), NASTY["prose on one line"]!(1024 * 1024));
  const words = Array.from({ length: 400 }, (_, n) => "ab".repeat(1500) + n); // a tsvector takes no word above 2,046 bytes
  writeFileSync(expect("words.txt", "processed"), `${prose(70)} ${words.join(" ")} ${prose(71)}`);
  writeFileSync(expect("scripts.txt", "kept"), `${prose(72)}\n<script>document.documentElement.dataset.pwned = 1</script>\n${prose(73)}`);
  writeFileSync(expect("formulas.txt", "kept"), `=1+1\n${prose(74)}\n@SUM(1)\n+2\n-3\t=HYPERLINK("http://x")\n${prose(75)}`);
  writeFileSync(expect("json.txt", "kept"), `${prose(76)} \\u0000 \u0000 {"a": "\\ud800"} \u2028 '); drop table chunk; -- ${prose(77)}`);
  writeFileSync(expect("escapes.txt", "kept"), `${prose(78)} \u001b[2J\u001b]0;pwned\u0007\u009b31m \u202e${prose(79)}`);
  chmodSync(create(expect("unreadable.txt", "unreadable")), 0);
}

function create(path: Buffer): Buffer {
  writeFileSync(path, "");
  return path;
}

/** A pipe, a socket and, as root, a device: opening the first waits for ever, reading the last never ends. */
function addSpecialFiles(root: string, expect: Expect): () => void {
  execFileSync("mkfifo", [expect("pipe.txt", "not_a_file").toString()]);
  const server: Server = createServer();
  const socket = expect("socket.txt", "not_a_file").toString();
  // A socket's path may be 107 bytes long at most.
  const before = process.cwd();
  process.chdir(root);
  server.listen("socket.txt");
  process.chdir(before);
  if (process.getuid?.() === 0) execFileSync("mknod", [expect("device.txt", "not_a_file").toString(), "c", "1", "5"]);
  return () => void server.close(() => socket);
}
