import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFoundation, saveDemoClock } from '../../src/app/foundation.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { temporaryFolder } from '../builders/temporary-database.ts';

async function foundationIn(folder: string, variables: Record<string, string> = {}, startsDemo = true) {
  const database = { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}`, LOG_LEVEL: 'silent' };
  const foundation = await openFoundation(readEnvironment({ ...database, ...variables }), { startsDemo });
  onTestFinished(() => foundation.store.close());
  return foundation;
}

const withToken = { DISCORD_TOKEN: 'token' };

describe('openFoundation', () => {
  it('starts the demo’s clock when the seed’s listing has come out, and goes on where it stopped', async () => {
    const folder = temporaryFolder();
    const first = await foundationIn(folder);
    const start = Date.parse('2025-05-23T00:05:00Z');
    expect(first.clock.now()).toBeGreaterThanOrEqual(start);
    expect(first.clock.now()).toBeLessThan(start + 60_000);
    await first.store.settings.set('demo.clock', String(start + 3_600_000));
    expect((await foundationIn(folder)).clock.now()).toBeGreaterThanOrEqual(start + 3_600_000);
  });

  it('leaves the machine’s clock to a verb without a token where no demo has run', async () => {
    const verb = await foundationIn(temporaryFolder(), {}, false);
    expect(Math.abs(verb.clock.now() - Date.now())).toBeLessThan(60_000);
  });

  it('keeps the demo’s clock, and no other', async () => {
    const demo = await foundationIn(temporaryFolder());
    await saveDemoClock(demo);
    expect(Number(await demo.store.settings.get('demo.clock'))).toBeGreaterThan(0);
    const real = await foundationIn(temporaryFolder(), withToken);
    await saveDemoClock(real);
    expect(await real.store.settings.get('demo.clock')).toBeNull();
  });

  it('starts the clock at PAPERBOY_NOW', async () => {
    const { clock } = await foundationIn(temporaryFolder(), { ...withToken, PAPERBOY_NOW: '2026-01-02T03:04:05Z' });
    expect(new Date(clock.now()).toISOString()).toMatch(/^2026-01-02T03:04/);
  });

  it('reads the listings of the settings and of subscriptions, by the names that arXiv lists them under', async () => {
    const { store, archives } = await foundationIn(temporaryFolder(), withToken);
    const categories = ['cs.SY', 'cs.LG', 'math.*', 'cs.L*'];
    await store.subscriptions.save(aSubscription({ id: 'a', categories }), aTarget());
    expect(await archives()).toEqual(['cs', 'cs.DC', 'cs.LG', 'eess.SY', 'math']);
  });

  it('looks no further back than the settings allow', async () => {
    const { announcementsUntil } = await foundationIn(temporaryFolder(), withToken);
    const now = Date.parse('2025-05-23T00:05:00Z');
    expect(announcementsUntil(now, false)).toEqual([
      '2025-05-19',
      '2025-05-20',
      '2025-05-21',
      '2025-05-22',
      '2025-05-23',
    ]);
    expect(announcementsUntil(now, true)).toEqual(['2025-05-23']);
  });

  it('has only the seeds in the demo', async () => {
    const { archives, readListing } = await foundationIn(temporaryFolder());
    expect(await archives()).toEqual(['cs.DC']);
    expect((await readListing('cs.DC', '2025-05-23')).listing?.entries).toHaveLength(21);
    expect(await readListing('cs.DC', '2025-05-26')).toEqual({ listing: null, shown: null });
  });
});
