/** `extends`: one recipe laid over another, so that a user's recipe holds only what differs. */

export type Mapping = Record<string, unknown>;

export const isMapping = (value: unknown): value is Mapping => value !== null && typeof value === "object" && !Array.isArray(value);

/** `own` over `base`: mappings merge, lists and values replace, `false` removes a rule, and a changed setting says who changed it. */
export function mergeSpecs(base: Mapping, own: Mapping, recipeName: string): Mapping {
  const merged: Mapping = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const inherited = base[key];
    if (!isMapping(inherited)) merged[key] = value;
    else if (typeof inherited.because === "string") setOrRemove(merged, key, reasoned(inherited, value, recipeName));
    else merged[key] = isMapping(value) ? mergeSpecs(inherited, value, recipeName) : value;
  }
  return merged;
}

function setOrRemove(target: Mapping, key: string, value: unknown): void {
  if (value === undefined) delete target[key];
  else target[key] = value;
}

/** A setting or rule with a reason, overridden: by a bare value or threshold, by some of its members, or by false. */
function reasoned(base: Mapping & { because?: unknown }, own: unknown, recipeName: string): unknown {
  if (own === false && !("value" in base)) return undefined;
  const main = ["value", "threshold"].find((key) => key in base);
  if (!isMapping(own) && !main) return own; // there is no shorthand for it: the check that follows says what was expected
  const members = isMapping(own) ? own : { [main!]: own };
  const merged = mergeSpecs(base, members, recipeName);
  if ("because" in members) return "source" in members ? merged : without(merged, "source"); // a new reason has no old source
  return { ...merged, because: `${changesOf(base, members, recipeName)} ${base.because}` };
}

function without(mapping: Mapping, key: string): Mapping {
  const { [key]: _, ...rest } = mapping;
  return rest;
}

/** "Recipe mine sets threshold to 20 (inherited: 50)." */
function changesOf(base: Mapping, members: Mapping, recipeName: string): string {
  const changes = Object.entries(members).map(([key, value]) => {
    const name = key === "value" ? "this" : key;
    return isMapping(value) || Array.isArray(value) ? `changes ${name}` : `sets ${name} to ${show(value)} (inherited: ${show(base[key])})`;
  });
  return `Recipe ${recipeName} ${changes.join(", ")}.`;
}

const show = (value: unknown): string => JSON.stringify(value) ?? "nothing";
