import { describe, expect, it } from 'vitest';
import { planDeliveries } from '../../src/pipeline/plan.ts';
import type { PlanInput } from '../../src/pipeline/plan.ts';
import { aMatch, aSubscription, announced } from '../builders/domain.ts';

const nowMs = Date.parse('2025-05-23T00:05:00Z');

function plan(given: Partial<PlanInput>) {
  return planDeliveries({
    date: '2025-05-23',
    papers: [],
    subscriptions: [],
    matches: [],
    spent: new Map(),
    calibrations: new Map(),
    isPromised: () => false,
    nowMs,
    announcedMs: nowMs,
    ...given,
  }).deliveries;
}

describe('planDeliveries', () => {
  it('makes one message of each paper as cards, the most relevant first', () => {
    const deliveries = plan({
      papers: [announced({ id: '1' }), announced({ id: '2' })],
      subscriptions: [aSubscription({ id: 's' })],
      matches: [aMatch('s', '1', 0.2), aMatch('s', '2', 0.9)],
    });
    expect(deliveries.map(({ papers }) => papers.map(({ paper }) => paper))).toEqual([['2'], ['1']]);
    expect(deliveries[0]).toMatchObject({ style: 'cards', date: '2025-05-23', due: nowMs });
  });

  it('puts up to ten papers into a digest', () => {
    const papers = Array.from({ length: 12 }, (_, index) => announced({ id: String(index) }));
    const deliveries = plan({
      papers,
      subscriptions: [aSubscription({ id: 's', style: 'digest' })],
      matches: papers.map(({ paper }) => aMatch('s', paper.id, 0.5)),
    });
    expect(deliveries.map((delivery) => delivery.papers.length)).toEqual([10, 2]);
  });

  it('tells a target once of a paper that several of its subscriptions want, in the style of the keenest', () => {
    const [delivery, ...others] = plan({
      papers: [announced({ id: '1' })],
      subscriptions: [aSubscription({ id: 'mild' }), aSubscription({ id: 'keen', style: 'digest' })],
      matches: [aMatch('mild', '1', 0.1), aMatch('keen', '1', 0.8)],
    });
    expect(others).toEqual([]);
    expect(delivery?.style).toBe('digest');
    expect(delivery?.papers[0]).toMatchObject({
      subscriptions: ['keen', 'mild'],
      score: 0.8,
      evidence: [{ term: 'keen' }],
    });
  });

  it('tells each target by itself', () => {
    const deliveries = plan({
      papers: [announced({ id: '1' })],
      subscriptions: [aSubscription({ id: 'a', target: '1001' }), aSubscription({ id: 'b', target: '1002' })],
      matches: [aMatch('a', '1', 0.5), aMatch('b', '1', 0.5)],
    });
    expect(deliveries.map(({ target }) => target)).toEqual(['1001', '1002']);
    expect(new Set(deliveries.map(({ dedupeKey }) => dedupeKey)).size).toBe(2);
  });

  it('keeps the best of each subscription up to its maxPapers', () => {
    const deliveries = plan({
      papers: ['1', '2', '3'].map((id) => announced({ id })),
      subscriptions: [aSubscription({ id: 's', maxPapers: 2 })],
      matches: [aMatch('s', '1', 0.1), aMatch('s', '2', 0.3), aMatch('s', '3', 0.2)],
    });
    expect(deliveries.map(({ papers }) => papers[0]?.paper)).toEqual(['2', '3']);
  });

  it('counts what a subscription was promised of that day, and not again what its target knows', () => {
    const matches = [aMatch('s', '1', 0.4), aMatch('s', '2', 0.3), aMatch('s', '3', 0.2)];
    const deliveries = plan({
      papers: ['1', '2', '3'].map((id) => announced({ id })),
      subscriptions: [aSubscription({ id: 's', maxPapers: 2 })],
      matches,
      spent: new Map([['s', 1]]),
      isPromised: (_target, paper, occasion) => paper === '1' && occasion === 'first',
    });
    expect(deliveries.map(({ papers }) => papers[0]?.paper)).toEqual(['2']);
  });

  it('calls a new or crossed paper a first occasion and a replacement one of its day', () => {
    const subscription = aSubscription({ id: 's', kinds: ['new', 'replace', 'replace-cross'] });
    const deliveries = plan({
      papers: [announced({ id: '1' }), announced({ id: '2' }, 'replace')],
      subscriptions: [subscription],
      matches: [aMatch('s', '1', 0.2), aMatch('s', '2', 0.1)],
    });
    expect(deliveries.map(({ papers }) => papers[0]?.occasion)).toEqual(['first', 'replace:2025-05-23']);
  });

  it('waits for the hour of the subscription', () => {
    const [delivery] = plan({
      papers: [announced({ id: '1' })],
      subscriptions: [aSubscription({ id: 's', hour: 8, zone: 'Europe/Berlin' })],
      matches: [aMatch('s', '1', 0.5)],
    });
    expect(delivery?.due).toBe(Date.parse('2025-05-23T06:00:00Z'));
  });

  it('makes the same plan of the same morning', () => {
    const given = {
      papers: [announced({ id: '1' }), announced({ id: '2' })],
      subscriptions: [aSubscription({ id: 's' })],
      matches: [aMatch('s', '1', 0.5), aMatch('s', '2', 0.5)],
    };
    expect(plan(given)).toEqual(plan(given));
  });
});
