/** So many segments of a size become one. More: each document is written fewer times, and a search looks into more segments. */
const factor = 8;
/** Segments of so many documents and more stay as they are: a merge is one transaction, of a second at most. */
const largest = 30_000;

/**
 * How many segments at the end are to be merged into one, 0 or 2 and more.
 *
 * @param sizes documents of each segment, in the order in which they were put
 */
export function segmentsToMerge(sizes: readonly number[]): number {
  let planned = 0;
  let rest = [...sizes];
  for (let tier = 0; factor ** tier < largest; tier += 1) {
    const larger = rest.findLastIndex((size) => tierOf(size) > tier || size >= largest);
    const run = rest.slice(larger + 1);
    if (run.filter((size) => tierOf(size) === tier).length < factor) continue;
    // What the merged one is may be one too many of the next size: then they are merged at once.
    rest = [...rest.slice(0, larger + 1), run.reduce((sum, size) => sum + size, 0)];
    planned = sizes.length - larger - 1;
  }
  return planned;
}

/** 0 below 8 documents, 1 below 64, and so on. */
function tierOf(size: number): number {
  return Math.floor(Math.log(Math.max(1, size)) / Math.log(factor) + 1e-9);
}
