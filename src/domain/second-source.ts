import type { Listing } from './listing.ts';
import type { Paper } from './paper.ts';

/** What tells of a day besides its page. Both throw AppError where it cannot be reached or read. */
export type SecondSource = {
  /** The feed of an archive, as it is now: `complete: false` where it is full, so that it may be cut. */
  readFeed(archive: string, signal?: AbortSignal): Promise<Listing>;
  /** At most 100 papers by id; those that the source does not know (yet) are left out. */
  readPapers(ids: readonly string[], signal?: AbortSignal): Promise<readonly Paper[]>;
};
