import { describe, expect, it } from 'vitest';
import { errorPage } from './listing-html.ts';
import { arxiv, says } from './loopback-arxiv.ts';
import type { Answer } from './loopback-arxiv.ts';

describe('createPageReader', () => {
  it('makes one request at a time, spaced on our clock, also behind a failure', async () => {
    let open = 0;
    let most = 0;
    const slowly: Answer = (request, response) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open -= 1;
        says(request.url === '/list/cs/new' ? 503 : 200, '<html></html>')(request, response);
      });
    };
    const { readPage, requests, clock } = await arxiv({ '/list/math/new': slowly, '/list/cs/new': slowly });
    const reads = [readPage('/list/math/new'), readPage('/list/cs/new'), readPage('/list/math/new')];
    const settled = await Promise.allSettled(reads);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
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
      says(400, errorPage('Invalid date: 2011-02-03. Catchup only allowed for past 90 days')),
      { code: 'arxiv-bad-request', message: /answered 400 “Invalid date: 2011-02-03. Catchup only .* 90 days”$/ },
    ],
    [
      '400 for an unknown category',
      says(400, errorPage('Invalid archive or category: math.ZZ')),
      {
        code: 'arxiv-bad-request',
        message:
          /^arxiv: GET \/list\/math\/new answered 400: arXiv knows no archive or category math\.ZZ; correct it where it is named/,
      },
    ],
    [
      'a connection that breaks',
      (request) => request.socket.destroy(),
      { code: 'arxiv-unavailable', message: /^arxiv: GET \/list\/math\/new failed: / },
    ],
    [
      'a body that is too large',
      says(200, ' '.repeat(5_000_001)),
      { code: 'arxiv-unavailable', message: /answered with more than 5000000 bytes; not read$/ },
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
  ])('reports %s in one sentence', async (_what, answer, expected) => {
    const { readPage } = await arxiv({ '/list/math/new': answer });
    await expect(readPage('/list/math/new')).rejects.toMatchObject({
      code: expected.code,
      message: expect.stringMatching(expected.message),
    });
  });

  it('gives up on an answer that does not end', async () => {
    const { readPage } = await arxiv(
      { '/list/math/new': (_request, response) => response.writeHead(200).write('<html>') },
      { timeoutMs: 50 },
    );
    await expect(readPage('/list/math/new', new AbortController().signal)).rejects.toMatchObject({
      code: 'arxiv-unavailable',
      message: expect.stringMatching(/no whole answer within 50 ms$/),
    });
  });

  it('says why a host cannot be reached', async () => {
    const { readPage, close } = await arxiv({});
    close();
    await expect(readPage('/list/math/new')).rejects.toMatchObject({
      code: 'arxiv-unavailable',
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  it.each(['/mirror', '/mirror/'])('keeps the path of a root such as http://host%s', async (root) => {
    const { readPage, requests } = await arxiv({ '/mirror/list/math/new': says(200, '<html></html>') }, { root });
    await expect(readPage('/list/math/new')).resolves.toMatchObject({
      url: expect.stringMatching(/\/list\/math\/new$/),
    });
    expect(requests).toHaveLength(1);
  });

  const stopped = { code: 'arxiv-stopped', message: 'arxiv: reading was stopped' };

  it('stops while it waits for its turn', async () => {
    const stopping = new AbortController();
    const waiting = Promise.withResolvers<void>();
    const { readPage, requests } = await arxiv(
      { '/list/math/new': says(200, '<html></html>') },
      {
        wait: (durationMs, signal) => {
          if (durationMs === 0 || signal?.aborted) return Promise.resolve();
          waiting.resolve();
          return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
        },
      },
    );
    await readPage('/list/math/new', stopping.signal);
    const second = readPage('/list/math/new', stopping.signal);
    const third = readPage('/list/math/new', stopping.signal);
    await waiting.promise;
    stopping.abort();
    await expect(second).rejects.toMatchObject(stopped);
    await expect(third).rejects.toMatchObject(stopped);
    expect(requests).toHaveLength(1);
  });

  it('stops in the middle of an answer, and reads again when asked without that signal', async () => {
    const stopping = new AbortController();
    const { readPage } = await arxiv({
      '/list/cs/new': (_request, response) => {
        response.writeHead(200).write('<html>');
        stopping.abort();
      },
      '/list/math/new': says(200, '<html></html>'),
    });
    await expect(readPage('/list/cs/new', stopping.signal)).rejects.toMatchObject(stopped);
    await expect(readPage('/list/math/new')).resolves.toMatchObject({
      url: expect.stringMatching(/\/list\/math\/new$/),
    });
  });

  it('asks for nothing once it was stopped', async () => {
    const { readPage, requests } = await arxiv({ '/list/math/new': says(200, '<html></html>') });
    await expect(readPage('/list/math/new', AbortSignal.abort())).rejects.toMatchObject(stopped);
    expect(requests).toHaveLength(0);
  });
});
