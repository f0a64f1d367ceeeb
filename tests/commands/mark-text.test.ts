import { describe, expect, it } from 'vitest';
import { markText } from '../../src/commands/mark-text.ts';
import { aSubscription } from '../builders/domain.ts';

const name = '**Gossip in networks**';
const ranked = aSubscription({ id: 'r', query: 'graph learning', categories: ['cs.LG'], interests: 'gossip' });
const chosen = aSubscription({ id: 'c', query: 'consensus', perDay: 5 });
const interested = aSubscription({ id: 'i', interests: 'rumours', categories: ['cs.DC'] });

const up = { kind: 'up', isSet: true, name, isShared: false } as const;
const down = { ...up, kind: 'down' } as const;

describe('markText', () => {
  it.each([
    [
      { ...up, subscriptions: [chosen] },
      '👍 Noted: `consensus` will bring more papers like **Gossip in networks**. Press again to take it back.',
    ],
    [
      { ...down, subscriptions: [interested], isShared: true },
      '👎 Noted: the subscription to papers close to `rumours` in cs.DC will bring fewer papers like **Gossip in networks**. In this channel everybody’s 👍 and 👎 count together. Press again to take it back.',
    ],
    [
      { ...up, subscriptions: [ranked] },
      '👍 Noted: `graph learning` will put papers like **Gossip in networks** first. Press again to take it back.',
    ],
    [
      { ...down, subscriptions: [chosen, ranked] },
      '👎 Noted: `consensus` will bring fewer papers like **Gossip in networks**; `graph learning` will put papers like **Gossip in networks** last. Press again to take it back.',
    ],
    [
      { ...up, subscriptions: [chosen, { ...chosen, query: 'raft' }, { ...chosen, query: 'paxos' }] },
      '👍 Noted: `consensus`, `raft` and 1 more will bring more papers like **Gossip in networks**. Press again to take it back.',
    ],
    [
      { ...down, subscriptions: [] },
      '👎 Noted: **Gossip in networks** is not for you. No subscription learns from it, for none brought it here. Press again to take it back.',
    ],
    [
      { ...up, isSet: false, subscriptions: [chosen] },
      'Your 👍 for **Gossip in networks** is taken back. `consensus` no longer learns from it.',
    ],
    [
      { ...down, isSet: false, subscriptions: [interested] },
      'Your 👎 for **Gossip in networks** is taken back. The subscription to papers close to `rumours` in cs.DC no longer learns from it.',
    ],
    [{ ...down, isSet: false, subscriptions: [] }, 'Your 👎 for **Gossip in networks** is taken back.'],
  ])('says of %o what it does', (mark, text) => {
    expect(markText(mark)).toBe(text);
  });

  it('fits into a message however long the title and the wishes are', () => {
    const long = aSubscription({ id: 'l', query: 'word '.repeat(100), perDay: 1 });
    const text = markText({ ...up, name: 'x'.repeat(260), subscriptions: Array.from({ length: 50 }, () => long) });
    expect(text.length).toBeLessThan(1_500);
  });
});
