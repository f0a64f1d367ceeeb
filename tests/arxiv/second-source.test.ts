import { describe, expect, it } from 'vitest';
import { createSecondSource } from '../../src/arxiv/second-source.ts';
import { apiAnswer, apiEntry, rssFeed, rssItem } from './arxiv-xml.ts';
import { arxiv, says } from './loopback-arxiv.ts';
import type { Answer } from './loopback-arxiv.ts';

async function second(answers: Record<string, Answer>) {
  const { client, requests } = await arxiv(answers);
  return { ...createSecondSource(client), requests };
}

describe('createSecondSource', () => {
  it('reads the feed of an archive', async () => {
    const { readFeed } = await second({ '/rss/cs.LG': says(200, rssFeed([rssItem({ id: '2609.00001v2' })])) });
    expect(await readFeed('cs.LG')).toMatchObject({
      source: 'rss',
      archive: 'cs.LG',
      date: '2026-09-24',
      entries: [{ id: '2609.00001', version: 2 }],
    });
  });

  it('refuses the feed of another archive, and a page where a feed is expected', async () => {
    const { readFeed } = await second({
      '/rss/cs.DC': says(200, rssFeed([])),
      '/rss/math': says(200, '<html><title>Down</title></html>'),
    });
    await expect(readFeed('cs.DC')).rejects.toThrow('arxiv: GET /rss/cs.DC answered with the feed of cs.LG');
    await expect(readFeed('math')).rejects.toMatchObject({ code: 'unreadable-listing' });
  });

  it('asks the export API for papers by id, all at once', async () => {
    const { readPapers, requests } = await second({
      '/api/query?id_list=2609.00001,math%2F0309136&max_results=2': says(200, apiAnswer([apiEntry()])),
    });
    const papers = await readPapers(['2609.00001', 'math/0309136']);
    expect(papers).toMatchObject([{ id: '2609.00001' }]);
    expect(papers[0]).not.toHaveProperty('kind');
    expect(requests).toHaveLength(1);
  });
});
