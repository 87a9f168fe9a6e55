/** The order of the cleaning steps: a text and a recipe's settings give the cleaned text, the way back, and what was done. */
import { leaveText } from "@pipeline/shared/garbage";
import type { Recipe } from "@pipeline/shared/recipe";
import { looksLikeCode } from "./code.js";
import { type EditMap, Editor } from "./editor.js";
import { isHtml } from "./html/is-html.js";
import { renderHtml } from "./html/render-html.js";
import { alphanumericCount } from "./letters.js";
import { blankLines } from "./steps/blank-lines.js";
import { controlCharacters } from "./steps/control-characters.js";
import { decorations } from "./steps/decorations.js";
import { htmlEntities } from "./steps/html-entities.js";
import { lineEnds } from "./steps/line-ends.js";
import { boilerplateLines, symbolLines } from "./steps/lines.js";
import { listItems } from "./steps/list-items.js";
import type { Step } from "./steps/matches.js";
import { mojibake } from "./steps/mojibake.js";
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
  const decisions = given ? runGiven(work, settings, given) : decideAndRun(work, settings);
  return { text: work.text, maps: work.maps, counts: work.counts, decisions, removed: work.removed };
}

function runGiven(work: Work, settings: CleanSettings, given: Decisions): Decisions {
  work.run("line_ends", lineEnds);
  if (given.html) work.run("html", renderHtml);
  characterSteps(work, settings, given);
  lineSteps(work, settings, given.code);
  return given;
}

/**
 * Again until nothing more is to be decided, so that cleaning the result changes nothing: the text of a page may be the source of another
 * one, escaped markup becomes markup, and code may stop looking like code. Most documents take one turn.
 */
function decideAndRun(work: Work, settings: CleanSettings): Decisions {
  const isPage = () => settings.steps.html && isHtml(work.text);
  let html = false;
  work.run("line_ends", lineEnds);
  for (let turn = 1; ; turn++) {
    const rendered = isPage() && work.run("html", renderHtml);
    html ||= rendered;
    let code = looksLikeCode(work.text);
    if (characterSteps(work, settings, { html: rendered, code })) {
      const wasCode = code;
      code = looksLikeCode(work.text);
      // what code keeps, such as some entities, is undone in a text
      if (wasCode && !code && characterSteps(work, settings, { html: rendered, code })) code = looksLikeCode(work.text);
    }
    lineSteps(work, settings, code);
    const isSettled = !isPage() && (!code || looksLikeCode(work.text));
    if (isSettled || turn === MAX_TURNS) return { html, code };
  }
}

const MAX_TURNS = 8; // a bound for hostile nesting: every turn takes a layer of markup off

/**
 * Steps that can undo each other's work run again: an entity may stand for a control character, and a control may have split an entity.
 * Tells whether anything changed.
 */
function characterSteps(work: Work, settings: CleanSettings, { html, code }: Decisions): boolean {
  const entitiesStep = htmlEntities({ isCode: code && !html, isPage: html });
  const unicodeStep = unicode(settings.unicode);
  const before = work.text;
  for (let again = true; again; ) {
    // text may have been misread twice, and what one control hid or parted, the next look sees
    while (work.run("mojibake", mojibake) || work.run("control_characters", controlCharacters));
    const changed = work.runAlways("unicode", unicodeStep);
    const decoded = work.run("html_entities", entitiesStep);
    if (decoded) work.run("line_ends", lineEnds);
    again = decoded || (changed && (settings.unicode !== "nfc" || work.run("mojibake", mojibake)));
  }
  return work.text !== before;
}

function lineSteps(work: Work, settings: CleanSettings, isCode: boolean): void {
  work.run("spaces", spaces(isCode));
  if (!isCode) {
    work.run("symbol_lines", symbolLines);
    work.run("decorations", decorations);
  }
  work.runAlways(
    "boilerplate_lines",
    boilerplateLines(settings.boilerplate_lines, (line) => (work.removed += alphanumericCount(line))),
  );
  work.run("blank_lines", blankLines);
  if (!isCode) work.run("spaces", listItems);
  work.trim();
}

/** The text on its way through the steps. */
class Work {
  text: string;
  removed = 0;
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
    leaveText(editor.text.length);
    return editor.count;
  }
}
