import { describe, expect, it } from 'vitest';
import { createLocalTurns } from '../../src/arxiv/local-turns.ts';
import type { TurnRequest } from '../../src/domain/arxiv-turn.ts';
import type { ArxivTurnStore } from '../../src/domain/ports.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { change, hourMs, storeAt } from './store-builders.ts';

/** Intervals so long that none ends while a test runs. */
const request = (holder: string, changes: Partial<TurnRequest> = {}): TurnRequest => ({
  holder,
  sort: 'page',
  minIntervalMs: hourMs,
  pageIntervalMs: 5 * hourMs,
  holdMs: 10 * hourMs,
  ...changes,
});

/** A clock that runs on by itself is never far from what a test expects. */
const about = (ms: number): unknown => expect.closeTo(ms, -5);

type Place = { readonly turns: ArxivTurnStore; pass(ms: number): Promise<void> };

/** Turns in which time passes when a test says so: in a database, what is noted becomes so much older. */
async function inDatabase(kind: (typeof databaseKinds)[number]): Promise<Place> {
  const url = await temporaryDatabase(kind);
  const { arxivTurns } = await storeAt(url);
  const columns = ['held_until', 'asked_at', 'page_asked_at', 'closed_until'];
  return {
    turns: arxivTurns,
    pass: (ms) =>
      change(url, `update arxiv_turns set ${columns.map((column) => `${column} = ${column} - ${ms}`).join(', ')}`),
  };
}

async function inMemory(): Promise<Place> {
  const clock = jumpingClock();
  return { turns: createLocalTurns(clock), pass: (ms) => clock.sleep(ms) };
}

describe.each([...databaseKinds, 'memory'] as const)('ArxivTurnStore in %s', (where) => {
  const place = () => (where === 'memory' ? inMemory() : inDatabase(where));

  it('gives the turn to the first that comes, and to nobody else until it ends', async () => {
    const { turns, pass } = await place();
    expect(await turns.take(request('a'))).toEqual({ kind: 'granted' });
    await pass(6 * hourMs);
    expect(await turns.take(request('b'))).toEqual({ kind: 'wait', waitMs: 250, holder: 'a' });
    expect(await turns.look()).toMatchObject({ holder: 'a' });
    await turns.release('b', { kind: 'success' });
    expect(await turns.look()).toMatchObject({ holder: 'a' });
    await turns.release('a', { kind: 'success', seenMsAgo: 6 * hourMs });
    expect(await turns.look()).toMatchObject({ holder: null, closing: null, failures: 0 });
    expect(await turns.take(request('b'))).toEqual({ kind: 'granted' });
  });

  it('keeps the distance from the last request of any sort, and from the last page to a page', async () => {
    const { turns, pass } = await place();
    const feed = request('b', { sort: 'api' });
    await turns.take(request('a'));
    await turns.release('a', { kind: 'success' });
    expect(await turns.take(feed)).toEqual({ kind: 'wait', waitMs: about(hourMs), holder: null });
    await pass(hourMs);
    expect(await turns.take(feed)).toEqual({ kind: 'granted' });
    await turns.release('b', { kind: 'success' });
    await pass(3 * hourMs);
    expect(await turns.take(request('a'))).toEqual({ kind: 'wait', waitMs: about(hourMs), holder: null });
    await pass(hourMs);
    expect(await turns.take(request('a'))).toEqual({ kind: 'granted' });
  });

  it('counts the distance from when arXiv has surely had the request', async () => {
    const { turns, pass } = await place();
    await turns.take(request('a'));
    await pass(4 * hourMs);
    await turns.release('a', { kind: 'success', seenMsAgo: 3 * hourMs });
    expect(await turns.take(request('a'))).toEqual({ kind: 'wait', waitMs: about(2 * hourMs), holder: null });
  });

  it('takes a turn that has lapsed from its holder, who comes too late with anything but a refusal', async () => {
    const { turns, pass } = await place();
    await turns.take(request('a'));
    await pass(10 * hourMs);
    expect(await turns.take(request('b'))).toEqual({ kind: 'granted' });
    expect(await turns.release('a', { kind: 'failure', reason: 'late', closedForMs: hourMs })).toBeNull();
    expect(await turns.look()).toMatchObject({ holder: 'b', failures: 0 });
    expect(await turns.release('a', { kind: 'refusal', reason: '403' })).toMatchObject({ isRefusal: true });
    expect(await turns.look()).toMatchObject({ holder: 'b', closing: { reason: '403' } });
  });

  it('is closed for as long as a failure asks, and open then', async () => {
    const { turns, pass } = await place();
    await turns.take(request('a'));
    const closing = await turns.release('a', { kind: 'failure', reason: '429', closedForMs: 7 * hourMs });
    expect(closing).toMatchObject({ forMs: about(7 * hourMs), reason: '429', isRefusal: false });
    await pass(6 * hourMs);
    expect(await turns.take(request('b'))).toMatchObject({
      kind: 'closed',
      closing: { forMs: about(hourMs), reason: '429', isRefusal: false },
    });
    await pass(hourMs);
    expect(await turns.take(request('b'))).toEqual({ kind: 'granted' });
    await turns.release('b', { kind: 'abandoned' });
    expect(await turns.look()).toMatchObject({ failures: 1 });
  });

  it('is closed after five failures in a row, for a minute, two, four, …, an hour', async () => {
    const { turns, pass } = await place();
    const spans: number[] = [];
    for (let failure = 1; failure <= 13; failure++) {
      expect(await turns.take(request('a'))).toEqual({ kind: 'granted' });
      const closing = await turns.release('a', { kind: 'failure', reason: '500' });
      spans.push(Math.round((closing?.forMs ?? 0) / 60_000));
      await pass(5 * hourMs);
    }
    expect(spans).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    await turns.take(request('a'));
    await turns.release('a', { kind: 'success' });
    expect(await turns.look()).toMatchObject({ failures: 0, closing: null });
  });

  it('is closed for a day by a refusal, unless somebody opens it', async () => {
    const { turns, pass } = await place();
    await turns.take(request('a'));
    expect(await turns.release('a', { kind: 'refusal', reason: '403' })).toMatchObject({
      forMs: about(24 * hourMs),
      isRefusal: true,
    });
    await pass(23 * hourMs);
    expect(await turns.take(request('b'))).toMatchObject({ kind: 'closed' });
    await turns.reopen();
    expect(await turns.look()).toMatchObject({ closing: null });
    expect(await turns.take(request('b'))).toEqual({ kind: 'granted' });
  });

  it('binds nobody for longer because the clock was set back', async () => {
    const { turns, pass } = await place();
    await turns.take(request('a'));
    await turns.release('a', { kind: 'failure', reason: '503', closedForMs: 7 * hourMs });
    await pass(-1_000 * hourMs);
    expect(await turns.take(request('b'))).toMatchObject({ kind: 'closed', closing: { forMs: about(7 * hourMs) } });
    await pass(7 * hourMs);
    expect(await turns.take(request('b'))).toEqual({ kind: 'granted' });
    await pass(-1_000 * hourMs);
    expect(await turns.take(request('c'))).toMatchObject({ kind: 'wait', holder: 'b' });
    await pass(10 * hourMs);
    expect(await turns.take(request('c'))).toEqual({ kind: 'granted' });
  });

  it('gives a holder its own turn again', async () => {
    const { turns, pass } = await place();
    await turns.take(request('a'));
    await pass(5 * hourMs);
    expect(await turns.take(request('a'))).toEqual({ kind: 'granted' });
  });
});

describe.each(databaseKinds)('ArxivTurnStore on %s, of many processes', (kind) => {
  it('gives the turn to one of many that want it at once', async () => {
    const url = await temporaryDatabase(kind);
    const stores = await Promise.all(Array.from({ length: 4 }, () => storeAt(url)));
    const answers = await Promise.all(stores.map(({ arxivTurns }, index) => arxivTurns.take(request(`h${index}`))));
    expect(answers.filter((answer) => answer.kind === 'granted')).toHaveLength(1);
  });

  it('is still closed for whoever opens the database later', async () => {
    const url = await temporaryDatabase(kind);
    const first = await storeAt(url);
    await first.arxivTurns.take(request('a'));
    await first.arxivTurns.release('a', { kind: 'refusal', reason: '403' });
    await first.close();
    const { arxivTurns } = await storeAt(url);
    expect(await arxivTurns.take(request('b'))).toMatchObject({ kind: 'closed', closing: { isRefusal: true } });
  });

  it('binds no longer than a day where the clock was ahead when it was closed', async () => {
    const url = await temporaryDatabase(kind);
    const { arxivTurns } = await storeAt(url);
    await arxivTurns.take(request('a'));
    await arxivTurns.release('a', { kind: 'refusal', reason: '403' });
    await change(url, `update arxiv_turns set closed_until = closed_until + ${1_000 * hourMs}`);
    await arxivTurns.take(request('a'));
    expect((await arxivTurns.look()).closing?.forMs).toBeLessThanOrEqual(24 * hourMs);
    await change(
      url,
      `update arxiv_turns set closed_until = closed_until - ${24 * hourMs}, asked_at = asked_at - ${24 * hourMs}, page_asked_at = page_asked_at - ${24 * hourMs}`,
    );
    expect(await arxivTurns.take(request('a'))).toEqual({ kind: 'granted' });
  });
});
