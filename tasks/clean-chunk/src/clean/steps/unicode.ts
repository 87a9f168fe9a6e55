/** Characters that can be written in several ways get one: NFC, NFKC, or NFC with a few compatibility characters spelled out. */
import type { Recipe } from "@pipeline/shared/recipe";
import { classOf, KIND, MARK } from "@pipeline/shared/text/character-classes";
import { replaceMatches, type Step } from "./matches.js";

export type UnicodeForm = Recipe["clean"]["unicode"];

/** Below these every character is in its normal form already. */
const MAY_CHANGE: Readonly<Record<UnicodeForm, RegExp>> = {
  nfc: /[\u0300-\uffff]/,
  compat: /[\u0300-\uffff]/,
  nfkc: /[\xa0-\uffff]/,
  none: /(?!)/,
};
/** Words, and pieces of those that go on without a space; never cut before what may join the letter in front: marks, vowels of hangul. */
const WORDS = /[^\n\t ]{1,64}[\p{M}\u1160-\u11ff\u3131-\u318e\uff9e-\uffdc\u{16d67}\u{16d68}]*/gu;
/** Ligatures of Latin and Armenian, full-width ASCII, half-width kana and hangul: spelling of typesetters, not of writers. */
const COMPATIBLE = /[\ufb00-\ufb06\ufb13-\ufb17\uff01-\uff5e\uff61-\uffdc]+/g;

/** The step for a form. Words are compared one by one, so that an edit is no longer than its word. */
export function unicode(form: UnicodeForm): Step {
  return (editor) => {
    if (!MAY_CHANGE[form].test(editor.text)) return;
    if (!hasEndlessMarks(editor.text) && normalized(editor.text, form) === editor.text) return;
    replaceMatches(editor, WORDS, ([word]) => {
      if (hasEndlessMarks(word)) return null; // sorting marks takes quadratic time, and no language writes dozens on one letter
      const tidied = normalized(word, form);
      return tidied === word ? null : tidied;
    });
  };
}

function normalized(text: string, form: UnicodeForm): string {
  if (form === "none") return text;
  if (form === "nfkc") return text.normalize("NFKC");
  const composed = text.normalize("NFC");
  return form === "nfc" ? composed : composed.replace(COMPATIBLE, (found) => found.normalize("NFKC"));
}

const STRIDE = 32;
const MARKS = /^\p{M}+$/u;

/** Whether any two places at this distance have nothing but marks between them. */
function hasEndlessMarks(text: string): boolean {
  for (let index = 0; index + STRIDE <= text.length; index += STRIDE)
    if ((classOf(text.charCodeAt(index)) & KIND) === MARK && MARKS.test(text.slice(index, index + STRIDE))) return true;
  return false;
}
