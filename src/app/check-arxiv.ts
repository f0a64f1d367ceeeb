import { createArxivClient } from '../arxiv/client.ts';
import type { ArxivClient } from '../arxiv/client.ts';
import { untilWords } from '../arxiv/in-turn.ts';
import { decodeListing } from '../arxiv/listing-format.ts';
import { createLocalTurns } from '../arxiv/local-turns.ts';
import { parseHtmlPage } from '../arxiv/parse-html-page.ts';
import { complaintsAbout } from '../arxiv/unreadable.ts';
import type { Environment } from '../config/environment.ts';
import type { Settings } from '../config/settings.ts';
import type { ArxivTurnStore, Store } from '../domain/ports.ts';
import { aheadOfServerMs } from '../lib/ahead-of-server.ts';
import { createClock } from '../lib/clock.ts';
import { isAppError } from '../lib/errors.ts';
import { createLog } from '../lib/log.ts';
import { check, ill, unknown, well } from './check.ts';
import type { Check, Finding } from './check.ts';
import { arxivSettings } from './foundation.ts';
import { hasEnded, holderName } from './this-process.ts';

export type ArxivLook = {
  readonly check: Check;
  /** By how many milliseconds the machine's clock is ahead of arXiv's; null where it did not tell. */
  readonly aheadMs: number | null;
};

/** A person waits so long, in real milliseconds: more than the interval between two pages, less than what makes one wonder. */
const defaultPatienceMs = 20_000;

const mend = 'Check ARXIV_URL and the network, and https://status.arxiv.org; Paperboy itself tries again.';
const refusedMend =
  'Put an address into arxiv.contact of the settings, and leave ARXIV_MIN_INTERVAL_MS and ARXIV_PAGE_INTERVAL_MS as they come; where that does not explain it, write to arXiv. Once it is settled: doctor --arxiv-again.';

/**
 * Whether arXiv answers, and as we understand it: one request for the latest listing of an archive, when it is our turn, and none while
 * nobody may ask.
 *
 * @param store null where there is no database: then nobody's turn is known but ours
 * @param patienceMs real milliseconds until it is given up
 */
export async function checkArxiv(
  environment: Environment,
  settings: Settings,
  store: Store | null,
  patienceMs = defaultPatienceMs,
): Promise<ArxivLook> {
  if (environment.DISCORD_TOKEN === undefined) {
    const found = 'without DISCORD_TOKEN arXiv is never asked: the listings in seeds/ are the source';
    return { check: { name: 'arxiv', ...unknown(found) }, aheadMs: null };
  }
  let aheadMs: number | null = null;
  let wasAsked = false;
  const clock = createClock();
  const turns = store?.arxivTurns ?? createLocalTurns(clock);
  const client = createArxivClient({
    clock,
    log: createLog('silent'),
    turns,
    holder: holderName(),
    hasEnded,
    settings: { ...arxivSettings(environment, settings), tries: 1 },
    fetch: async (...request) => {
      wasAsked = true;
      const answer = await fetch(...request);
      aheadMs = aheadOfServerMs(answer.headers, Date.now()) ?? aheadMs;
      return answer;
    },
  });
  const [archive = 'cs.DC'] = settings.arxiv.listings;
  const result = await check('arxiv', mend, async () => {
    const closed = await closedFinding(turns);
    if (closed !== null) return closed;
    try {
      return await askOnce(client, archive, AbortSignal.timeout(patienceMs));
    } catch (thrown) {
      if (isAppError(thrown, 'arxiv-refused')) return ill(thrown.message, refusedMend);
      if (!isAppError(thrown, 'arxiv-stopped')) throw thrown;
      const within = `within ${patienceMs / 1_000} s`;
      return wasAsked ? ill(`arXiv gave no whole answer ${within}`, mend) : await busyFinding(turns, within);
    }
  });
  return { check: result, aheadMs };
}

/** Null where arXiv may be asked. */
async function closedFinding(turns: ArxivTurnStore): Promise<Finding | null> {
  const { closing, askedAt } = await turns.look();
  if (closing === null) return null;
  const since = askedAt === null ? '' : `since ${new Date(askedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC `;
  const found = `nothing is asked ${since}and before ${untilWords(closing)}: ${closing.reason}`;
  return ill(found, closing.isRefusal ? refusedMend : mend);
}

async function askOnce(client: ArxivClient, archive: string, signal: AbortSignal): Promise<Finding> {
  const got = await client.get('page', `/list/${encodeURIComponent(archive)}/new`, { signal });
  const complain = complaintsAbout(got.url);
  const { listing } = parseHtmlPage(decodeListing(got.bytes, 'html', complain).text, { complain, archive });
  if (listing.archive !== archive) return ill(`${got.url} shows ${listing.archive}`, mend);
  return well(`${got.url} answers; the latest listing of ${archive} is of ${listing.date}`);
}

async function busyFinding(turns: ArxivTurnStore, within: string): Promise<Finding> {
  const { holder } = await turns.look();
  const found = `our turn to ask did not come ${within}`;
  return unknown(holder === null ? `${found}: others ask arXiv, too` : `${found}: ${holder} asks arXiv`);
}
