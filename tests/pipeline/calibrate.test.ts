import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/domain/calibration.ts';
import type { MarkedPaper } from '../../src/domain/mark.ts';
import type { AnnouncedPaper } from '../../src/domain/paper.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import { calibrate, withPercentiles } from '../../src/pipeline/calibrate.ts';
import { prepareMatcher } from '../../src/pipeline/prepare-matcher.ts';
import { aMatch, aPaper, aSubscription } from '../builders/domain.ts';

const rest = () => Promise.resolve();
const date = '2025-05-23';

/** Papers of a day, every fourth of them on gossip. */
function papersOf(day: string, count: number): AnnouncedPaper[] {
  return Array.from({ length: count }, (_, index) => ({
    paper: aPaper({ id: `${day}.${index}`, title: index % 4 === 0 ? 'Gossip in networks' : 'Sorting in parallel' }),
    date: day,
    announcements: [{ category: 'cs.DC', kind: 'new' }],
  }));
}

const gossip = aSubscription({ id: 's', query: 'gossip', categories: ['cs.DC'] });

async function calibrated(given: {
  readonly subscription?: Subscription;
  readonly papers?: readonly AnnouncedPaper[];
  readonly background?: readonly AnnouncedPaper[];
  readonly marks?: readonly MarkedPaper[];
  readonly known?: Calibration;
}): Promise<Calibration> {
  const { subscription = gossip, papers = [], background = [], marks = [], known } = given;
  const frequencies = countDocumentFrequencies([...background, ...papers].map(({ paper }) => paper));
  const read = prepareMatcher([subscription], frequencies, new Map([['s', { marks, related: [] }]]));
  const input = {
    date,
    papers,
    background,
    subscriptions: [subscription],
    compiled: [...read.compiled.values()],
    frequencies,
  };
  const found = (await calibrate({ ...input, known: new Map(known ? [['s', known]] : []) }, rest)).get('s');
  if (!found) throw new Error('no calibration');
  return found;
}

const sizeOf = ({ window: { current, earlier } }: Calibration) =>
  [current, earlier].map(({ zero, counts }) => zero + counts.reduce((sum, count) => sum + count, 0));

describe('calibrate', () => {
  it('counts every paper in the categories, matched or not, and those of the background where nothing is known', async () => {
    const today = papersOf(date, 8);
    const first = await calibrated({ papers: today, background: [...papersOf('2025-05-22', 60), ...today] });
    expect(sizeOf(first)).toEqual([68, 0]);
    expect(first.window.current.zero).toBe(51);
    const stored = { ...first, revision: 1 };
    const second = await calibrated({
      papers: papersOf('2025-05-24', 4),
      background: papersOf('2025-05-22', 60),
      known: stored,
    });
    expect(sizeOf(second)).toEqual([72, 0]);
    expect(second.revision).toBe(1);
  });

  it('begins with the days of the background, however old the listing', async () => {
    expect((await calibrated({ papers: papersOf(date, 4), background: papersOf('2025-09-01', 60) })).window.begun).toBe(
      '2025-09-01',
    );
  });

  it('stays as it is where no paper is in the categories', async () => {
    const known = { ...(await calibrated({ papers: papersOf(date, 8) })), revision: 3 };
    const elsewhere = papersOf(date, 4).map((announced) => ({
      ...announced,
      paper: { ...announced.paper, categories: ['math.CO'], primary: 'math.CO' },
      announcements: [{ category: 'math.CO', kind: 'new' as const }],
    }));
    expect(await calibrated({ papers: elsewhere, known })).toEqual(known);
  });

  it('begins anew from the background where the wish was changed or a paper was marked', async () => {
    const background = papersOf('2025-05-22', 60);
    const known = await calibrated({ papers: papersOf(date, 8), background });
    const { paper } = papersOf('2025-05-20', 1)[0] ?? { paper: aPaper() };
    for (const changed of [
      { subscription: { ...gossip, query: 'sorting' } },
      { subscription: { ...gossip, categories: ['cs.*'] } },
      { marks: [{ paper, kind: 'up' as const }] },
    ]) {
      const anew = await calibrated({ papers: papersOf(date, 4), background, known, ...changed });
      expect(sizeOf(anew)).toEqual([64, 0]);
      expect(anew.basis).not.toBe(known.basis);
    }
    expect(sizeOf(await calibrated({ papers: papersOf(date, 4), background, known }))).toEqual([72, 0]);
    const styled = { ...gossip, maxPapers: 3, style: 'digest' };
    expect(sizeOf(await calibrated({ papers: papersOf(date, 4), background, known, subscription: styled }))).toEqual([
      72, 0,
    ]);
  });

  it('starts a budget with the scores of the days before, and keeps what is left of it when the wish is changed', async () => {
    const background = ['2025-05-20', '2025-05-21', '2025-05-22'].flatMap((day) => papersOf(day, 40));
    const about = { ...gossip, perDay: 2 };
    const first = await calibrated({ subscription: about, papers: papersOf(date, 4), background });
    expect(first.volume?.after).toMatchObject({ perDay: 2, credit: 0 });
    expect(first.volume?.after.days).toBeCloseTo(2.91, 1);
    expect(first.volume?.after.counts.some((count) => count > 0)).toBe(true);

    const volume = first.volume && { ...first.volume, after: { ...first.volume.after, credit: 1.5 } };
    const known = { ...first, volume };
    const turned = await calibrated({ subscription: { ...about, perDay: 5 }, papers: [], known });
    expect(turned.volume?.after).toEqual({ ...volume?.after, perDay: 5 });
    const changed = await calibrated({ subscription: { ...about, query: 'sorting' }, background, known });
    expect(changed.volume?.after).toMatchObject({ perDay: 2, credit: 1.5 });
    expect(changed.volume?.after.counts).not.toEqual(volume?.after.counts);
    expect((await calibrated({ subscription: gossip, known })).volume).toBeNull();
  });

  it('leaves out a subscription whose query cannot be read', async () => {
    const frequencies = countDocumentFrequencies([]);
    const broken = aSubscription({ id: 's', query: '(gossip' });
    expect(
      (
        await calibrate(
          { date, papers: [], background: [], subscriptions: [broken], compiled: [], frequencies, known: new Map() },
          rest,
        )
      ).size,
    ).toBe(0);
  });
});

describe('withPercentiles', () => {
  it('says what share of recent papers a match is more relevant than, where enough are known', async () => {
    const known = await calibrated({ papers: papersOf(date, 80) });
    const matches = [aMatch('s', '1', 1), aMatch('s', '2', 0.001), aMatch('other', '1', 1)];
    const found = withPercentiles(matches, new Map([['s', known]]));
    expect(found.map(({ percentile }) => percentile)).toEqual([1, 0.75, null]);
    const few = await calibrated({ papers: papersOf(date, 20) });
    expect(withPercentiles(matches, new Map([['s', few]])).map(({ percentile }) => percentile)).toEqual([
      null,
      null,
      null,
    ]);
  });
});
