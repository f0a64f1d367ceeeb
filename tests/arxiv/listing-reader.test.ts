import { describe, expect, it } from 'vitest';
import { catchUpPage, errorPage, listingPage, sectionsHtml } from './listing-html.ts';
import { arxiv, says } from './loopback-arxiv.ts';
import type { Answer } from './loopback-arxiv.ts';

const one = sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{}] }]);
const today = listingPage(one, { total: 1 });
const papers = (count: number) => Array.from({ length: count }, () => ({}));
const fullOf2001 = listingPage(
  sectionsHtml([{ title: 'New submissions (showing first 2000 of 2001 entries)', entries: papers(2000) }]),
  { total: 2001 },
);

describe('createListingReader', () => {
  it('reads the listing of the day that was asked for', async () => {
    const { readListing, requests } = await arxiv({ '/list/math/new': says(200, today) });
    expect(await readListing('math', '2011-02-03')).toMatchObject({
      archive: 'math',
      date: '2011-02-03',
      complete: true,
    });
    expect(requests).toEqual([{ url: '/list/math/new', userAgent: 'Paperboy/test (mailto:me@example.org)' }]);
  });

  it('gives null while the page is still of the day before', async () => {
    const { readListing, requests } = await arxiv({ '/list/math/new': says(200, today) });
    expect(await readListing('math', '2011-02-04')).toBeNull();
    expect(requests).toHaveLength(1);
  });

  it('reads a missed day from the catch-up page', async () => {
    const { readListing } = await arxiv({
      '/list/math/new': says(200, today),
      '/catchup/math/2011-02-01?abs=True': says(200, catchUpPage(one, { total: 1, day: 'Tue, 01 Feb 2011' })),
      '/catchup/math/2011-02-02?abs=True': says(
        200,
        catchUpPage('<p>No updates for Wed, 02 Feb 2011.</p>', { total: 0, day: 'Wed, 02 Feb 2011' }),
      ),
    });
    expect(await readListing('math', '2011-02-01')).toMatchObject({
      date: '2011-02-01',
      complete: true,
      entries: [{ id: '2505.00001' }],
    });
    expect(await readListing('math', '2011-02-02')).toMatchObject({ date: '2011-02-02', complete: true, entries: [] });
  });

  it('joins the pages of a missed day that does not fit on one', async () => {
    const first = sectionsHtml([
      { title: 'New submissions (showing 1999 of 1999 entries)', entries: papers(1999) },
      { title: 'Replacement submissions (showing first 1 of 2 entries)', entries: [{ note: '(replaced)' }] },
    ]);
    const second = sectionsHtml(
      [
        {
          title: 'Replacement submissions (continued, showing last 1 of 2 entries)',
          entries: [{ note: '(replaced)' }],
        },
      ],
      2001,
    );
    const { readListing } = await arxiv({
      '/list/math/new': says(200, today),
      '/catchup/math/2011-02-01?abs=True': says(200, catchUpPage(first, { total: 2001, day: 'Tue, 01 Feb 2011' })),
      '/catchup/math/2011-02-01?abs=True&page=2': says(
        200,
        catchUpPage(second, { total: 2001, day: 'Tue, 01 Feb 2011' }),
      ),
    });
    const listing = await readListing('math', '2011-02-01');
    expect(listing).toMatchObject({
      complete: true,
      sections: [
        { kind: 'new', parsed: 1999 },
        { kind: 'replace', shown: 2, total: 2, parsed: 2 },
      ],
    });
    expect(listing?.entries.at(-1)?.id).toBe('2505.02001');
  });

  it('reads on where the latest listing fills its page', async () => {
    const second = sectionsHtml(
      [{ title: 'New submissions (continued, showing last 1 of 2001 entries)', entries: [{}] }],
      2001,
    );
    const { readListing } = await arxiv({
      '/list/math/new': says(200, fullOf2001),
      '/list/math/new?skip=2000&show=2000': says(200, listingPage(second, { total: 2001 })),
    });
    const listing = await readListing('math', '2011-02-03');
    expect(listing).toMatchObject({ complete: true, sections: [{ shown: 2001, parsed: 2001 }] });
    expect(listing?.entries).toHaveLength(2001);
  });

  it.each<[string, Answer, number?]>([
    ['answers 503 four times', says(503, 'busy'), 4],
    ['has no updates and no total', says(200, listingPage('<p>No updates today.</p>', { total: null }))],
    ['is already of the next day', says(200, listingPage(one, { total: 1, day: 'Friday, 4 February 2011' }))],
  ])('gives the first page, as incomplete, where the second %s', async (_what, answer, asked = 1) => {
    const { readListing, requests } = await arxiv({
      '/list/math/new': says(200, fullOf2001),
      '/list/math/new?skip=2000&show=2000': answer,
    });
    const listing = await readListing('math', '2011-02-03');
    expect(listing).toMatchObject({ date: '2011-02-03', complete: false });
    expect(listing?.entries).toHaveLength(2000);
    expect(requests).toHaveLength(1 + asked);
  });

  it('asks for no second page behind one that is not full, whatever its total', async () => {
    const two = sectionsHtml([{ title: 'New submissions (showing 2 of 2 entries)', entries: papers(2) }]);
    const { readListing, requests } = await arxiv({ '/list/math/new': says(200, listingPage(two, { total: 3 })) });
    expect(await readListing('math', '2011-02-03')).toMatchObject({ complete: false, entries: [{}, {}] });
    expect(requests).toHaveLength(1);
  });

  it('gives what it read of a page whose counts disagree, and asks for no more', async () => {
    const broken = sectionsHtml([{ title: 'New submissions (showing 2 of 2 entries)', entries: [{}] }]);
    const { readListing, requests } = await arxiv({ '/list/math/new': says(200, listingPage(broken, { total: 2 })) });
    expect(await readListing('math', '2011-02-03')).toMatchObject({ complete: false });
    expect(requests).toHaveLength(1);
  });

  it.each<[string, Answer, RegExp]>([
    [
      'a page that is no listing',
      says(200, errorPage('Down for maintenance')),
      /^http:.*\/list\/math\/new: this is the page “Down for maintenance”/,
    ],
    ['an empty body', says(200, ''), /the file is empty/],
  ])('reports %s in one sentence, with its address', async (_what, answer, message) => {
    const { readListing } = await arxiv({ '/list/math/new': answer });
    await expect(readListing('math', '2011-02-03')).rejects.toMatchObject({
      code: 'unreadable-listing',
      message: expect.stringMatching(message),
    });
  });

  it('follows a redirect on the same host, and names the category that an alias stands for', async () => {
    const { readListing } = await arxiv({
      '/list/math/new': says(200, today),
      '/list/math.MP/new': says(301, '', { location: '/list/math/new' }),
    });
    await expect(readListing('math.MP', '2011-02-03')).rejects.toThrow(
      'arxiv: math.MP is listed under math; name math instead',
    );
  });

  it('refuses a catch-up page of another day', async () => {
    const { readListing } = await arxiv({
      '/list/math/new': says(200, today),
      '/catchup/math/2011-02-01?abs=True': says(200, catchUpPage(one, { total: 1, day: 'Mon, 31 Jan 2011' })),
    });
    await expect(readListing('math', '2011-02-01')).rejects.toThrow(
      /answered with the listing of 2011-01-31 instead of 2011-02-01/,
    );
  });

  it('asks for a backlog with one look at the latest page, and for the latest day on its own page', async () => {
    const { readListing, requests } = await arxiv({
      '/list/math/new': says(200, today),
      '/catchup/math/2011-01-31?abs=True': says(200, catchUpPage(one, { total: 1, day: 'Mon, 31 Jan 2011' })),
      '/catchup/math/2011-02-01?abs=True': says(200, catchUpPage(one, { total: 1, day: 'Tue, 01 Feb 2011' })),
    });
    for (const date of ['2011-01-31', '2011-02-01', '2011-02-03']) {
      expect(await readListing('math', date)).toMatchObject({ date });
    }
    expect(requests.map(({ url }) => url)).toEqual([
      '/list/math/new',
      '/catchup/math/2011-01-31?abs=True',
      '/catchup/math/2011-02-01?abs=True',
      '/list/math/new',
    ]);
  });

  it('looks again whether a day has come, and after ten minutes which one is the latest', async () => {
    const { readListing, requests, clock } = await arxiv({
      '/list/math/new': says(200, today),
      '/catchup/math/2011-02-01?abs=True': says(200, catchUpPage(one, { total: 1, day: 'Tue, 01 Feb 2011' })),
    });
    expect(await readListing('math', '2011-02-04')).toBeNull();
    expect(await readListing('math', '2011-02-04')).toBeNull();
    await clock.sleep(10 * 60_000);
    expect(await readListing('math', '2011-02-01')).toMatchObject({ date: '2011-02-01' });
    expect(requests.filter(({ url }) => url === '/list/math/new')).toHaveLength(3);
  });

  it('asks once where several days are not out yet', async () => {
    const { readListing, requests, clock } = await arxiv({ '/list/math/new': says(200, today) });
    for (const date of ['2011-02-04', '2011-02-07', '2011-02-08']) expect(await readListing('math', date)).toBeNull();
    expect(requests).toHaveLength(1);
    await clock.sleep(2 * 60_000);
    expect(await readListing('math', '2011-02-08')).toBeNull();
    expect(requests).toHaveLength(2);
  });

  it('does not have the page sent again while it is still the one it was', async () => {
    const validators = { etag: '"yesterday"', 'last-modified': 'Thu, 03 Feb 2011 01:00:00 GMT' };
    const tomorrow = listingPage(one, { total: 1, day: 'Friday, 4 February 2011' });
    let latest = today;
    const { readListing, headers } = await arxiv({
      '/list/math/new': (request, response) => {
        const isKnown = latest === today && request.headers['if-none-match'] === validators.etag;
        (isKnown ? says(304, '') : says(200, latest, latest === today ? validators : {}))(request, response);
      },
    });
    for (let look = 0; look < 3; look++) expect(await readListing('math', '2011-02-04')).toBeNull();
    latest = tomorrow;
    expect(await readListing('math', '2011-02-04')).toMatchObject({ date: '2011-02-04', complete: true });
    // Who wants the day itself wants its body.
    expect(await readListing('math', '2011-02-04')).toMatchObject({ date: '2011-02-04', complete: true });
    expect(headers.map((sent) => sent['if-none-match'])).toEqual([
      undefined,
      validators.etag,
      validators.etag,
      validators.etag,
      undefined,
    ]);
    expect(headers[1]).toMatchObject({ 'if-modified-since': validators['last-modified'] });
  });

  it('reads the page of a day that it knows to be the latest, and a missed one behind an unchanged page', async () => {
    const { readListing, requests, clock } = await arxiv({
      '/list/math/new': (request, response) =>
        (request.headers['if-none-match'] === 'e1' ? says(304, '') : says(200, today, { etag: 'e1' }))(
          request,
          response,
        ),
      '/catchup/math/2011-02-01?abs=True': says(200, catchUpPage(one, { total: 1, day: 'Tue, 01 Feb 2011' })),
    });
    expect(await readListing('math', '2011-02-04')).toBeNull();
    expect(await readListing('math', '2011-02-03')).toMatchObject({ date: '2011-02-03' });
    await clock.sleep(10 * 60_000);
    expect(await readListing('math', '2011-02-01')).toMatchObject({ date: '2011-02-01' });
    expect(requests).toHaveLength(4);
  });

  it('remembers nothing of a page that it cannot read', async () => {
    const { readListing, headers } = await arxiv({
      '/list/math/new': says(200, errorPage('Down for maintenance'), { etag: 'e1' }),
    });
    await expect(readListing('math', '2011-02-04')).rejects.toMatchObject({ code: 'unreadable-listing' });
    await expect(readListing('math', '2011-02-04')).rejects.toMatchObject({ code: 'unreadable-listing' });
    expect(headers[1]).not.toHaveProperty('if-none-match');
  });

  it('stops on its signal, on whichever page it is', async () => {
    const stopping = new AbortController();
    const { readListing, requests } = await arxiv({
      '/list/math/new': says(200, fullOf2001),
      '/list/math/new?skip=2000&show=2000': (_request, response) => {
        response.writeHead(200).write('<html>');
        stopping.abort();
      },
    });
    await expect(readListing('math', '2011-02-03', stopping.signal)).rejects.toMatchObject({ code: 'arxiv-stopped' });
    expect(requests).toHaveLength(2);
  });
});
