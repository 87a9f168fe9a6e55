/** Good prose under every kind of name that a Linux file system allows: a name is bytes, and only / and NUL are not among them. */
import { passage } from "../phrases.js";
import { kept, type Planted, plant } from "../planted.js";
import { randomOf } from "../random.js";

const LONGEST = 255; // bytes, the limit of ext4, xfs, btrfs and apfs

const NAMES: readonly (string | Buffer)[] = [
  "with blank.txt",
  " leading blank.txt",
  "trailing blank .txt",
  "double  blank.txt",
  "-rf.txt",
  "--help.txt",
  "quote'single.txt",
  'quote"double.txt',
  "back\\slash.txt",
  "back`tick`.txt",
  "$(dollar).txt",
  "star*and?mark.txt",
  "semi;colon&and|pipe.txt",
  "percent%41and%zz.txt",
  "hash#tag.txt",
  "plus+and=equals.txt",
  "comma,separated.txt",
  "brackets[0-9]{a,b}.txt",
  "angle<b>brackets</b>.txt",
  "=cmd|' is a formula'!A0.txt",
  "line\nfeed.txt",
  "carriage\rreturn.txt",
  "tab\tstop.txt",
  "bell\u0007.txt",
  "escape\u001b[31m.txt",
  "ünïcödé.txt",
  "имя файла.txt",
  "文書の名前.txt",
  "نام پرونده.txt",
  "family 👩\u200d👩\u200d👧.txt",
  "turned\u202etxt.exe.txt",
  "two.dots..in.a.row.txt",
  "no-extension.but.txt.txt",
  `${"long".repeat(70).slice(0, LONGEST - 4)}.txt`,
  `${"ü".repeat(125)}.txt`,
  Buffer.from("latin-1-caf\xe9.txt", "latin1"),
  Buffer.from("stray-\xff\xfe-bytes.txt", "latin1"),
  Buffer.from([...Buffer.from("sjis-"), 0x93, 0xfa, 0x96, 0x7b, ...Buffer.from(".txt")]),
  `${Array.from({ length: 20 }, (_, depth) => `level-${depth + 1}`).join("/")}/deep.txt`,
  "a folder.txt/inside.txt",
];

/** Names under file-names/. */
export function plantFileNames(): Planted[] {
  return NAMES.map((name, index) => {
    const path = Buffer.concat([Buffer.from("file-names/"), Buffer.from(name as string)]);
    return plant(path, `${passage(randomOf(`file-name/${index}`), 12)}\n`, kept("file_name"));
  });
}
