/** The shape of a cleaning step, and the loop that most of them share. */
import type { Editor } from "../editor.js";

/** Reads `editor.text` and notes what to replace. */
export type Step = (editor: Editor) => void;

/** Replaces every match of a global expression by what `replacementOf` gives for it; null leaves the match as it is. */
export function replaceMatches(editor: Editor, pattern: RegExp, replacementOf: (match: RegExpExecArray) => string | null): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(editor.text); match !== null; match = pattern.exec(editor.text)) {
    const replacement = replacementOf(match);
    if (replacement !== null) editor.replace(match.index, match.index + match[0].length, replacement);
  }
}
