import { describe, expect, it } from 'vitest';
import { publishMessage } from '../../src/discord/publish.ts';
import { createRest, requestsOf } from '../../src/discord/rest.ts';
import { publishWaiting } from '../../src/pipeline/publish.ts';
import type { PublishDeps } from '../../src/pipeline/publish.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { runSandbox } from '../sandbox/running-sandbox.ts';
import type { RunningSandbox } from '../sandbox/running-sandbox.ts';
import { outbox, planned, silentLog, temporaryStore } from '../store/store-builders.ts';

const hourMs = 3_600_000;
const deps = { nowMs: () => 1_000, fromReal: (realMs: number) => 2 * realMs };

describe('publishMessage', () => {
  it('publishes once, and takes what somebody else published for done', async () => {
    const { sandbox, message, request } = await setUp();
    expect(await publishMessage(request(), message, deps)).toEqual({ kind: 'published', nextAtMs: null });
    const seen = await sandbox.api('GET', `/channels/${message.target}/messages/${message.messageId}`);
    expect(seen.body).toMatchObject({ flags: 1 });
    expect(await publishMessage(request(), message, deps)).toEqual({ kind: 'published', nextAtMs: null });
  });

  it.each([
    ['was deleted', { status: 404, code: 10_008 }],
    ['is in a channel that is gone', { status: 404, code: 10_003 }],
    ['may not be published', { status: 403, code: 50_013 }],
  ])('leaves a message that %s', async (_name, fault) => {
    const { sandbox, message, request } = await setUp();
    await sandbox.control('POST', '/faults', { route: 'POST /channels/:id/messages/:message/crosspost', ...fault });
    expect(await publishMessage(request(), message, deps)).toEqual({
      kind: 'never',
      reason: expect.stringContaining(String(fault.code)),
    });
  });

  it.each([
    ['Discord fails', { status: 503 }, 60_000],
    ['the connection breaks', { status: 'reset' }, 60_000],
    ['it is limited for an hour', { status: 429, retryAfter: 3_600 }, hourMs],
    ['the header of a limit is too short', { status: 429, retryAfter: 1 }, 60_000],
  ])('tries again later where %s', async (_name, fault, realMs) => {
    const { sandbox, message, request } = await setUp();
    await sandbox.control('POST', '/faults', { route: 'POST /channels/:id/messages/:message/crosspost', ...fault });
    const publication = await publishMessage(request(), message, deps);
    expect(publication.kind).toBe('again');
    const waitMs = publication.kind === 'again' ? (publication.atMs - 1_000) / 2 : 0;
    expect(waitMs).toBeGreaterThanOrEqual(realMs);
    // discord.js adds a little to what Discord asked for.
    expect(waitMs).toBeLessThan(realMs + 1_000);
  });

  it('stops everything on a 401', async () => {
    const { sandbox, message, request } = await setUp();
    await sandbox.control('POST', '/faults', { route: '* *', status: 401 });
    await expect(publishMessage(request(), message, deps)).rejects.toMatchObject({ code: 'token-refused' });
  });
});

describe('publishMessage, with its loop and the outbox', () => {
  it('goes on an hour later where Discord takes ten an hour, and never asks too early', async () => {
    const { sandbox, announcements, say, request } = await setUp({ limits: 'real' });
    const store = await temporaryStore('sqlite');
    const target = aTarget({ id: announcements, kind: 'announcement' });
    await store.subscriptions.save(aSubscription({ id: 's1', target: announcements }), target);
    const plans = Array.from({ length: 11 }, (_, at) => planned(announcements, [`p${at}`], { due: at }));
    await store.deliveries.commit(outbox(plans));
    await store.leases.take('worker', null, 'us');
    const ids: string[] = [];
    for (let at = 0; at < 11; at++) {
      const [claimed] = await store.deliveries.claim({ sender: 'us', nowMs: 100, limit: 1 });
      ids.push(await say());
      await store.deliveries.settle(claimed?.id ?? '', { kind: 'sent', messageId: ids.at(-1) ?? '' }, 100 + at);
    }

    let nowMs = 1_000;
    const publishing = (): PublishDeps => {
      const asking = request();
      return {
        store,
        clock: { now: () => nowMs, monotonic: () => nowMs, fromReal: (ms) => ms, sleep: async () => {} },
        log: silentLog,
        lease: { isSure: () => true },
        publish: (one) => publishMessage(asking, one, { nowMs: () => nowMs, fromReal: (ms) => ms }),
        isBlocked: () => false,
        isSending: () => false,
      };
    };
    const published = async () => {
      const { body } = await sandbox.api<{ id: string; flags: number }[]>(
        'GET',
        `/channels/${announcements}/messages?limit=50`,
      );
      return body
        .filter(({ flags }) => (flags & 1) !== 0)
        .map(({ id }) => id)
        .toReversed();
    };

    const before = publishing();
    await publishWaiting(before);
    expect(await published()).toEqual(ids.slice(0, 10));
    nowMs += hourMs / 2;
    await publishWaiting(before);
    expect(await published()).toHaveLength(10);
    nowMs += hourMs / 2 + 1_000;
    // The sandbox's hour is over too, and discord.js would still count it.
    await sandbox.control('DELETE', '/limits');
    await publishWaiting(publishing());
    expect(await published()).toEqual(ids);
    expect(await store.deliveries.unpublished(nowMs, 10)).toEqual([]);
    const { body: log } = await sandbox.control<{ status: number }[]>('GET', '/log');
    expect(log.filter(({ status }) => status === 429)).toEqual([]);
  });
});

async function setUp(options: Parameters<typeof runSandbox>[0] = {}) {
  const sandbox: RunningSandbox = await runSandbox(options);
  const announcements = sandbox.ready.channels.find(({ name }) => name === 'announcements')?.id ?? '';
  const say = async () => {
    await sandbox.control('DELETE', '/limits');
    const { body } = await sandbox.api<{ id: string }>('POST', `/channels/${announcements}/messages`, { content: 'x' });
    return body.id;
  };
  return {
    sandbox,
    announcements,
    say,
    message: { id: 'd1', target: announcements, messageId: await say() },
    request: () => requestsOf(createRest(restTo(sandbox), { rejectOnRateLimit: () => true })),
  };
}

function restTo({ ready }: RunningSandbox) {
  return { apiUrl: ready.api, token: ready.token };
}
