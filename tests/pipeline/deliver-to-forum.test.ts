import { describe, expect, it } from 'vitest';
import { createRest, requestsOf } from '../../src/discord/rest.ts';
import { createSender } from '../../src/discord/sender.ts';
import { deliverDue } from '../../src/pipeline/deliver.ts';
import type { DeliverDeps } from '../../src/pipeline/deliver.ts';
import { adoptUnsettled } from '../../src/pipeline/delivery-loop.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';
import { runSandbox } from '../sandbox/running-sandbox.ts';
import { outbox, planned, silentLog, temporaryStore } from '../store/store-builders.ts';

const secondMs = 1_000;

describe('deliverDue, to a forum', () => {
  it.each(['after', 'before'] as const)(
    'posts once where the answer is lost %s Discord took the post, and looks half a minute later',
    async (when) => {
      const { sandbox, deliver, at, names } = await setUp();
      await sandbox.control('POST', '/faults', { route: 'POST /channels/:id/threads', status: 'reset', when });
      expect(await deliver()).toEqual(['retry']);
      at.ms += 29 * secondMs;
      expect(await deliver()).toEqual([]);
      at.ms += 2 * secondMs;
      expect(await deliver()).toEqual(['sent', 'sent']);
      expect(await names()).toEqual(['Paper 2505.1', 'Paper 2505.2']);
    },
  );

  it('posts once where its sender died in between', async () => {
    const { deliver, deps, at, names } = await setUp();
    // The post is out, and nobody wrote that down.
    const [claimed] = await deps.store.deliveries.claim({ sender: 's1', nowMs: at.ms, limit: 1 });
    if (!claimed) throw new Error('nothing was due');
    const papers = await deps.store.papers.byIds(['2505.1']);
    const shown = papers.map((paper) => ({ paper, kind: 'new', evidence: [] }) as const);
    await deps.send({ delivery: claimed, papers: shown, lateSince: null });

    expect(await adoptUnsettled(deps)).toBe(1);
    expect(await deliver()).toEqual([]);
    at.ms += 30 * secondMs;
    expect(await deliver()).toEqual(['sent', 'sent']);
    expect(await names()).toEqual(['Paper 2505.1', 'Paper 2505.2']);
  });
});

/** Two papers that are due in the forum of a sandbox. */
async function setUp() {
  const sandbox = await runSandbox();
  const { ready } = sandbox;
  const forum = ready.channels.find(({ name }) => name === 'paper-talk')?.id ?? '';
  const store = await temporaryStore('sqlite');
  await store.papers.saveListing(aListing([anEntry({ id: '2505.1' }), anEntry({ id: '2505.2' })]));
  const target = aTarget({ id: forum, kind: 'forum', guildId: ready.guild });
  await store.subscriptions.save(aSubscription({ id: 's1', target: forum }), target);
  await store.deliveries.commit(
    outbox([planned(forum, ['2505.1'], { due: 1 }), planned(forum, ['2505.2'], { due: 2 })]),
  );
  const at = { ms: 10 * secondMs };
  const request = requestsOf(createRest({ apiUrl: ready.api, token: ready.token }));
  const clock = { now: () => at.ms, monotonic: () => at.ms, fromReal: (ms: number) => ms, sleep: async () => {} };
  const deps: DeliverDeps = {
    store,
    clock,
    log: silentLog,
    lease: { holder: 's1', isSure: () => true },
    send: createSender(request, { nowMs: clock.now, fromReal: clock.fromReal, random: () => 0 }),
    isBlocked: () => false,
    parallelChannels: 4,
  };
  const deliver = async () => {
    const outcomes: string[] = [];
    for await (const { outcome } of deliverDue(deps)) outcomes.push(outcome.kind);
    return outcomes;
  };
  const names = async () => {
    const { body } = await sandbox.api<{ threads: { name: string }[] }>('GET', `/guilds/${ready.guild}/threads/active`);
    return body.threads.map(({ name }) => name).toSorted();
  };
  return { sandbox, deps, deliver, at, names };
}
