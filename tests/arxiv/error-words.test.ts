import { describe, expect, it } from 'vitest';
import { errorWords } from '../../src/arxiv/error-words.ts';
import { errorPage } from './listing-html.ts';

const ofApi = `<feed><id>x</id><title>arXiv Search Results</title><entry><id>y</id><title>Error</title>
  <link href="y"/><summary>incorrect id format for abc</summary></entry></feed>`;
const ofFeed = (element: string, words: string) =>
  `<rss><title>Feed error for query: http://x/rss/heplat</title><link>x</link><${element}>${words}</${element}></rss>`;

describe('errorWords', () => {
  it.each([
    ['a page', errorPage('Access Denied'), 'Access Denied'],
    ['the export API', ofApi, 'incorrect id format for abc'],
    ['RSS', ofFeed('description', `Bad archive\n 'heplat'.`), `Bad archive 'heplat'.`],
    ['Atom', ofFeed('subtitle', `Bad archive 'a.b.c'.`), `Bad archive 'a.b.c'.`],
    ['a feed that lists all names', ofFeed('description', 'cs.DC, '.repeat(100)), `${'cs.DC, '.repeat(17).trimEnd()}…`],
    ['plain text', 'Rate exceeded.', null],
    ['nothing', '', null],
    ['an empty title', '<title> </title>', null],
  ])('are those of %s', (_what, body, expected) => {
    expect(errorWords(Buffer.from(body))).toBe(expected);
  });
});
