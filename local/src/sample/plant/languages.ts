/** The Universal Declaration of Human Rights in every translation there is: a rule that is unfair to a script shows here. */
import { kept, type Planted, plant } from "../planted.js";
import { declarations } from "../sources.js";

const WHOLE_TRANSLATION = 1500; // characters; four translations are a sentence or two, for which `too_short` is a fair verdict

/** 532 translations under languages/. */
export function plantLanguages(): Planted[] {
  return declarations().map(({ name, text, language }) =>
    text.length >= WHOLE_TRANSLATION
      ? plant(`languages/${name}.txt`, text, kept("language", { language }))
      : plant(`languages/${name}.txt`, text, kept("short_language", { verdict: "any", language })),
  );
}
