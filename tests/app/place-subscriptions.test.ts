import { describe, expect, it } from 'vitest';
import { placeSubscriptions } from '../../src/app/place-subscriptions.ts';
import type { ResolveChannel } from '../../src/app/place-subscriptions.ts';
import { readPlacedSubscriptions } from '../../src/exports/subscriptions-file.ts';
import { err, ok } from '../../src/lib/result.ts';
import { temporaryStore } from '../store/store-builders.ts';

const resolveChannel: ResolveChannel = async (_guild, channel) =>
  channel === '#here' ? ok({ id: '2001', guildId: '1001', kind: 'channel' }) : err(`There is no channel “${channel}”`);

async function place(yaml: string) {
  const store = await temporaryStore('sqlite');
  const deps = { store, resolveChannel, nowMs: 5, zone: 'Europe/Berlin' };
  const placing = placeSubscriptions(readPlacedSubscriptions(yaml, 'file.yaml'), deps);
  return { store, placing };
}

describe('placeSubscriptions', () => {
  it('saves subscriptions with the channels that were found', async () => {
    const { store, placing } = await place('- {id: a, guild: G, channel: "#here", query: gossip, categories: [cs.SY]}');
    await placing;
    expect(await store.subscriptions.list()).toEqual([
      expect.objectContaining({
        id: 'a',
        target: '2001',
        zone: 'Europe/Berlin',
        createdAt: 5,
        categories: ['eess.SY'],
      }),
    ]);
    expect(await store.targets.get('2001')).toMatchObject({ guildId: '1001', state: 'active' });
  });

  it('saves none where one place is not found, and names every such place', async () => {
    const { store, placing } = await place(
      '- {id: a, guild: G, channel: "#here", query: x}\n- {id: b, guild: G, channel: "#gone", query: x}\n- {id: c, guild: G, channel: "#lost", query: x}',
    );
    await expect(placing).rejects.toThrow(/nothing was imported.*\n.*b \(G #gone\).*\n.*c \(G #lost\)/);
    expect(await store.subscriptions.list()).toEqual([]);
  });

  it('saves none where arXiv has not a category, and takes wildcards for what they are', async () => {
    const { store, placing } = await place(
      '- {id: a, guild: G, channel: "#here", query: x, categories: ["hep-*", "cs.*"]}\n- {id: b, guild: G, channel: "#here", query: x, categories: [cs.QQ, cs.LG]}',
    );
    await expect(placing).rejects.toThrow(
      /^subscriptions: nothing was imported\n  b \(G #here\): arXiv announces no papers in cs\.QQ$/,
    );
    expect(await store.subscriptions.list()).toEqual([]);
  });
});
