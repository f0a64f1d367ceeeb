import { AppError, messageOf } from '../lib/errors.ts';
import type { OaiPage } from './parse-oai.ts';
import { archives } from './taxonomy.ts';

/** Papers of a category by the day of their last change: ISO dates, both inclusive, UTC. */
export type OaiRequest = { readonly category: string; readonly from: string; readonly until: string };

/** Where a harvest goes on: the window that begins on `from`, at the page that `token` names (null: its first). */
export type OaiPlace = {
  readonly from: string;
  readonly token: string | null;
  /** Epoch milliseconds from which arXiv does not take the token any more; null where it did not say. */
  readonly expiresAt: number | null;
};

export type OaiStep = { readonly page: OaiPage; readonly next: OaiPlace };

const daysOfAWindow = 31;
const triesOfAWindow = 3;

/**
 * All papers of a category that changed in a span of days, harvested by OAI-PMH window by window. A token that arXiv does not take any more
 * (they end at midnight, UTC) begins its window again: papers come twice then, and none is missing.
 *
 * @param place where an earlier harvest stopped; null for the beginning
 * @param deps.readPage asks for a path of OAI-PMH
 * @throws AppError('arxiv-unavailable') where a window's tokens are refused again and again
 */
export async function* harvestOai(
  { category, from, until }: OaiRequest,
  place: OaiPlace | null,
  deps: { readonly readPage: (path: string) => Promise<OaiPage>; readonly now: () => number },
): AsyncGenerator<OaiStep> {
  const set = setOf(category);
  let at: OaiPlace = place ?? { from, token: null, expiresAt: null };
  let tries = 0;
  while (at.from <= until) {
    const end = earlier(plusDays(at.from, daysOfAWindow - 1), until);
    const { token } = at;
    if (token !== null && at.expiresAt !== null && at.expiresAt <= deps.now()) {
      at = { from: at.from, token: null, expiresAt: null };
      continue;
    }
    let page: OaiPage;
    try {
      page = await deps.readPage(token === null ? firstPath(set, at.from, end) : nextPath(token));
    } catch (error) {
      if (token === null || !isTokenRefused(error)) throw error;
      tries += 1;
      if (tries >= triesOfAWindow) throw refused(category, at.from, error);
      at = { from: at.from, token: null, expiresAt: null };
      continue;
    }
    const { resumptionToken } = page;
    if (resumptionToken !== null && resumptionToken.token === token)
      throw refused(category, at.from, 'a page leads to itself');
    if (resumptionToken === null) tries = 0;
    at =
      resumptionToken === null
        ? { from: plusDays(end, 1), token: null, expiresAt: null }
        : { from: at.from, ...resumptionToken };
    yield { page, next: at };
  }
}

/** The set of a category or an archive: `cs:cs:DC`, `physics:hep-th`, `cs:cs`. The set `physics` would be a group of archives. */
function setOf(category: string): string {
  const [archive = '', ...below] = category.split('.');
  const group = (archives.get(archive)?.group ?? archive).replace(/^grp_/, '');
  return [group, archive, ...below].join(':');
}

function firstPath(set: string, from: string, until: string): string {
  // arXivRaw tells every version with the time of its submission.
  const asked = new URLSearchParams({ verb: 'ListRecords', metadataPrefix: 'arXivRaw', set, from, until });
  return `/oai?${asked.toString()}`;
}

/** The token is the only argument besides the verb, and goes back as it came, though it looks like an address already. */
function nextPath(token: string): string {
  return `/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`;
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof AppError && error.message.includes('badResumptionToken');
}

function refused(category: string, from: string, cause: unknown): AppError {
  return new AppError(
    'arxiv-unavailable',
    `arxiv: OAI-PMH does not go on with the papers of ${category} that changed from ${from} on (${messageOf(cause)}); try again later`,
    { cause },
  );
}

function plusDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
