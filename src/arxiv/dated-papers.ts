import { announcedPapers } from '../domain/listing.ts';
import type { Listing } from '../domain/listing.ts';
import type { DatedPaper } from '../domain/ports.ts';
import { announcementOfSubmission } from './calendar.ts';

/**
 * The papers of an answer of the API or OAI-PMH, each with the day of its announcement as the first version's submission lets expect it:
 * arXiv tells no other, and may have held a paper back. Without that, the day of the answer.
 *
 * @param holidays ISO dates without an announcement
 */
export function datedPapers(
  { listing, submitted }: { readonly listing: Listing; readonly submitted: ReadonlyMap<string, number> },
  holidays: readonly string[],
): DatedPaper[] {
  return announcedPapers(listing).map(({ paper }) => {
    const submittedAt = submitted.get(paper.id);
    const announced = submittedAt === undefined ? listing.date : announcementOfSubmission(submittedAt, holidays);
    return { paper, announced };
  });
}
