import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../builders/temporary-database.ts';
import { change, claim, claimedOne, keys } from './store-builders.ts';

describe.each(databaseKinds)('dead letters on %s', (kind) => {
  async function twoDead() {
    const { store, url, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'dead', reason: 'too long' }, 11);
    await store.targets.pause('t1', 'Closed.', 0);
    await store.deliveries.expire(5, 'too old', 12);
    await store.targets.resume('t1');
    return { store, url, id };
  }

  it('are listed with their cause, latest first', async () => {
    const { store, id } = await twoDead();
    const first = { id, target: 't1', papers: ['p1'], reason: 'too long', settledAt: 11 };
    expect(await store.deliveries.dead(9)).toEqual([
      { id: expect.any(String), target: 't1', papers: ['p2'], reason: 'too old', settledAt: 12 },
      first,
    ]);
    expect((await store.deliveries.dead(1)).map(({ reason }) => reason)).toEqual(['too old']);
  });

  it('are put back, those named or all, each in its place of the lane', async () => {
    const { store, id } = await twoDead();
    expect(await store.deliveries.revive([id, 'unknown'])).toMatchObject([{ id, papers: ['p1'] }]);
    expect(await store.deliveries.revive([id])).toEqual([]);
    expect(await store.deliveries.revive('all')).toMatchObject([{ papers: ['p2'] }]);
    expect(await store.deliveries.dead(9)).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(20)))).toEqual(['t1 p1']);
  });

  it('are looked for before they are sent again, where they were tried', async () => {
    const { store, id } = await twoDead();
    await store.deliveries.revive('all');
    const [tried] = await store.deliveries.claim(claim(20));
    expect(tried).toMatchObject({ id, attempts: 1, firstTriedAt: 20, mayHaveArrived: true });
    await store.deliveries.settle('s1', id, { kind: 'sent', messageId: '1' }, 21);
    expect(await store.deliveries.claim(claim(21))).toMatchObject([{ attempts: 0, mayHaveArrived: false }]);
  });

  it.each(['pause', 'close'] as const)('are tried at once after a %s of their target', async (what) => {
    const { store } = await twoDead();
    await store.targets[what]('t1', 'Closed.', 20);
    await store.deliveries.revive('all');
    expect(keys(await store.deliveries.claim(claim(21)))).toEqual(['t1 p1']);
  });

  it('are listed although nobody can read what they were of', async () => {
    const { store, url, id } = await twoDead();
    await change(url, `update deliveries set papers_json = 'x' where id = '${id}'`);
    expect(await store.deliveries.dead(9)).toMatchObject([{ papers: ['p2'] }, { id, papers: [] }]);
  });
});
