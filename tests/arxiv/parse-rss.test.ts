import { describe, expect, it } from 'vitest';
import { parseRss } from '../../src/arxiv/parse-rss.ts';
import { complaintsAbout } from '../../src/arxiv/unreadable.ts';
import { rssFeed, rssItem } from './arxiv-xml.ts';

const parse = (xml: string) => parseRss(xml, { complain: complaintsAbout('f') });

describe('parseRss', () => {
  it('reads an item with all that it bears', () => {
    const item = rssItem({
      id: '2205.06398v2',
      type: 'cross',
      title: String.raw`Schr\"odinger &lt;p&gt; 2505.10000`,
      abstract: 'One\ntwo.\n  Three &amp; four.',
      categories: ['stat.ME', 'stat.ML'],
      creator: 'J. -P. Lees (LPP, CMAP), John Roe (LPP, CMAP)',
      extra:
        '<arxiv:DOI>10.1093/bioinformatics/btac431 10.1000/other</arxiv:DOI><arxiv:journal_reference>J. Math. 1\n (2026)</arxiv:journal_reference>',
    });
    const listing = parse(rssFeed([item]));
    expect(listing).toEqual({
      source: 'rss',
      archive: 'cs.LG',
      date: '2026-09-24',
      complete: null,
      sections: [{ kind: 'cross', shown: null, total: null, parsed: 1 }],
      entries: [
        {
          id: '2205.06398',
          version: 2,
          kind: 'cross',
          crossFrom: 'stat.ME',
          title: String.raw`Schr\"odinger <p> 2505.10000`,
          authors: ['J.-P. Lees', 'John Roe'],
          authorsTruncated: false,
          abstract: 'One two.\n\nThree & four.',
          categories: ['stat.ME', 'stat.ML'],
          primary: 'stat.ME',
          comments: null,
          journalRef: 'J. Math. 1 (2026)',
          doi: '10.1093/bioinformatics/btac431',
          withdrawn: false,
          formats: [],
        },
      ],
    });
  });

  it('gives one section for each kind present, and says of none that it is whole', () => {
    const types = ['new', 'new', 'replace', 'replace-cross'];
    const { sections, entries, complete } = parse(
      rssFeed(types.map((type, index) => rssItem({ type, id: `2609.0000${index + 1}v1` }))),
    );
    expect(sections.map(({ kind, parsed }) => [kind, parsed])).toEqual([
      ['new', 2],
      ['replace', 1],
      ['replace-cross', 1],
    ]);
    expect(entries.map((entry) => entry.crossFrom)).toEqual([null, null, null, null]);
    expect(complete).toBeNull();
  });

  it('takes arXiv at its word where a paper is of a month that never was', () => {
    expect(parse(rssFeed([rssItem({ id: '1234.5646v2' })])).entries[0]).toMatchObject({ id: '1234.5646', version: 2 });
  });

  it('takes both names of a category for one, primary first', () => {
    const { entries } = parse(rssFeed([rssItem({ categories: ['cs.IT', 'cs.SY', 'math.IT', 'eess.SY'] })]));
    expect(entries[0]?.categories).toEqual(['cs.IT', 'eess.SY']);
  });

  it('reads a feed whose kinds stand in the descriptions alone, their line breaks collapsed', () => {
    const item = rssItem({ id: '2609.00001v3', type: 'replace' })
      .replace(/ \nAbstract/, ' Abstract')
      .replace(/<arxiv:announce_type>.*<\/arxiv:announce_type>/, '');
    const { entries } = parse(rssFeed([item]));
    expect(entries[0]).toMatchObject({ kind: 'replace', version: 3, abstract: 'An abstract.' });
  });

  it.each([
    ['cs.LG, cs.AI, stat.ML updates on arXiv.org', 'cs.LG+cs.AI+stat.ML'],
    ['cs.SY, eess.SY, math updates on arXiv.org', 'eess.SY+math'],
    ['cond-mat.mtrl-sci updates on arXiv.org', 'cond-mat.mtrl-sci'],
  ])('knows from “%s” what the feed is of', (title, archive) => {
    expect(parse(rssFeed([], { title })).archive).toBe(archive);
  });

  it('takes a feed without items for a day without papers', () => {
    expect(parse(rssFeed([], { published: 'Sat, 05 Feb 2011 00:00:00 -0500' }))).toMatchObject({
      date: '2011-02-05',
      complete: null,
      sections: [],
      entries: [],
    });
  });

  it('takes a feed of 2,000 items for one that arXiv has cut', () => {
    const items = Array.from({ length: 2000 }, (_, index) =>
      rssItem({ id: `2609.${String(index + 1).padStart(5, '0')}v1` }),
    );
    expect(parse(rssFeed(items)).complete).toBe(false);
    expect(parse(rssFeed(items.slice(1))).complete).toBeNull();
  });

  it('is read from a title of its own where the caller knows what it asked for', () => {
    const xml = rssFeed([], { title: 'Today' });
    expect(parseRss(xml, { complain: complaintsAbout('f'), archive: 'cs' }).archive).toBe('cs');
    expect(() => parse(xml)).toThrow(/^f: the feed is titled “Today”/);
  });

  it('throws with what arXiv says is wrong', () => {
    const xml = rssFeed([], { title: 'Feed error for query: x/rss/cs.XX', description: "Bad subject class 'XX'." });
    expect(() => parse(xml)).toThrow("f: arXiv answers “Feed error for query: x/rss/cs.XX”: Bad subject class 'XX'.");
  });

  it.each<[string, string, RegExp]>([
    [
      'no identifier',
      rssItem({ id: 'physics/1', describedId: 'x' }),
      /^f, line 22: item 2 has no arXiv identifier but “physics\/1”/,
    ],
    ['no title', rssItem({ title: ' ' }), /^f, line 22: item 2 2609.00001 has no title; fetch the feed again$/],
    ['no category', rssItem({ categories: [] }), /item 2 2609.00001 has no category/],
    ['an unknown kind', rssItem({ type: 'jref' }), /announced as “jref”, none of new, cross, replace, replace-cross/],
    ['two kinds', rssItem({ type: 'new', describedType: 'cross' }), /announced as new, but described as “cross”/],
    [
      'the description of another',
      rssItem({ describedId: '2609.00002v1' }),
      /2609.00001v1 has the description of “2609.00002v1”/,
    ],
    ['another description', rssItem().replace('Announce Type', 'Type'), /does not begin with “arXiv:… Announce Type/],
    [
      'another day',
      rssItem({ published: 'Fri, 25 Sep 2026 00:00:00 -0400' }),
      /^f, line 22: item 2 is of “Fri, 25 Sep/,
    ],
  ])('refuses an item with %s', (_what, item, message) => {
    expect(() => parse(rssFeed([rssItem(), item]))).toThrow(message);
  });

  it('refuses a feed without a day, without a channel, or with items outside of it', () => {
    expect(() => parse(rssFeed([], { published: 'today' }))).toThrow(
      "f: the feed's date “today” is no day that there was",
    );
    expect(() => parse('<rss></rss>')).toThrow('f: the RSS feed has no single <channel>');
    expect(() => parse(rssFeed([rssItem()]).replace('</rss>', '<item/></rss>'))).toThrow('of 2 <item> only 1');
  });

  it('refuses a feed that breaks off', () => {
    const xml = rssFeed([rssItem(), rssItem({ id: '2609.00002v1' })]);
    for (let length = 1; length < xml.trimEnd().length; length += 7) {
      expect(() => parse(xml.slice(0, length)), xml.slice(0, length)).toThrow(/^f(?:, line \d+)?: /);
    }
  });
});
