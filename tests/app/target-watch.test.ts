import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTargetWatch } from '../../src/app/target-watch.ts';
import { openGateway } from '../../src/discord/gateway.ts';
import type { Gateway } from '../../src/discord/gateway.ts';
import type { Store } from '../../src/domain/ports.ts';
import type { Target } from '../../src/domain/target.ts';
import { createClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { startLocalDiscord } from '../builders/local-discord.ts';
import { noRoutes } from '../discord/no-routes.ts';

const log = createLog('silent');

const eventually = (isSo: () => Promise<boolean>) => vi.waitUntil(isSo, { timeout: 10_000, interval: 20 });

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A store with a paused target in #general, and others as told, and a gateway that watches over it. */
async function start(others: (channel: (name: string) => string) => Partial<Target>[] = () => []) {
  const { ready, close } = await startLocalDiscord();
  closing.push(close);
  const store = await openStore('sqlite::memory:', { log });
  closing.push(() => store.close());
  const channel = (name: string) => ready.channels.find((entry) => entry.name === name)?.id ?? '';
  const place = { guildId: ready.guild };
  const targets = [{ id: channel('general') }, ...others(channel)];
  for (const [index, given] of targets.entries()) {
    const target = aTarget({ ...place, ...given });
    const subscription = { id: `s${index}`, target: target.id, createdBy: 'u1' };
    await store.subscriptions.save(aSubscription(subscription), target);
  }
  const now = Date.UTC(2025, 4, 23);
  await store.targets.pause(channel('general'), 'I cannot see this channel.', now);
  // Nobody wants to wait for a minute between two tries.
  const clock = { ...createClock(), now: () => now, fromReal: (realMs: number) => realMs / 1_000 };
  const watch = createTargetWatch({ store, clock, log });
  const settings = { apiUrl: ready.api, token: ready.token };
  const deps = { log, newId: () => 'i1', onFatal: () => undefined, places: watch.events };
  let gateway: Gateway | null = null;
  closing.push(async () => {
    await gateway?.close();
    await watch.close();
  });
  async function control(method: string, path: string, body?: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(ready.control + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`control${path} answered ${response.status}: ${await response.text()}`);
  }
  return {
    ready,
    store,
    channel,
    control,
    now,
    logIn: async () => {
      gateway = await openGateway(settings, noRoutes, deps);
    },
  };
}

/** Whether the paused target is tried now, which is what a probe is for. */
async function isProbed(store: Store, id: string, nowMs: number): Promise<boolean> {
  const delivery = { dedupeKey: `k${id}`, target: id, style: 'cards', date: '2025-05-23', due: 0, papers: [] } as const;
  const papers = [
    {
      paper: '2505.1',
      occasion: 'first',
      kind: 'new',
      score: 1,
      percentile: null,
      categories: [],
      subscriptions: ['s0'],
      evidence: [],
    },
  ] as const;
  await store.deliveries.commit({
    archive: 'cs.DC',
    date: '2025-05-23',
    papers: [],
    deliveries: [{ ...delivery, papers: [...papers] }],
    nowMs,
  });
  await store.leases.take('worker', await store.leases.get('worker'), 'test');
  const [claimed] = await store.deliveries.claim({ sender: 'test', nowMs, limit: 1 });
  if (!claimed) return false;
  await store.deliveries.settle('test', claimed.id, { kind: 'pause', reason: 'Still closed.' }, nowMs);
  return true;
}

describe('createTargetWatch', () => {
  it('tries paused targets when we are in, and knows what kind their channels are of', async () => {
    const { store, channel, logIn, now } = await start((name) => [
      { id: name('announcements') },
      { id: name('paper-talk') },
    ]);
    expect(await isProbed(store, channel('general'), now)).toBe(false);
    await logIn();
    await eventually(() => isProbed(store, channel('general'), now));
    expect(await store.targets.get(channel('announcements'))).toMatchObject({ kind: 'announcement' });
    expect(await store.targets.get(channel('paper-talk'))).toMatchObject({ kind: 'forum' });
    expect(await store.targets.get(channel('general'))).toMatchObject({ kind: 'channel' });
  });

  it.each<[string, string, (guild: string, channel: string) => string, object]>([
    ['its channel', 'PATCH', (_guild, channel) => `/channels/${channel}`, { topic: 'Papers' }],
    ['a role', 'PATCH', (guild) => `/guilds/${guild}/roles/Organisers`, { permissions: ['ViewChannel'] }],
    ['the server', 'PATCH', (guild) => `/guilds/${guild}`, { name: 'The Reading Group' }],
    ['our own roles', 'PUT', (guild) => `/guilds/${guild}/members/Paperboy`, { roles: ['Organisers'] }],
  ])('tries a paused target when %s changed', async (_what, method, path, body) => {
    const { store, channel, control, ready, logIn, now } = await start();
    await logIn();
    await eventually(() => isProbed(store, channel('general'), now));
    await control(method, path(ready.guild, channel('general')), body);
    await eventually(() => isProbed(store, channel('general'), now));
    expect(await store.targets.get(channel('general'))).toMatchObject({ state: 'paused' });
  });

  it('follows a channel that becomes one of announcements, and back', async () => {
    const { store, channel, control, logIn } = await start((name) => [{ id: name('workflows') }]);
    await logIn();
    const kind = async () => (await store.targets.get(channel('workflows')))?.kind;
    for (const [type, expected] of [
      ['announcement', 'announcement'],
      ['text', 'channel'],
    ]) {
      await control('PATCH', `/channels/${channel('workflows')}`, { type });
      await expect.poll(kind, { timeout: 10_000 }).toBe(expected);
    }
  });

  it('pauses what is in a server that we were removed from, and tries it when we are back', async () => {
    const { store, channel, control, ready, logIn, now } = await start((name) => [{ id: name('workflows') }]);
    await logIn();
    await eventually(() => isProbed(store, channel('general'), now));
    await control('DELETE', `/guilds/${ready.guild}/members/Paperboy`);
    const target = () => store.targets.get(channel('workflows'));
    await eventually(async () => (await target())?.state === 'paused');
    expect(await target()).toMatchObject({
      pausedReason: 'I was removed from its server. Please invite me again.',
    });
    expect((await store.notices.untold('u1')).at(-1)?.text).toBe(
      `Posts to <#${channel('workflows')}> were paused: I was removed from its server. Please invite me again. Once that is mended they go on by themselves.`,
    );
    await control('PUT', `/guilds/${ready.guild}/members/Paperboy`, {});
    await eventually(() => isProbed(store, channel('workflows'), now));
  });

  it('leaves all as it is while Discord has an outage', async () => {
    const { store, channel, control, ready, logIn } = await start((name) => [{ id: name('workflows') }]);
    await logIn();
    await control('POST', `/guilds/${ready.guild}/outage`, { isUnavailable: true });
    await control('POST', `/guilds/${ready.guild}/outage`, { isUnavailable: false });
    await control('PATCH', `/channels/${channel('workflows')}`, { type: 'announcement' });
    await eventually(async () => (await store.targets.get(channel('workflows')))?.kind === 'announcement');
    expect(await store.targets.get(channel('workflows'))).toMatchObject({ state: 'active' });
  });

  it('ends the subscriptions of a channel that is deleted, and gives up what waits for it', async () => {
    const { store, channel, control, logIn, now } = await start();
    expect(await isProbed(store, channel('general'), now)).toBe(false);
    await logIn();
    await control('DELETE', `/channels/${channel('general')}`);
    await eventually(async () => (await store.subscriptions.list()).length === 0);
    expect(await store.deliveries.counts(now)).toMatchObject({ pending: 0, dead: 1 });
    expect((await store.deliveries.dead(1))[0]).toMatchObject({ reason: '#general was deleted.' });
  });
});
