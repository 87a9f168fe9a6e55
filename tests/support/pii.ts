/** Helpers of the PII tests: what the default recipe reports in a text, and numbers with a right check digit. */
import { detectPii, type PiiSpan, type PiiType } from "@pipeline/shared/pii/detect";
import { loadRecipe } from "@pipeline/shared/recipe";

export const SETTINGS = loadRecipe("default").pii;

export function detected(text: string): PiiSpan[] {
  return detectPii(text, SETTINGS);
}

/** Every candidate of one type, also those below the limit: what the low scores are for. */
export function everyOf(type: PiiType, text: string): PiiSpan[] {
  return detectPii(text, { ...SETTINGS, types: { [type]: { ...SETTINGS.types[type]!, min_score: 0 } } });
}

/** The values found of one type, as written. */
export function found(type: PiiType, text: string): string[] {
  return detected(text)
    .filter((span) => span.type === type)
    .map(({ start, end }) => text.slice(start, end));
}

/** The number with its Luhn check digit behind it. */
export function withLuhn(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
}
