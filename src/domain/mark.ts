export const markKinds = ['up', 'down', 'saved'] as const;
/** What a person said of a paper. 👍 and 👎 exclude each other; saving is separate. */
export type MarkKind = (typeof markKinds)[number];
