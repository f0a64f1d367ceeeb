import { canonicalCategory } from './category-alias.ts';

/**
 * The category that a record's set names: `cs.DC` for `cs:cs:DC`, `hep-th` for `physics:hep-th` (a set of two parts is an archive that is
 * a category, now or when the paper came). Null for a whole group, such as `math`.
 */
export function categoryOfSet(set: string): string | null {
  const [, archive, below] = set.split(':');
  if (archive === undefined) return null;
  return canonicalCategory(below === undefined ? archive : `${archive}.${below}`);
}

/** The archive or category whose papers are asked for with a set. The group `physics` is larger than its archive: `grp_physics`, as arXiv calls it. */
export function archiveOfSet(set: string): string {
  return categoryOfSet(set) ?? (set === 'physics' ? 'grp_physics' : set);
}
