import { decodeListing } from '../arxiv/listing-format.ts';
import { createPageReader } from '../arxiv/page-reader.ts';
import { parseHtmlPage } from '../arxiv/parse-html-page.ts';
import { complaintsAbout } from '../arxiv/unreadable.ts';
import type { Environment } from '../config/environment.ts';
import type { Settings } from '../config/settings.ts';
import { aheadOfServerMs } from '../lib/ahead-of-server.ts';
import { createClock } from '../lib/clock.ts';
import { createLog } from '../lib/log.ts';
import { check, ill, unknown, well } from './check.ts';
import type { Check } from './check.ts';
import { sourceSettings } from './foundation.ts';

export type ArxivLook = {
  readonly check: Check;
  /** By how many milliseconds the machine's clock is ahead of arXiv's; null where it did not tell. */
  readonly aheadMs: number | null;
};

/** Whether arXiv answers, and as we understand it: one request for the latest listing of an archive. */
export async function checkArxiv(environment: Environment, settings: Settings): Promise<ArxivLook> {
  if (environment.DISCORD_TOKEN === undefined) {
    const found = 'without DISCORD_TOKEN arXiv is never asked: the listings in seeds/ are the source';
    return { check: { name: 'arxiv', ...unknown(found) }, aheadMs: null };
  }
  const [archive = 'cs.DC'] = settings.arxiv.listings;
  let aheadMs: number | null = null;
  const answered: typeof fetch = async (...request) => {
    const answer = await fetch(...request);
    aheadMs = aheadOfServerMs(answer.headers, Date.now()) ?? aheadMs;
    return answer;
  };
  const readPage = createPageReader({
    clock: createClock(),
    log: createLog('silent'),
    settings: sourceSettings(environment, settings),
    fetch: answered,
  });
  const mend = 'Check ARXIV_URL and the network, and https://status.arxiv.org; Paperboy itself tries again.';
  const result = await check('arxiv', mend, async () => {
    const { bytes, url } = await readPage(`/list/${encodeURIComponent(archive)}/new`);
    const complain = complaintsAbout(url);
    const { listing } = parseHtmlPage(decodeListing(bytes, 'html', complain).text, { complain, archive });
    if (listing.archive !== archive) return ill(`${url} shows ${listing.archive}`, mend);
    return well(`${url} answers; the latest listing of ${archive} is of ${listing.date}`);
  });
  return { check: result, aheadMs };
}
