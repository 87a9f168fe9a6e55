/** The types of personal data that are looked for. A further type is one file and one line here, and one member in the recipe. */
import type { Detector } from "./candidate.js";
import { creditCard } from "./credit-card.js";
import { email } from "./email.js";

export const DETECTORS: readonly Detector[] = [creditCard, email];
