import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDays } from '../../src/app/check-days.ts';
import type { DayState } from '../../src/domain/day.ts';
import type { Store } from '../../src/domain/ports.ts';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';

/** Thursday at noon in New York: the listing of Thursday came out sixteen hours ago. */
const nowMs = Date.parse('2025-05-22T16:00:00Z');

let store: Store;
beforeEach(async () => {
  store = await openStore('sqlite::memory:', { log: createLog('silent') });
});
afterEach(() => store.close());

async function know(archive: string, date: string, state: DayState, found: string | null = null): Promise<void> {
  const counts = { papers: 3, counts: { new: 3 }, declared: 3, source: 'html' } as const;
  await store.days.save({ archive, date, state, found, ...counts, triedAt: nowMs - 3_600_000 });
}

function looked(archives: readonly string[] = ['cs.DC']) {
  return checkDays(store.days, { nowMs, holidays: [], archives, reachDays: 7, isDemo: false });
}

describe('checkDays', () => {
  it('is well where the last day of every archive was read', async () => {
    await know('cs.DC', '2025-05-22', 'complete');
    expect(await looked()).toMatchObject({
      ok: true,
      found: 'cs.DC Thu 22 May: complete, 3 of 3 papers, not posted yet',
    });
  });

  it('expects nothing of an archive that nobody wants any more', async () => {
    await know('cs.DC', '2025-05-22', 'complete');
    await know('math.KT', '2025-05-01', 'late');
    expect(await looked()).toMatchObject({ ok: true, found: expect.not.stringContaining('math.KT') });
  });

  it('names an archive that was never read', async () => {
    await know('cs.DC', '2025-05-22', 'complete');
    expect(await looked(['cs.DC', 'math.KT'])).toMatchObject({
      found: expect.stringMatching(/; math\.KT was never read$/),
    });
  });

  it.each<[string, string, DayState, RegExp]>([
    ['is still late', '2025-05-22', 'late', /cs\.DC of 2025-05-22 is late$/],
    ['was not looked for', '2025-05-20', 'complete', /cs\.DC of 2025-05-22 was not looked for$/],
  ])('is ill where the last day %s', async (_what, date, state, found) => {
    await know('cs.DC', date, state);
    expect(await looked()).toMatchObject({ ok: false, found: expect.stringMatching(found) });
  });

  it('is ill where an earlier day is not whole', async () => {
    await know('cs.DC', '2025-05-21', 'partial');
    await know('cs.DC', '2025-05-22', 'complete');
    expect(await looked()).toMatchObject({
      ok: false,
      found: expect.stringMatching(/cs\.DC of 2025-05-21 is partial$/),
    });
  });

  it('is not deceived by a day that is not out yet', async () => {
    await know('cs.DC', '2025-05-20', 'complete');
    await know('cs.DC', '2025-06-20', 'late');
    expect(await looked()).toMatchObject({ ok: false, found: expect.stringMatching(/2025-05-22 was not looked for$/) });
  });

  it('is ill where arXiv does not know an archive', async () => {
    await know('cs.DC', '2025-05-22', 'deferred', 'arxiv: cs.DC is listed under cs.XX; name cs.XX instead');
    expect(await looked()).toMatchObject({
      ok: false,
      found: expect.stringMatching(/; nothing is read of cs\.DC$/),
      mend: expect.stringContaining('arxiv.listings'),
    });
  });

  it('has nothing to say before the first reading', async () => {
    expect(await looked()).toMatchObject({ ok: null, found: 'none was read yet' });
  });
});
