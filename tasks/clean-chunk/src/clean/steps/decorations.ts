/** Long runs of one decorative symbol become three of it. */
import type { Editor } from "../editor.js";
import { replaceMatches } from "./matches.js";

/**
 * Rulers, leaders and shouting from four on; symbols that have longer meanings (headings, quoting, escapes) from eight on; rulers that are
 * spaced out. The five dashes of BEGIN and END lines frame keys and signatures and stay.
 */
const RUNS =
  /([=_*~.!?^\u00b7\u2022\u2026\u2012-\u2015\u2500-\u259f\u25a0-\u25ff\u2605\u2606\u2731-\u274b\u3002\u30fb\uff01\uff0a\uff0d\uff0e\uff1d\uff1f\uff3f\uff5e])\1{3,}|-{4,}|([#+<>|/\\:;,'"`@$%&(){}[\]])\2{7,}|(?<!\S)([-=_*~.\u00b7\u2022] )\3{3,}/g;
const KEY_FRAME_BEHIND = /^(?:BEGIN|END) [A-Z]/;
const KEY_FRAME_BEFORE = /[A-Z]$/;

/** Shortens decorations. */
export function decorations(editor: Editor): void {
  replaceMatches(editor, RUNS, ({ 0: run, index, 3: spaced }) => {
    if (run === "-----" && framesKey(editor.text, index)) return null;
    return spaced ? spaced.repeat(3) : run.slice(0, 3);
  });
}

function framesKey(text: string, index: number): boolean {
  return KEY_FRAME_BEHIND.test(text.slice(index + 5, index + 13)) || KEY_FRAME_BEFORE.test(text.slice(index - 1, index));
}
