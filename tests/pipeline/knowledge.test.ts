import { describe, expect, it } from 'vitest';
import { shippedFrequencies } from '../../src/app/open-knowledge.ts';
import { createKnowledge } from '../../src/pipeline/knowledge.ts';
import { aPaper, aSubscription } from '../builders/domain.ts';
import { temporaryStore } from '../store/store-builders.ts';

const subjects = ['Gossip spreads rumours among peers', 'Rumours among peers in large networks', 'Sorting in parallel'];

async function knowledgeOf(papers: number) {
  const store = await temporaryStore('sqlite');
  await store.papers.backfill(
    Array.from({ length: papers }, (_, index) => ({
      paper: aPaper({ id: `2505.${10_000 + index}`, title: subjects[index % 3] ?? '' }),
      announced: '2025-05-22',
    })),
  );
  let searches = 0;
  const nearest: typeof store.papers.nearest = (terms, limit) => {
    searches += 1;
    return store.papers.nearest(terms, limit);
  };
  const knowledge = createKnowledge({
    store: { ...store, papers: { ...store.papers, nearest } },
    background: shippedFrequencies,
    rest: () => Promise.resolve(),
  });
  return { knowledge, searches: () => searches };
}

const gossip = aSubscription({ id: 's', interests: 'gossip' });

describe('createKnowledge', () => {
  it('knows how common words are before the archive has papers, and counts those of the archive', async () => {
    const empty = await (await knowledgeOf(0)).knowledge.frequencies();
    expect(empty.of('learn')).toBeGreaterThan(empty.of('gossip'));
    const filled = await (await knowledgeOf(30)).knowledge.frequencies();
    expect(filled.documentCount).toBe(empty.documentCount + 30);
    expect(filled.of('gossip')).toBe(empty.of('gossip') + 10);
  });

  it('learns from the nearest papers of the archive, once', async () => {
    const { knowledge, searches } = await knowledgeOf(1_000);
    const learned = (await knowledge.experienceOf([gossip])).get('s')?.related.map(({ text }) => text);
    expect(learned).toContain('rumours');
    expect(learned).not.toContain('sorting');
    expect(await knowledge.experienceOf([gossip])).toMatchObject(new Map([['s', { marks: [] }]]));
    expect(searches()).toBe(1);
    await knowledge.experienceOf([{ ...gossip, interests: 'sorting' }]);
    expect(searches()).toBe(2);
  });

  it('learns nothing from an archive of few papers', async () => {
    const { knowledge, searches } = await knowledgeOf(30);
    expect((await knowledge.experienceOf([gossip])).get('s')).toEqual({ marks: [], related: [] });
    expect(searches()).toBe(0);
  });
});
