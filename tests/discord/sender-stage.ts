import { createRest, requestsOf } from '../../src/discord/rest.ts';
import { createSender } from '../../src/discord/sender.ts';
import type { SentPost } from '../../src/discord/sender.ts';
import type { ClaimedDelivery } from '../../src/domain/delivery.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { Target } from '../../src/domain/target.ts';
import { aPaper } from '../builders/domain.ts';
import type { RunningSandbox } from '../sandbox/running-sandbox.ts';

export const nowMs = Date.UTC(2025, 4, 23, 13);
const deps = { nowMs: () => nowMs, fromReal: (realMs: number) => realMs, random: () => 0 };

/** A message or a thread, as far as tests look at it. */
export type Seen = {
  readonly id: string;
  readonly name: string;
  readonly content: string;
  readonly embeds: readonly { readonly title?: string }[];
  readonly applied_tags: readonly string[];
};

/** A sender on a sandbox, and what people see of what it sent. Every call of `sender` is a new process. */
export function stage(sandbox: RunningSandbox) {
  const { ready } = sandbox;
  const idOf = (name: string) => ready.channels.find((channel) => channel.name === name)?.id ?? '';
  return {
    general: idOf('general'),
    forum: idOf('paper-talk'),
    /** @param timeoutMs how long it waits for an answer, in real milliseconds */
    sender: (timeoutMs = 15_000) =>
      createSender(requestsOf(createRest({ apiUrl: ready.api, token: ready.token }, { timeout: timeoutMs })), deps),
    /** Trouble with the next requests that fit `route`. */
    fault: (fault: object) => sandbox.control('POST', '/faults', fault),
    messages: async (channel: string) =>
      (await sandbox.api<Seen[]>('GET', `/channels/${channel}/messages?limit=100`)).body,
    posts: async () =>
      (await sandbox.api<{ threads: Seen[] }>('GET', `/guilds/${ready.guild}/threads/active`)).body.threads,
    /** A post of one paper to a channel of the first server. */
    post: (
      to: { readonly target: string; readonly kind: Target['kind'] },
      given: Partial<ClaimedDelivery> = {},
      papers: readonly Paper[] = [aPaper({ id: '2505.1' })],
    ): SentPost => ({
      delivery: {
        id: papers.map(({ id }) => id).join(' '),
        dedupeKey: '',
        target: to.target,
        place: { kind: to.kind, guildId: to.kind === 'dm' ? null : ready.guild },
        style: papers.length > 1 ? 'digest' : 'cards',
        date: '2025-05-23',
        due: nowMs,
        papers: papers.map(({ id }) => {
          return {
            paper: id,
            occasion: 'first',
            kind: 'new',
            score: 1,
            percentile: null,
            categories: [],
            subscriptions: ['s1'],
            evidence: [],
          };
        }),
        attempts: 0,
        firstTriedAt: null,
        mayHaveArrived: false,
        after: null,
        ...given,
      },
      papers: papers.map((paper) => ({ paper, kind: 'new', evidence: [] })),
      lateSince: null,
    }),
  };
}

/** The same post at its next try, after one whose outcome nobody knows. */
export function again(post: SentPost, given: Partial<ClaimedDelivery> = {}): SentPost {
  return { ...post, delivery: { ...post.delivery, attempts: 1, firstTriedAt: nowMs, mayHaveArrived: true, ...given } };
}
