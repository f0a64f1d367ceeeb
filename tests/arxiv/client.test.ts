import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createArxivSource } from '../../src/arxiv/client.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { catchUpPage, errorPage, listingPage, sectionsHtml } from './listing-html.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A clock that jumps: sleeping takes no time and moves it on. */
function jumpingClock(): Clock & { readonly slept: number[] } {
  let nowMs = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => nowMs,
    sleep: (durationMs) => {
      slept.push(durationMs);
      nowMs += durationMs;
      return Promise.resolve();
    },
  };
}

/** A loopback arXiv that answers by path; unknown paths get 404. */
async function arxiv(answers: Record<string, Answer>, options: { timeoutMs?: number; maxBytes?: number } = {}) {
  const requests: { url: string; userAgent: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', userAgent: request.headers['user-agent'] });
    const answer = answers[request.url ?? ''] ?? says(404, errorPage('404'));
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const clock = jumpingClock();
  const readListing = createArxivSource({
    clock,
    log: createLog('silent'),
    settings: {
      baseUrl: `http://127.0.0.1:${address.port}`,
      pageIntervalMs: 15_000,
      userAgent: 'Paperboy/test (mailto:me@example.org)',
      timeoutMs: options.timeoutMs ?? 10_000,
      maxBytes: options.maxBytes ?? 1_000_000,
    },
  });
  return { readListing, requests, clock };
}

function says(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}

const one = sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{}] }]);
const today = listingPage(one, { total: 1 });

describe('createArxivSource', () => {
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

  it('joins the pages of a day that does not fit on one', async () => {
    const first = sectionsHtml([
      { title: 'New submissions (showing 1 of 1 entries)', entries: [{}] },
      { title: 'Replacement submissions (showing first 1 of 2 entries)', entries: [{ note: '(replaced)' }] },
    ]);
    const second = sectionsHtml(
      [
        {
          title: 'Replacement submissions (continued, showing last 1 of 2 entries)',
          entries: [{ note: '(replaced)' }],
        },
      ],
      3,
    );
    const { readListing } = await arxiv({
      '/list/math/new': says(200, today),
      '/catchup/math/2011-02-01?abs=True': says(200, catchUpPage(first, { total: 3, day: 'Tue, 01 Feb 2011' })),
      '/catchup/math/2011-02-01?abs=True&page=2': says(200, catchUpPage(second, { total: 3, day: 'Tue, 01 Feb 2011' })),
    });
    expect(await readListing('math', '2011-02-01')).toMatchObject({
      complete: true,
      sections: [
        { kind: 'new', parsed: 1 },
        { kind: 'replace', shown: 2, total: 2, parsed: 2 },
      ],
      entries: [{ id: '2505.00001' }, { id: '2505.00002' }, { id: '2505.00003' }],
    });
  });

  it('reads on where the latest listing does not fit on one page', async () => {
    const first = sectionsHtml([{ title: 'New submissions (showing first 1 of 2 entries)', entries: [{}] }]);
    const second = sectionsHtml(
      [{ title: 'New submissions (continued, showing last 1 of 2 entries)', entries: [{}] }],
      2,
    );
    const { readListing } = await arxiv({
      '/list/math/new': says(200, listingPage(first, { total: 2 })),
      '/list/math/new?skip=1&show=2000': says(200, listingPage(second, { total: 2 })),
    });
    expect(await readListing('math', '2011-02-03')).toMatchObject({ complete: true, entries: [{}, {}] });
  });

  it('gives what it read of a page whose counts disagree, and asks for no more', async () => {
    const broken = sectionsHtml([{ title: 'New submissions (showing 2 of 2 entries)', entries: [{}] }]);
    const { readListing, requests } = await arxiv({ '/list/math/new': says(200, listingPage(broken, { total: 2 })) });
    expect(await readListing('math', '2011-02-03')).toMatchObject({ complete: false });
    expect(requests).toHaveLength(1);
  });

  it('makes one request at a time, spaced on our clock, also behind a failure', async () => {
    let open = 0;
    let most = 0;
    const slowly: Answer = (request, response) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open -= 1;
        says(request.url === '/list/cs/new' ? 503 : 200, today)(request, response);
      });
    };
    const { readListing, requests, clock } = await arxiv({ '/list/math/new': slowly, '/list/cs/new': slowly });
    const reads = [
      readListing('math', '2011-02-03'),
      readListing('cs', '2011-02-03'),
      readListing('math', '2011-02-03'),
    ];
    const settled = await Promise.allSettled(reads);
    expect(settled.map((one_) => one_.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(most).toBe(1);
    expect(requests).toHaveLength(3);
    expect(clock.slept).toEqual([0, 15_000, 15_000]);
  });

  it.each<[string, Answer, { code: string; message: RegExp }]>([
    [
      '503',
      says(503, 'busy', { 'retry-after': '300' }),
      { code: 'arxiv-unavailable', message: /^arxiv: GET \/list\/math\/new answered 503, Retry-After 300$/ },
    ],
    ['429', says(429, 'Rate exceeded.'), { code: 'arxiv-unavailable', message: /answered 429$/ }],
    [
      '403',
      says(403, errorPage('Access Denied')),
      { code: 'arxiv-refused', message: /answered 403 “Access Denied”: arXiv asks us to stop/ },
    ],
    [
      '400',
      says(400, errorPage('Invalid archive or category: math')),
      { code: 'arxiv-bad-request', message: /answered 400 “Invalid archive or category: math”$/ },
    ],
    [
      'a connection that breaks',
      (request) => request.socket.destroy(),
      { code: 'arxiv-unavailable', message: /^arxiv: GET \/list\/math\/new failed: / },
    ],
    [
      'a body that is too large',
      says(200, ' '.repeat(1_000_001)),
      { code: 'arxiv-unavailable', message: /answered with more than 1000000 bytes; not read$/ },
    ],
    [
      'a redirect to elsewhere',
      says(302, '', { location: 'http://example.org/list/math/new' }),
      {
        code: 'arxiv-refused',
        message: /redirects to http:\/\/example.org\/list\/math\/new, which is none of arXiv's hosts/,
      },
    ],
    [
      'a redirect in a circle',
      says(302, '', { location: '/list/math/new' }),
      { code: 'arxiv-unavailable', message: /redirects more than 3 times/ },
    ],
    [
      'a page that is no listing',
      says(200, errorPage('Down for maintenance')),
      { code: 'unreadable-listing', message: /^http:.*\/list\/math\/new: this is the page “Down for maintenance”/ },
    ],
    ['an empty body', says(200, ''), { code: 'unreadable-listing', message: /the file is empty/ }],
  ])('reports %s in one sentence', async (_what, answer, expected) => {
    const { readListing } = await arxiv({ '/list/math/new': answer });
    await expect(readListing('math', '2011-02-03')).rejects.toMatchObject({
      code: expected.code,
      message: expect.stringMatching(expected.message),
    });
  });

  it('gives up on an answer that does not end', async () => {
    const { readListing } = await arxiv(
      { '/list/math/new': (_request, response) => response.writeHead(200).write('<html>') },
      { timeoutMs: 50 },
    );
    await expect(readListing('math', '2011-02-03')).rejects.toMatchObject({
      code: 'arxiv-unavailable',
      message: expect.stringMatching(/no whole answer within 50 ms$/),
    });
  });

  it('says why a host cannot be reached', async () => {
    const { readListing } = await arxiv({});
    servers.splice(0).forEach((server) => server.close());
    await expect(readListing('math', '2011-02-03')).rejects.toMatchObject({
      code: 'arxiv-unavailable',
      message: expect.stringMatching(/ECONNREFUSED/),
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
});
