import { describe, expect, it } from 'vitest';
import type { DmRefusal } from '../../src/discord/direct-message.ts';
import { createDmQueue } from '../../src/discord/dm-queue.ts';
import { err, ok } from '../../src/lib/result.ts';
import type { Result } from '../../src/lib/result.ts';

/** A clock twice as fast as the machine's would be, that stands still until everybody sleeps, and wakes the first sleeper. */
function aClock() {
  let now = 1_000;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    monotonic: () => now,
    fromReal: (realMs: number) => realMs * 2,
    sleep: (durationMs: number, signal?: AbortSignal) => {
      if (durationMs <= 0 || signal?.aborted) return Promise.resolve();
      return new Promise<void>((resolve) => {
        sleepers.push({ at: now + durationMs, wake: resolve });
        signal?.addEventListener('abort', () => resolve());
      });
    },
    /** Real seconds since the start, after letting time pass until nobody sleeps, or until that many woke up. */
    async pass(wakes = Infinity): Promise<number> {
      for (let woken = 0; woken < wakes; woken++) {
        await new Promise((resolve) => void setImmediate(resolve));
        const [first] = sleepers.toSorted((a, b) => a.at - b.at).splice(0, 1);
        if (first === undefined) break;
        sleepers.splice(sleepers.indexOf(first), 1);
        now = Math.max(now, first.at);
        first.wake();
      }
      await new Promise((resolve) => void setImmediate(resolve));
      return (now - 1_000) / 2_000;
    },
  };
}

function aQueue(answers: Result<string, DmRefusal>[] = []) {
  const clock = aClock();
  const opened: [userId: string, atSeconds: number][] = [];
  const open = (userId: string) => {
    opened.push([userId, (clock.monotonic() - 1_000) / 2_000]);
    return Promise.resolve(answers.shift() ?? ok(`dm of ${userId}`));
  };
  const queue = createDmQueue(open, 30_000, clock);
  return { clock, opened, queue, ask: (userId: string) => queue.open({ userId, isKnown: false }) };
}

const tooFast = err({ sentence: 'Not now.', waitMs: 120_000 });

describe('createDmQueue', () => {
  it('opens the first at once and the others 30 s apart, in the order of asking', async () => {
    const { ask, clock, opened } = aQueue();
    const asked = ['a', 'b', 'c'].map(ask);
    await clock.pass();
    expect(await Promise.all(asked)).toEqual([ok('dm of a'), ok('dm of b'), ok('dm of c')]);
    expect(opened).toEqual([
      ['a', 0],
      ['b', 30],
      ['c', 60],
    ]);
  });

  it('lets nobody wait whom we know', async () => {
    const { ask, opened, queue } = aQueue();
    void ask('a');
    void ask('b');
    expect(await queue.open({ userId: 'known', isKnown: true })).toEqual(ok('dm of known'));
    expect(opened).toContainEqual(['known', 0]);
    queue.close();
  });

  it('gives who asks twice one place', async () => {
    const { ask, clock, opened } = aQueue();
    const asked = ['a', 'b', 'b', 'b'].map(ask);
    await clock.pass();
    expect(new Set(await Promise.all(asked))).toHaveLength(2);
    expect(opened).toHaveLength(2);
  });

  it('takes nobody who would wait for more than ten minutes, and says when to come again', async () => {
    const { ask, clock, opened } = aQueue();
    const asked = Array.from({ length: 22 }, (_, index) => ask(`u${index}`));
    expect(await asked.at(-1)).toEqual(err(expect.stringContaining('try again in 11 minutes.')));
    await clock.pass();
    expect(opened).toHaveLength(21);
    expect(opened.at(-1)?.[1]).toBe(600);
    const late = ask('late');
    await clock.pass();
    expect(await late).toEqual(ok('dm of late'));
  });

  it('waits where Discord finds it too fast, and then goes on with the same', async () => {
    const { ask, clock, opened } = aQueue([ok('1'), tooFast]);
    const asked = ['a', 'b', 'c'].map(ask);
    await clock.pass();
    expect(await Promise.all(asked)).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(opened).toEqual([
      ['a', 0],
      ['b', 30],
      ['b', 150],
      ['c', 180],
    ]);
  });

  it('gives up with who waited so long that Discord takes no answer any more', async () => {
    const { ask, clock, opened } = aQueue(Array.from({ length: 9 }, () => tooFast));
    const asked = ask('a');
    await clock.pass();
    expect(await asked).toEqual(err(expect.stringContaining('try again in 2 minutes.')));
    expect(opened.at(-1)).toEqual(['a', 720]);
  });

  it('tells who is refused, and goes on with the next', async () => {
    const { ask, clock } = aQueue([err({ sentence: 'Closed.', waitMs: null })]);
    const asked = ['a', 'b'].map(ask);
    await clock.pass();
    expect(await Promise.all(asked)).toEqual([err('Closed.'), ok('dm of b')]);
  });

  it('passes a bug on, and goes on with the next', async () => {
    const clock = aClock();
    const bug = new Error('a bug');
    const queue = createDmQueue((id) => (id === 'a' ? Promise.reject(bug) : Promise.resolve(ok(id))), 30_000, clock);
    const first = queue.open({ userId: 'a', isKnown: false });
    const second = queue.open({ userId: 'b', isKnown: false });
    await expect(first).rejects.toBe(bug);
    await clock.pass();
    expect(await second).toEqual(ok('b'));
  });

  it('tells who waits when it is closed', async () => {
    const { ask, queue, opened } = aQueue();
    const asked = ['a', 'b', 'c'].map(ask);
    expect(await asked[0]).toEqual(ok('dm of a'));
    queue.close();
    expect(await Promise.all(asked.slice(1))).toEqual([
      err(expect.stringContaining('being restarted')),
      err(expect.stringContaining('being restarted')),
    ]);
    expect(opened).toHaveLength(1);
  });
});
