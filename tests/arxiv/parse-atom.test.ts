import { describe, expect, it } from 'vitest';
import { parseAtom } from '../../src/arxiv/parse-atom.ts';
import { parseRss } from '../../src/arxiv/parse-rss.ts';
import { complaintsAbout } from '../../src/arxiv/unreadable.ts';
import { atomEntry, atomFeed, rssFeed, rssItem } from './arxiv-xml.ts';

const complain = complaintsAbout('f');
const parse = (xml: string) => parseAtom(xml, { complain });

describe('parseAtom', () => {
  it('reads what RSS says in other elements', () => {
    const items = [
      {
        id: '2205.06398v2',
        type: 'cross',
        categories: ['stat.ME', 'math.IT', 'cs.IT'],
        creator: 'A. Doe (X, Y), B. Roe (X, Y)',
      },
      { id: 'hep-th/9901001v5', type: 'replace-cross', extra: '<arxiv:DOI>10.1/x</arxiv:DOI>' },
    ];
    const atom = parse(atomFeed(items.map(atomEntry)));
    expect(atom).toEqual({ ...parseRss(rssFeed(items.map(rssItem)), { complain }), source: 'atom' });
    expect(atom.entries.map(({ id, version }) => [id, version])).toEqual([
      ['2205.06398', 2],
      ['hep-th/9901001', 5],
    ]);
  });

  it('is of the day in New York at which an empty feed was built', () => {
    expect(parse(atomFeed([]))).toMatchObject({ archive: 'cs.LG', date: '2026-09-24', complete: null, entries: [] });
  });

  it('throws with what arXiv says is wrong', () => {
    const xml = atomFeed([], { title: 'Feed error for query: x/atom/a.b.c', subtitle: 'Bad archive.' });
    expect(() => parse(xml)).toThrow('f: arXiv answers “Feed error for query: x/atom/a.b.c”: Bad archive.');
  });

  it('names the line of an entry that is refused', () => {
    expect(() => parse(atomFeed([atomEntry(), atomEntry({ title: '' })]))).toThrow(
      'f, line 18: entry 2 2609.00001 has no title; fetch the feed again',
    );
  });

  it('refuses an entry whose category has no term', () => {
    const entry = atomEntry().replace('term="cs.LG"', '');
    expect(() => parse(atomFeed([entry]))).toThrow('2609.00001 has no category');
  });
});
