import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import type { Matcher } from '../match/matcher.ts';

/** Papers matched between two rests: some ten milliseconds. */
const papersAtOnce = 50;

/**
 * Matches papers in their order, resting every few of them: whoever looks back over the archive must not keep those waiting who press a
 * button meanwhile.
 *
 * @param rest resolves once the others had their turn
 */
export async function matchPatiently(
  matcher: Matcher,
  papers: readonly AnnouncedPaper[],
  rest: () => Promise<void>,
): Promise<Match[]> {
  const matches: Match[] = [];
  for (const [index, paper] of papers.entries()) {
    if (index % papersAtOnce === 0) await rest();
    matches.push(...matcher.match(paper));
  }
  return matches;
}
