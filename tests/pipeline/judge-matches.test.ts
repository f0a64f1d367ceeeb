import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/domain/calibration.ts';
import { dayVolume } from '../../src/match/day-volume.ts';
import { emptyWindow } from '../../src/match/score-window.ts';
import { startVolume } from '../../src/match/volume.ts';
import { judgeMatches } from '../../src/pipeline/judge-matches.ts';
import type { JudgeInput } from '../../src/pipeline/judge-matches.ts';
import { aMatch, aSubscription, announced } from '../builders/domain.ts';

const date = '2025-05-23';

/** A budget of `perDay` papers that knows of no day yet. */
function budget(perDay: number): Calibration {
  const volume = dayVolume(date, startVolume(perDay));
  return { subscription: 's', basis: 'b', window: emptyWindow(date), volume, revision: 0 };
}

function judge(given: Partial<JudgeInput>) {
  const matches = given.matches ?? [aMatch('s', '1', 0.4), aMatch('s', '2', 0.9), aMatch('s', '3', 0.2)];
  return judgeMatches({
    date,
    papers: ['1', '2', '3', '4'].map((id) => announced({ id })),
    subscriptions: [aSubscription({ id: 's' })],
    matches,
    spent: new Map(),
    calibrations: new Map(),
    isPromised: () => false,
    ...given,
  });
}

const verdicts = (given: Partial<JudgeInput>) =>
  judge(given).judged.map(({ match, verdict }) => [match.paper, verdict]);

describe('judgeMatches', () => {
  it('sends the best that the cap has room for', () => {
    expect(verdicts({ subscriptions: [aSubscription({ id: 's', maxPapers: 2 })] })).toEqual([
      ['2', 'sent'],
      ['1', 'sent'],
      ['3', 'cap'],
    ]);
    expect(verdicts({ spent: new Map([['s', 24]]) }).filter(([, verdict]) => verdict === 'sent')).toEqual([
      ['2', 'sent'],
    ]);
  });

  it('says what was promised before, and does not count it', () => {
    const given = { isPromised: (_target: string, paper: string) => paper === '2' };
    expect(verdicts({ ...given, subscriptions: [aSubscription({ id: 's', maxPapers: 1 })] })).toEqual([
      ['2', 'promised'],
      ['1', 'sent'],
      ['3', 'cap'],
    ]);
  });

  it('asks for the percentile that a subscription wants, where it is known', () => {
    const matches = [
      { ...aMatch('s', '1', 0.9), percentile: null },
      { ...aMatch('s', '2', 0.8), percentile: 0.95 },
      { ...aMatch('s', '3', 0.7), percentile: 0.8 },
    ];
    expect(verdicts({ matches, subscriptions: [aSubscription({ id: 's', minScore: 0.9 })] })).toEqual([
      ['1', 'sent'],
      ['2', 'sent'],
      ['3', 'score'],
    ]);
  });

  it('keeps the budget of a subscription below its cap, and tells what is left of it', () => {
    const subscriptions = [aSubscription({ id: 's', perDay: 1, maxPapers: 2 })];
    const calibrations = new Map([['s', budget(1)]]);
    expect(verdicts({ subscriptions, calibrations })).toEqual([
      ['2', 'sent'],
      ['1', 'budget'],
      ['3', 'budget'],
    ]);
    const { volumes } = judge({ subscriptions, calibrations });
    expect(volumes.get('s')).toMatchObject({ date, chosen: 1, after: { credit: 0 } });
  });

  it('saves up the budget of a day on which nothing matched', () => {
    const subscriptions = [aSubscription({ id: 's', perDay: 2 })];
    const { volumes } = judge({ subscriptions, calibrations: new Map([['s', budget(2)]]), matches: [] });
    expect(volumes.get('s')).toMatchObject({ chosen: 0, after: { credit: 2, days: 1 } });
  });

  it('holds a budget over several listings of a day', () => {
    const subscriptions = [aSubscription({ id: 's', perDay: 2 })];
    const first = judge({ subscriptions, calibrations: new Map([['s', budget(2)]]), matches: [aMatch('s', '1', 0.4)] });
    const volume = first.volumes.get('s') ?? null;
    const calibrations = new Map([['s', { ...budget(2), volume }]]);
    const matches = [aMatch('s', '2', 0.9), aMatch('s', '3', 0.8), aMatch('s', '4', 0.7)];
    const sent = judge({ subscriptions, calibrations, matches }).judged.filter(({ verdict }) => verdict === 'sent');
    expect(sent.map(({ match }) => match.paper)).toEqual(['2']);
  });
});
