/** Steps that judge whole lines: those without a letter or digit, and those that a recipe lists as boilerplate. */
import type { Editor } from "../editor.js";
import type { Step } from "./matches.js";

/** Rulers, bullets, boxes, stars: what lines of decoration are made of. Ideographic and mathematical signs are not among it. */
const SYMBOL_LINE =
  /^[\t !-/:-@[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2122\u2500-\u25ff\u2605\u2606\u2610-\u2612\u2713-\u2718\u271a-\u274b\u3000-\u3003\u3008-\u301f\u3030\u30fb\ufe0f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufffd]+$/;
/** Lines of symbols that speak: brackets of code or formulas, a fence, a table's border between columns, or a speaker who only asks or wonders. */
const MEANINGFUL: readonly RegExp[] = [
  /^[\s()[\]{};,]{1,8}$/,
  /^(?:\$\$|\\[[\]]|```+|~~~+|\/\*+|\*+\/|<!--|-->)$/,
  /^\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/,
  /^[\s"'\u2018-\u201f\u00ab\u00bb\u2039\u203a()[\]\u3008-\u3011\u2013-\u2015\u2500-]{0,3}[.?!\u00bf\u00a1\u2026\u203c\u203d\u2047-\u2049\u3002\u3001\uff01\uff1f\uff0c\u2014\u30fb]{1,6}[\s"'\u2018-\u201f\u00ab\u00bb\u2039\u203a()[\]\u3008-\u3011\u2013-\u2015\u2500.]{0,3}$/,
  /^[\u2605\u2606]{3,5}$/, // four stars of five
];

/** Empties lines of decoration; the empty line keeps the paragraphs around it apart. */
export function symbolLines(editor: Editor): void {
  eachLine(editor.text, (start, end) => {
    if (!maySymbolLine(editor.text, start, end)) return;
    const line = editor.text.slice(start, end);
    if (SYMBOL_LINE.test(line) && !MEANINGFUL.some((pattern) => pattern.test(line))) editor.replace(start, end, "");
  });
}

/** Lines of text mostly start or end with a letter or digit. */
function maySymbolLine(text: string, start: number, end: number): boolean {
  return end > start && !isAsciiWord(text.charCodeAt(start)) && !isAsciiWord(text.charCodeAt(end - 1));
}

const isAsciiWord = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);

/** The step that empties lines which, trimmed, are in the list; `onRemoved` is told each of them. */
export function boilerplateLines(listed: readonly string[], onRemoved: (line: string) => void): Step {
  const wanted = new Set(listed.map((line) => line.trim()));
  return (editor) => {
    if (wanted.size === 0) return;
    eachLine(editor.text, (start, end) => {
      const line = editor.text.slice(start, end).trim();
      if (!wanted.has(line) || line === "") return;
      editor.replace(start, end, "");
      onRemoved(line);
    });
  };
}

function eachLine(text: string, visit: (start: number, end: number) => void): void {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    visit(start, end);
    start = end + 1;
  }
}
