import { describe, expect, it } from 'vitest';
import type { MarkKind } from '../../src/domain/mark.ts';
import { databaseKinds } from '../builders/temporary-database.ts';
import { entry, listing, subscription, target, temporaryStore } from './store-builders.ts';

const paper = '2505.00001';

function mark(
  kind: MarkKind,
  subscriptions: readonly string[] = [],
  changes: Partial<{ userId: string; paper: string; nowMs: number }> = {},
) {
  return { userId: 'u1', paper, kind, subscriptions, nowMs: 1, ...changes };
}

/** A store that knows these papers. */
async function storeOf(kind: (typeof databaseKinds)[number], ids: readonly string[]) {
  const store = await temporaryStore(kind);
  await store.papers.saveListing(
    listing(ids.map((id) => entry({ id, title: `Paper ${id}`, abstract: 'Graphs.', authors: ['Ada'] }))),
  );
  return store;
}

describe.each(databaseKinds)('MarkStore.toggle on %s', (kind) => {
  it('sets a mark and takes it back', async () => {
    const { marks } = await temporaryStore(kind);
    expect(await marks.toggle(mark('saved'))).toBe(true);
    expect(await marks.toggle(mark('saved'))).toBe(false);
    expect(await marks.toggle(mark('saved'))).toBe(true);
  });

  it('lets up and down push each other out, and saving alone', async () => {
    const { marks } = await temporaryStore(kind);
    await marks.toggle(mark('saved'));
    expect(await marks.toggle(mark('up'))).toBe(true);
    expect(await marks.toggle(mark('down'))).toBe(true);
    // Up is gone, so it is set once more.
    expect(await marks.toggle(mark('up'))).toBe(true);
    expect(await marks.toggle(mark('saved'))).toBe(false);
  });

  it('keeps people, papers and subscriptions apart', async () => {
    const { marks } = await temporaryStore(kind);
    await marks.toggle(mark('up'));
    expect(await marks.toggle(mark('up', ['s1']))).toBe(true);
    expect(await marks.toggle(mark('up', [], { userId: 'u2' }))).toBe(true);
    expect(await marks.toggle(mark('up', [], { paper: '2505.00002' }))).toBe(true);
    expect(await marks.toggle(mark('up'))).toBe(false);
    expect(await marks.toggle(mark('up', ['s1']))).toBe(false);
  });

  it('sets a mark for every subscription of a post, and for all of them before it takes it back', async () => {
    const { marks } = await storeOf(kind, [paper]);
    await marks.toggle(mark('up', ['s1']));
    expect(await marks.toggle(mark('up', ['s1', 's2', 's2']))).toBe(true);
    expect([...(await marks.of(['s1', 's2'])).keys()].toSorted()).toEqual(['s1', 's2']);
    expect(await marks.toggle(mark('up', ['s1', 's2']))).toBe(false);
    expect(await marks.of(['s1', 's2'])).toEqual(new Map());
  });
});

describe.each(databaseKinds)('MarkStore.of on %s', (kind) => {
  it('tells the papers marked for a subscription, newest first, and of none that was marked outside it', async () => {
    const { marks } = await storeOf(kind, [paper, '2505.00002', '2505.00003']);
    await marks.toggle(mark('up', ['s1']));
    await marks.toggle(mark('down', ['s1'], { paper: '2505.00002', nowMs: 2 }));
    await marks.toggle(mark('up', [], { paper: '2505.00003', nowMs: 3 }));
    const found = await marks.of(['s1', 's2']);
    expect([...found.keys()]).toEqual(['s1']);
    expect(found.get('s1')).toEqual([
      {
        kind: 'down',
        paper: {
          id: '2505.00002',
          title: 'Paper 2505.00002',
          abstract: 'Graphs.',
          categories: ['cs.DC'],
          authors: ['Ada'],
        },
      },
      {
        kind: 'up',
        paper: { id: paper, title: `Paper ${paper}`, abstract: 'Graphs.', categories: ['cs.DC'], authors: ['Ada'] },
      },
    ]);
  });

  it('adds up what people say, a saved paper as a relevant one', async () => {
    const { marks } = await storeOf(kind, [paper]);
    const said = async () => (await marks.of(['s1'])).get('s1')?.map((marked) => marked.kind) ?? [];
    await marks.toggle(mark('down', ['s1']));
    expect(await said()).toEqual(['down']);
    await marks.toggle(mark('saved', ['s1'], { userId: 'u2' }));
    expect(await said()).toEqual([]);
    await marks.toggle(mark('up', ['s1'], { userId: 'u2' }));
    expect(await said()).toEqual([]);
    await marks.toggle(mark('up', ['s1'], { userId: 'u3' }));
    expect(await said()).toEqual(['up']);
  });

  it('tells the newest 300', async () => {
    const ids = Array.from({ length: 320 }, (_, index) => `2505.${String(10_000 + index)}`);
    const { marks } = await storeOf(kind, ids);
    for (const [index, id] of ids.entries()) await marks.toggle(mark('up', ['s1'], { paper: id, nowMs: index }));
    const found = (await marks.of(['s1'])).get('s1') ?? [];
    expect(found.map((marked) => marked.paper.id)).toEqual(ids.toReversed().slice(0, 300));
  });

  it('forgets what was said for a subscription that is gone, whoever ended it', async () => {
    const { marks, subscriptions, targets } = await storeOf(kind, [paper]);
    await subscriptions.save(subscription({ id: 's1' }), target());
    await subscriptions.save(subscription({ id: 's2' }), target());
    await marks.toggle(mark('up', ['s1', 's2']));
    await subscriptions.delete('s1');
    expect([...(await marks.of(['s1', 's2'])).keys()]).toEqual(['s2']);
    await targets.close('t1', 'It was deleted.', 1);
    expect(await marks.of(['s1', 's2'])).toEqual(new Map());
  });
});
