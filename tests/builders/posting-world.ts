import { openKnowledge } from '../../src/app/open-knowledge.ts';
import { announcementsUntil } from '../../src/arxiv/calendar.ts';
import { calendarWith } from '../../src/arxiv/calendar-with.ts';
import { createLog } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { DiscordProcess } from './discord-process.ts';
import { aListing, anEntry, aSubscription, aTarget } from './domain.ts';
import { rowsOf } from './ledger.ts';

/** Two channels that want cards and one that wants digests, and a way to bring them papers while a bot runs. */
export type PostingWorld = {
  /** Has `count` new papers announced: as many cards in two channels, and a digest. */
  bring(count: number): Promise<void>;
  /** How many posts are not settled. */
  pending(): Promise<number>;
};

const log = createLog('silent');
const calendar = calendarWith({ holidays: [], reachDays: 7 });

const dates = announcementsUntil(Date.parse('2025-12-24'), { after: '2025-05-20', holidays: [] });

/** Subscribes them in a database, which gets its tables where it has none. */
export async function openPostingWorld(databaseUrl: string, discord: DiscordProcess): Promise<PostingWorld> {
  const withStore = async <T>(use: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> => {
    const store = await openStore(databaseUrl, { log });
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  };
  await withStore(async (store) => {
    for (const name of ['general', 'workflows', 'llm-serving']) {
      const target = aTarget({ id: discord.channel(name), guildId: discord.guild });
      const style = name === 'llm-serving' ? 'digest' : 'cards';
      const subscription = aSubscription({ id: name, categories: ['cs.DC'], target: target.id, style });
      await store.subscriptions.save(subscription, target);
    }
  });
  let brought = 0;
  let listings = 0;
  return {
    bring: async (count) => {
      const ids = Array.from({ length: count }, () => `2505.${String(10_000 + brought++)}`);
      const listing = aListing(
        ids.map((id) => anEntry({ id })),
        { date: dates[listings++] ?? '' },
      );
      await withStore((store) =>
        announce(listing, null, { store, knowledge: openKnowledge(store), clock: { now: Date.now }, log, ...calendar }),
      );
    },
    pending: async () => (await rowsOf(databaseUrl, 'select id from deliveries where settled_at is null')).length,
  };
}
