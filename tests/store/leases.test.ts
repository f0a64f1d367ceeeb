import { describe, expect, it } from 'vitest';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { storeAt, temporaryStore } from './store-builders.ts';

describe.each(databaseKinds)('LeaseStore on %s', (kind) => {
  it('is taken by the first that comes, and beats for nobody else', async () => {
    const { leases } = await temporaryStore(kind);
    expect(await leases.get('gateway')).toBeNull();
    expect(await leases.take('gateway', null, 'a')).toBe(true);
    expect(await leases.take('gateway', null, 'b')).toBe(false);
    expect(await leases.get('gateway')).toEqual({ holder: 'a', beat: 1 });
    expect(await leases.beat('gateway', 'b')).toBe(false);
    expect(await leases.beat('gateway', 'a')).toBe(true);
    expect(await leases.get('gateway')).toEqual({ holder: 'a', beat: 2 });
  });

  it('is taken from its holder only where it has not stirred since it was seen', async () => {
    const { leases } = await temporaryStore(kind);
    await leases.take('gateway', null, 'a');
    const seen = await leases.get('gateway');
    await leases.beat('gateway', 'a');
    expect(await leases.take('gateway', seen, 'b')).toBe(false);
    expect(await leases.take('gateway', await leases.get('gateway'), 'b')).toBe(true);
    expect(await leases.beat('gateway', 'a')).toBe(false);
    expect(await leases.get('gateway')).toMatchObject({ holder: 'b' });
  });

  it('is free once its holder releases it, and only then', async () => {
    const { leases } = await temporaryStore(kind);
    await leases.take('gateway', null, 'a');
    await leases.release('gateway', 'b');
    expect(await leases.get('gateway')).toMatchObject({ holder: 'a' });
    await leases.release('gateway', 'a');
    const free = await leases.get('gateway');
    expect(free).toMatchObject({ holder: null });
    expect(await leases.take('gateway', free, 'b')).toBe(true);
    expect(await leases.take('gateway', free, 'c')).toBe(false);
  });

  it('goes to one of many that want it at once', async () => {
    const url = await temporaryDatabase(kind);
    const stores = [await storeAt(url), await storeAt(url), await storeAt(url)];
    const take = async (seen: { holder: string | null; beat: number } | null) =>
      (await Promise.all(stores.map(({ leases }, index) => leases.take('gateway', seen, `h${index}`)))).filter(Boolean);
    expect(await take(null)).toHaveLength(1);
    expect(await take((await stores[0]?.leases.get('gateway')) ?? null)).toHaveLength(1);
  });
});
