/** The recipe's policies for personal data, and one policy for all types where the call asks for it. */
import type { PiiSettings } from "./pii/candidate.js";

export const PII_POLICIES = ["flag", "mask", "tag", "drop"] as const;
export type PiiPolicy = (typeof PII_POLICIES)[number];

/** The settings with every type under that policy; as they are without one. */
export function withPolicy(settings: PiiSettings, policy: PiiPolicy | null): PiiSettings {
  if (policy === null) return settings;
  const types = Object.entries(settings.types).map(([type, values]) => [type, { ...values, policy }]);
  return { ...settings, types: Object.fromEntries(types) as PiiSettings["types"] };
}

/** Whether the text itself changes: then chunks depend on the settings, and are cut from the redacted text. */
export function redacts({ types }: PiiSettings): boolean {
  return Object.values(types).some(({ policy }) => policy === "mask" || policy === "tag");
}
