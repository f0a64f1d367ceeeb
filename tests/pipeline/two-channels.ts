import { onTestFinished } from 'vitest';
import { openKnowledge } from '../../src/app/open-knowledge.ts';
import type { DeliveredPaper, Outcome, PlannedDelivery } from '../../src/domain/delivery.ts';
import type { Store } from '../../src/domain/ports.ts';
import type { Log } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { deliverDue } from '../../src/pipeline/deliver.ts';
import type { Post } from '../../src/pipeline/attempt.ts';
import type { DeliverDeps, Delivered } from '../../src/pipeline/deliver.ts';
import { openStore } from '../../src/store/open-store.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';

/** Epoch milliseconds at which every post of the morning is due. */
export const start = Date.parse('2025-05-23T00:05:00Z');

const sender = 'the sender';

/** A sender at work on a store with two channels, 1001 and 1002, that both wait for the same two papers. */
export async function twoChannels() {
  const { log, logged } = recordingLog();
  const store = await openStore('sqlite::memory:', { log });
  onTestFinished(() => store.close());
  for (const [id, target] of [
    ['a', '1001'],
    ['b', '1002'],
  ] as const) {
    await store.subscriptions.save(aSubscription({ id, target, query: 'gossip' }), aTarget({ id: target }));
  }
  const clock = jumpingClock(start);
  const entries = ['1', '2'].map((id) => anEntry({ id: `2505.0000${id}`, title: `Gossip ${id}` }));
  await announce(aListing(entries), null, {
    store,
    knowledge: openKnowledge(store),
    clock,
    log,
    announcedAtMs: () => start,
    isHoliday: () => false,
  });
  return { ...(await senderOn(store, { clock, log })), logged };
}

/** A log that keeps its warnings and errors. */
export function recordingLog() {
  const logged: { level: string; fields: object; message: string }[] = [];
  const note = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const log: Log = { debug: () => {}, info: () => {}, warn: note('warn'), error: note('error') };
  return { log, logged };
}

/** A sender at work on `store`, whose lease it takes. */
export async function senderOn(store: Store, { clock, log }: { clock: ReturnType<typeof jumpingClock>; log: Log }) {
  await store.leases.take('worker', null, sender);
  /** What was sent, in the order in which sending it began. */
  const sent: Post[] = [];
  let isSure = true;
  const deps = (answer: (post: Post) => Outcome | Promise<Outcome> = arrived): DeliverDeps => ({
    store,
    clock,
    log,
    lease: { holder: sender, isSure: () => isSure },
    isBlocked: () => false,
    parallelChannels: 4,
    send: async (post) => {
      sent.push(post);
      return answer(post);
    },
  });
  return {
    store,
    clock,
    log,
    sent,
    deps,
    /** The lease may belong to another process from now on. */
    makeUnsure: () => {
      isSure = false;
    },
    makeSure: () => {
      isSure = true;
    },
    /** Queues one post to `target`, due at `due`. */
    queue: (target: string, papers: readonly Pick<DeliveredPaper, 'paper' | 'subscriptions'>[], due = start) => {
      const delivery: PlannedDelivery = {
        dedupeKey: `test ${target} ${due}`,
        target,
        style: 'digest',
        date: '2025-05-23',
        due,
        papers: papers.map((paper) => ({
          occasion: 'first',
          kind: 'new',
          score: 1,
          percentile: null,
          categories: [],
          evidence: [],
          ...paper,
        })),
      };
      const matched = { archive: 'cs.DC', date: '2025-05-23', papers: [], nowMs: clock.now() };
      return store.deliveries.commit({ ...matched, deliveries: [delivery] });
    },
    counts: () => store.deliveries.counts(clock.now()),
  };
}

export function arrived({ delivery }: Post): Outcome {
  return { kind: 'sent', messageId: `m-${delivery.id}` };
}

/** `outcome` for one channel, and sent for all others. */
export function answerFor(channel: string, outcome: Outcome): (post: Post) => Outcome {
  return (post) => (post.delivery.target === channel ? outcome : arrived(post));
}

export async function deliveredBy(deps: DeliverDeps, signal?: AbortSignal): Promise<Delivered[]> {
  return Array.fromAsync(deliverDue(deps, signal));
}

export async function outcomesOf(deps: DeliverDeps): Promise<string[]> {
  return (await deliveredBy(deps)).map(({ outcome }) => outcome.kind);
}
