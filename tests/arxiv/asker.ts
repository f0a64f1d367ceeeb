import { hasEnded, holderName } from '../../src/app/this-process.ts';
import { createArxivClient } from '../../src/arxiv/client.ts';
import { createClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';

/**
 * A process that asks the arXiv at the second argument, in turn with all others on the database that the first one names, for the paths that
 * follow, `page/list/…` or `rss/rss/…`. The clock of each is another: this one's rate is the third argument.
 */
const [databaseUrl = '', root = '', rate = '1', minIntervalMs = '0', pageIntervalMs = '0', ...paths] =
  process.argv.slice(2);
const log = createLog('silent');
const store = await openStore(databaseUrl, { log });
const { get } = createArxivClient({
  clock: createClock({ startAtMs: 0, rate: Number(rate) }),
  log,
  turns: store.arxivTurns,
  holder: holderName(),
  hasEnded,
  settings: {
    roots: { page: root, rss: root, api: root, oai: root },
    minIntervalMs: Number(minIntervalMs),
    pageIntervalMs: Number(pageIntervalMs),
    userAgent: String(process.pid),
    timeoutMs: 60_000,
    maxBytes: 1_000,
  },
});
for (const path of paths) await get(path.startsWith('/list/') ? 'page' : 'rss', path);
await store.close();
