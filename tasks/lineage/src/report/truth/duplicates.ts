/** Planted groups of copies against the marks that the dataset's step has set. */
import type { Truth } from "@pipeline/shared/truth";
import type { DuplicateComplaint } from "./check-file.js";

/** Document id of a planted path; null where the run has none. */
type IdOf = (path: string) => string | null;

/** Says of each file what is wrong with its mark: all of a group but one must be marked as copies of that one, all others as none. */
export function duplicateComplaints(truths: readonly Truth[], idOf: IdOf, duplicateOf: ReadonlyMap<string, string>): DuplicateComplaint {
  const groups = new Map<string, string[]>();
  for (const { path, duplicate } of truths) {
    const id = idOf(path);
    if (duplicate && id) groups.set(duplicate.group, [...(groups.get(duplicate.group) ?? []), id]);
  }
  return ({ path, duplicate }) => {
    const id = idOf(path);
    if (!id || duplicate === undefined) return null;
    const mark = duplicateOf.get(id);
    if (duplicate === null) return mark ? "called a duplicate, planted as none" : null;
    const [keeper, ...others] = groups.get(duplicate.group)!.filter((member) => !duplicateOf.has(member));
    if (!keeper) return "nobody of its group was kept";
    if (others.includes(id)) return "not found to be a duplicate of its group";
    return mark && mark !== keeper ? "called a duplicate of a document outside its group" : null;
  };
}
