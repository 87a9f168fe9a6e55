/** The order of the cleaning steps: a text and a recipe's settings give the cleaned text, the way back, and what was done. */
import type { Recipe } from "@pipeline/shared/recipe";
import { type EditMap, Editor } from "./editor.js";
import { blankLines } from "./steps/blank-lines.js";
import { controlCharacters } from "./steps/control-characters.js";
import { lineEnds } from "./steps/line-ends.js";
import type { Step } from "./steps/matches.js";
import { spaces } from "./steps/spaces.js";
import { unicode } from "./steps/unicode.js";

export type CleanSettings = Recipe["clean"];

/** What is decided once for a whole document. */
export interface Decisions {
  readonly html: boolean;
  readonly code: boolean;
}

export interface Outcome {
  readonly text: string;
  /** One per step that changed something, in the order of the steps. */
  readonly maps: readonly EditMap[];
  readonly counts: Readonly<Record<string, number>>;
  readonly decisions: Decisions;
  /** Letters and digits that line rules removed. */
  readonly removed: number;
}

/** Runs all steps that the recipe has switched on. With `given` decisions nothing is decided anew: so a part is cleaned as its document was. */
export function runSteps(text: string, settings: CleanSettings, given?: Decisions): Outcome {
  const work = new Work(text, settings);
  const decisions = given ?? { html: false, code: false };
  work.run("line_ends", lineEnds);
  work.run("control_characters", controlCharacters);
  work.runAlways("unicode", unicode(settings.unicode));
  work.run("spaces", spaces(decisions.code));
  work.run("blank_lines", blankLines);
  work.trim();
  return { text: work.text, maps: work.maps, counts: work.counts, decisions, removed: 0 };
}

/** The text on its way through the steps. */
class Work {
  text: string;
  readonly maps: EditMap[] = [];
  readonly counts: Record<string, number> = {};
  readonly #settings: CleanSettings;

  constructor(text: string, settings: CleanSettings) {
    this.text = text;
    this.#settings = settings;
  }

  run(name: keyof CleanSettings["steps"], step: Step): boolean {
    return this.#settings.steps[name] && this.runAlways(name, step);
  }

  /** Whether the step changed anything. */
  runAlways(name: string, step: Step): boolean {
    const count = this.#apply(step);
    if (count > 0) this.counts[name] = (this.counts[name] ?? 0) + count;
    return count > 0;
  }

  /** White space around the document belongs to no one; it is not counted as an edit. */
  trim(): void {
    this.#apply((editor) => {
      const { text } = editor;
      const start = text.length - text.trimStart().length;
      const end = Math.max(start, text.trimEnd().length);
      if (start > 0) editor.replace(0, start, "");
      if (end < text.length) editor.replace(end, text.length, "");
    });
  }

  #apply(step: Step): number {
    const editor = new Editor(this.text);
    step(editor);
    const map = editor.map();
    if (map === null) return 0;
    this.text = editor.result();
    this.maps.push(map);
    return editor.count;
  }
}
