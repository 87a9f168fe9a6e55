/** Whether a text is source code, or holds a block of it: then indentation and lines of brackets mean something. */
import { tableOf } from "../unit-table.js";

/** Shapes that a trimmed line of prose hardly ever has, all told from its start: asked one by one at every place of a line they take ten times as long. */
const SHAPES: readonly RegExp[] = [
  /^(?:#(?:include|define|if|endif|import|pragma)\b|#!\/|<\?php|\/\*\*?$)/, // directives
  /^[{}()[\];,]+$|^\}/, // brackets alone, or closing before more
  /^(?:(?:export|declare|public|private|protected|static|async|final|pub)\s)*(?:def|class|function|interface|struct|enum|impl|fn|func|sub|module|namespace|trait)\s[\w$.:<]+.*[:{;(,=)]$/,
  /^(?:if|elif|for|while|with|except|switch|case|catch)\b.*(?:\)|\w|['"\]])\s?(?::|\bthen|\bdo)$|^(?:else|try|finally)\s?:$/, // Python, shells
  /^(?:done|fi|esac)\b(?:$|\s*[;&|<>)].*$)/,
  /^(?:import|from|use|using|require|package|return|throw|raise|const|let|var|my|our|readonly|private|public|static|extern|struct|void|char|bool|int|float|double|long|unsigned|u?int\d+_t|size_t)\s.*[;(]$/,
  /^(?:from\s[\w.]+\simport\s|import\s[\w.]+(?:\sas\s\w+)?$|(?:import|export)\s.*\sfrom\s['"])/,
  /^(?:CREATE|ALTER|DROP|GRANT|REVOKE|INSERT INTO|SELECT|UPDATE|DELETE FROM)\s.*[;(,]$/,
  /^[\w$.>:@-]+\((?:.*[\w"'\])}])?\)\s?[;{,:]?$/, // calls
  /^[\w$.>@*-]+(?:\[[^\]]*\])?\s+(?:[-+*/%|&^.?]|\|\||&&|:)?=\s\S|^(?:export\s)?[A-Za-z_]\w*=["'$(/]/, // assignments
  /^[\w$]+(?:(?:\.|->|::)\w+)*\(.*;$/, // statements
  /^["'][\w$ -]+["']\s?:\s.*[{[,\d"'\]}el]$|^[a-z_$][\w$]*\??:\s.*[;,{[(]$/, // members of objects
  /^(?:- )?[a-z_][\w./-]*:(?:\s[^\s;].*)?$/, // YAML
];
const CODE_LINE = new RegExp(SHAPES.map(({ source }) => source).join("|"));
/** Something opens, or goes on. */
const CODE_END = /[\w)\]'"]\s?\{$|[\w)>=,(]\s?[([]$|=>$|\\$|;\s?(?:then|do)$/;
const LONGEST_CODE_END = 6;
const ASSIGNMENT = /=.*;$/;
const OPENS = /[:{(]$|\b(?:do|then|else)$/;
const FENCE_START = /^ {0,3}```[\w+-]*$/m;
const FENCE_END = /^ {0,3}```$/m;
const COMMENT = /^(?:\/\/|\/\*|\*|#|--|<!--)/;
const LONGEST_LINE = 400;
const MIN_LINES = 3;
const BLOCK_SHARE = 0.6;
const DOCUMENT_SHARE = 0.35;
const FLAT_LINES = 8; // code without any indentation must be longer, and
const FLAT_SHARE = 0.6; // purer

const PATCH = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/m;

/** True when much of the text has the shape of code, or most of some stretch without a blank line, or when it fences code in or is a patch. */
export function looksLikeCode(text: string): boolean {
  if (hasFence(text) || (text.includes("@@ -") && PATCH.test(text))) return true;
  const document = new Stretch();
  let block = new Stretch();
  let equals = text.indexOf("=");
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (end === start) {
      if (block.isCode(BLOCK_SHARE)) return true;
      document.add(block);
      block = new Stretch();
    } else {
      if (equals >= 0 && equals < start) equals = text.indexOf("=", start);
      block.addLine(text, start, end, equals >= 0 && equals < end);
    }
    start = end + 1;
  }
  document.add(block);
  return block.isCode(BLOCK_SHARE) || document.isCode(DOCUMENT_SHARE);
}

function hasFence(text: string): boolean {
  const start = text.includes("```") ? FENCE_START.exec(text) : null;
  return start !== null && FENCE_END.test(text.slice(start.index + start[0].length));
}

/** Some lines of a text: how many there are, comments left out, and how many of them have the shape of code. */
class Stretch {
  #lines = 0;
  #code = 0;
  #indented = 0;
  /** How far the last line that opened a body is set in. */
  #openedAt = Number.POSITIVE_INFINITY;

  addLine(text: string, start: number, end: number, hasEquals: boolean): void {
    this.#lines++;
    if (end - start > LONGEST_LINE || !(hasEquals || MAY_END_CODE[text.charCodeAt(end - 1)] || MAY_START_CODE[text.charCodeAt(start)]))
      return;
    const line = text.slice(start, end).trim();
    const indent = text.slice(start, end).search(/\S/);
    if (isCodeLine(line)) {
      this.#code++;
      if (indent > 0) this.#indented++;
      if (OPENS.test(line)) this.#openedAt = indent;
    } else if (indent > this.#openedAt) {
      this.#code++; // "return a" below "def add(a, b):": what is set further in than the line that opened is its body
      this.#indented++;
    } else if (line === "" || COMMENT.test(line)) this.#lines--;
    else this.#openedAt = Number.POSITIVE_INFINITY;
  }

  add(other: Stretch): void {
    this.#lines += other.#lines;
    this.#code += other.#code;
    this.#indented += other.#indented;
  }

  isCode(share: number): boolean {
    if (this.#indented === 0) return this.#code >= FLAT_LINES && this.#code >= this.#lines * FLAT_SHARE;
    return this.#code >= MIN_LINES && this.#code >= this.#lines * share;
  }
}

function isCodeLine(line: string): boolean {
  return CODE_LINE.test(line) || CODE_END.test(line.slice(-LONGEST_CODE_END)) || (line.endsWith(";") && ASSIGNMENT.test(line));
}

/** Looked up by character code before a regular expression is asked: most lines of prose end here. */
const MAY_END_CODE = tableOf("{}()[];,:=>\\\"'*/");
const MAY_START_CODE = tableOf("#*/-<}]\tifde ");
