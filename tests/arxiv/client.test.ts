import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createArxivClient } from '../../src/arxiv/client.ts';
import { createLocalTurns } from '../../src/arxiv/local-turns.ts';
import { createLog } from '../../src/lib/log.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { errorPage } from './listing-html.ts';
import { arxiv, loopback, rootsAt, says } from './loopback-arxiv.ts';
import type { Answer } from './loopback-arxiv.ts';

const math = '/list/math/new';
const page = says(200, '<html></html>');

/** Answers with the first, then with the second, …; with the last for ever. */
function inOrder(...answers: readonly Answer[]): Answer {
  let next = 0;
  return (request, response) => answers[Math.min(next++, answers.length - 1)]?.(request, response);
}

/** The error of what should fail. */
async function failureOf(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const failure: unknown = await promise.then(() => undefined).catch((error: unknown) => error);
  if (failure instanceof Error && 'code' in failure) return { code: String(failure.code), message: failure.message };
  throw new Error(`no failure with a code: ${String(failure)}`);
}

/** Answers byte by byte, and never ends. */
const drip: Answer = (_request, response) => {
  response.writeHead(200).write('<html>');
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};

/** A mirror that has each source below a path of its own, and says what it was asked for. */
async function mirrors() {
  const { url } = await loopback((request, response) => void response.end(request.url));
  const { deps } = await arxiv({});
  const roots = { page: `${url}/page/`, rss: `${url}/rss`, api: `${url}/api`, oai: `${url}/oai/` };
  return { url, client: createArxivClient({ ...deps, settings: { ...deps.settings, roots } }) };
}

/** Fails five times, one get after the other. */
async function broken(answers: Record<string, Answer>) {
  const place = await arxiv(answers);
  const client = createArxivClient({ ...place.deps, settings: { ...place.deps.settings, tries: 1 } });
  for (let number = 1; number <= 5; number++) {
    await failureOf(client.get('rss', '/rss/math'));
    if (number < 5) await place.clock.sleep(60_000);
  }
  return { ...place, client };
}

/** Sleeps until it is stopped; `waiting` resolves when it first does. */
function untilStopped() {
  const waiting = Promise.withResolvers<void>();
  const wait = (_durationMs: number, signal?: AbortSignal): Promise<void> => {
    waiting.resolve();
    return new Promise((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  };
  return { wait, waiting: waiting.promise };
}

describe('createArxivClient', () => {
  it('makes one request at a time, spaced, also behind a failure', async () => {
    let open = 0;
    let most = 0;
    const slowly: Answer = (request, response) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open -= 1;
        says(request.url === '/list/cs/new' ? 400 : 200, '<html></html>')(request, response);
      });
    };
    const { client, requests, clock } = await arxiv({ [math]: slowly, '/list/cs/new': slowly, '/rss/cs': slowly });
    const gets = [
      client.get('page', math),
      client.get('page', '/list/cs/new'),
      client.get('rss', '/rss/cs'),
      client.get('page', math),
    ];
    const settled = await Promise.allSettled(gets);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(most).toBe(1);
    expect(requests.map(({ url }) => url)).toEqual([math, '/list/cs/new', '/rss/cs', math]);
    // A page follows a page after 15 s; anything else follows anything after 3 s.
    expect(clock.slept).toEqual([15_000, 3_000, 12_000]);
  });

  it('waits in real time: a fast clock of ours does not press arXiv', async () => {
    const jumping = jumpingClock();
    const fast = { ...jumping, fromReal: (realMs: number) => realMs * 100 };
    const { client } = await arxiv({ [math]: page }, { deps: { clock: fast, turns: createLocalTurns(fast) } });
    await client.get('page', math);
    await client.get('page', math);
    expect(jumping.slept).toEqual([1_500_000]);
  });

  it.each([
    ['page', '/list/math/new'],
    ['page', '/catchup/math/2011-02-03?abs=True'],
    ['rss', '/rss/math'],
    ['rss', '/atom/cs.AI+q-bio.NC'],
    ['api', '/api/query?id_list=1102.0300'],
    ['oai', '/oai?verb=ListRecords'],
  ] as const)('asks the root of %s for %s', async (source, path) => {
    const { client, url } = await mirrors();
    expect(await client.get(source, path)).toMatchObject({
      kind: 'fresh',
      url: `${url}/${source}${path}`,
      bytes: Buffer.from(`/${source}${path}`),
    });
  });

  it.each([
    ['page', '/search/math?query=x'],
    ['page', '/format/1102.0300'],
    ['page', '/pdf/1102.0300'],
    ['page', '/list/../pdf/1102.0300'],
    ['page', '/list/%2e%2e/pdf/1102.0300'],
    ['page', '/list/'],
    ['page', '/rss/math'],
    ['api', '/api/query/more'],
    ['oai', '/oai2?verb=Identify'],
  ] as const)('never asks %s for %s', async (source, path) => {
    const { client, requests } = await arxiv({});
    expect(await failureOf(client.get(source, path))).toMatchObject({ code: 'arxiv-off-limits' });
    expect(requests).toEqual([]);
  });

  it('sends its name, and what an answer bore to be asked about later, as it came', async () => {
    const validators = { etag: 'a1b2c3', lastModified: 'Thu, 03 Feb 2011 01:00:00 GMT' };
    const { client, headers } = await arxiv({
      '/rss/math': inOrder(
        says(200, 'feed', { etag: validators.etag, 'last-modified': validators.lastModified }),
        says(304, ''),
      ),
    });
    expect(await client.get('rss', '/rss/math')).toMatchObject({ kind: 'fresh', validators });
    expect(await client.get('rss', '/rss/math', { validators })).toEqual({ kind: 'unchanged' });
    expect(headers[0]).toMatchObject({ 'user-agent': 'Paperboy/test (mailto:me@example.org)' });
    expect(headers[0]).not.toHaveProperty('if-none-match');
    expect(headers[1]).toMatchObject({ 'if-none-match': 'a1b2c3', 'if-modified-since': validators.lastModified });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('unpacks %s, and leaves its type to the parser', async (encoding, pack) => {
    const { client } = await arxiv({
      '/rss/math': (_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding, 'content-type': 'text/html' }).end(pack('<rss/>')),
    });
    expect(await client.get('rss', '/rss/math')).toMatchObject({ bytes: Buffer.from('<rss/>') });
  });

  it.each<[string, Answer, { code: string; message: RegExp }, number]>([
    [
      '503',
      says(503, 'busy'),
      { code: 'arxiv-unavailable', message: /answered 503, after 4 tries; nothing .* UTC$/ },
      4,
    ],
    ['429', says(429, 'Rate exceeded.'), { code: 'arxiv-unavailable', message: /answered 429, after 4 tries/ }, 4],
    [
      '403',
      says(403, errorPage('Access Denied')),
      {
        code: 'arxiv-refused',
        message:
          /answered 403 “Access Denied”: arXiv asks us to stop; nothing is asked before 1970-01-02 00:17 UTC; check/,
      },
      1,
    ],
    [
      '400',
      says(400, errorPage('Invalid date: 2011-02-03. Catchup only allowed for past 90 days')),
      { code: 'arxiv-bad-request', message: /answered 400 “Invalid date: 2011-02-03. Catchup only .* 90 days”$/ },
      1,
    ],
    [
      '400 for an unknown category',
      says(400, errorPage('Invalid archive or category: math.ZZ')),
      {
        code: 'arxiv-bad-request',
        message:
          /^arxiv: GET \/list\/math\/new answered 400: arXiv knows no archive or category math\.ZZ; correct it where it is named/,
      },
      1,
    ],
    ['304 unasked', says(304, ''), { code: 'arxiv-unavailable', message: /answered 304$/ }, 1],
    ['404', says(404, ''), { code: 'arxiv-unavailable', message: /answered 404$/ }, 1],
    [
      'a connection that breaks',
      (request) => request.socket.destroy(),
      { code: 'arxiv-unavailable', message: /^arxiv: GET \/list\/math\/new failed: .*, after 4 tries/ },
      4,
    ],
    [
      'a body that ends before its length',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('<html>');
        setImmediate(() => response.destroy());
      },
      { code: 'arxiv-unavailable', message: /^arxiv: GET \/list\/math\/new failed: .*, after 4 tries/ },
      4,
    ],
    [
      'a body that is too large',
      says(200, ' '.repeat(5_000_001)),
      { code: 'arxiv-unavailable', message: /answered with more than 5000000 bytes; not read$/ },
      1,
    ],
    [
      'a bomb of 50 MB in 50 kB',
      (_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
      { code: 'arxiv-unavailable', message: /answered with more than 5000000 bytes; not read$/ },
      1,
    ],
    [
      'a redirect to elsewhere',
      says(302, '', { location: 'http://example.org/list/math/new' }),
      {
        code: 'arxiv-off-limits',
        message: /redirects to http:\/\/example.org\/list\/math\/new, which is none of arXiv's hosts/,
      },
      1,
    ],
    [
      'a redirect to a file',
      says(302, '', { location: '/pdf/1102.0300' }),
      { code: 'arxiv-off-limits', message: /redirects to .*\/pdf\/1102.0300, which is none of the paths/ },
      1,
    ],
    [
      'a redirect to no address',
      says(302, '', { location: 'https://' }),
      { code: 'arxiv-off-limits', message: /redirects to https:\/\/, which is none of arXiv's hosts/ },
      1,
    ],
    [
      'a redirect in a circle',
      says(302, '', { location: '/list/math/new' }),
      { code: 'arxiv-unavailable', message: /redirects more than 3 times/ },
      4,
    ],
  ])('reports %s in one sentence', async (_what, answer, expected, tries) => {
    const { client, requests } = await arxiv({ [math]: answer });
    const failure = await failureOf(client.get('page', math));
    expect(failure).toEqual({ code: expected.code, message: expect.stringMatching(expected.message) });
    expect(requests).toHaveLength(tries);
  });

  it('follows a redirect inside, in a turn of its own', async () => {
    const { client, clock } = await arxiv({
      '/list/math.MP/new': says(301, '', { location: '/list/math-ph/new' }),
      '/list/math-ph/new': page,
    });
    expect(await client.get('page', '/list/math.MP/new')).toMatchObject({
      url: expect.stringMatching(/math-ph\/new$/),
    });
    expect(clock.slept).toEqual([15_000]);
  });

  it('gives up on an answer that does not end, however steadily it drips', async () => {
    const { client, requests } = await arxiv({ [math]: drip }, { timeoutMs: 50 });
    expect(await failureOf(client.get('page', math, { signal: new AbortController().signal }))).toEqual({
      code: 'arxiv-unavailable',
      message: expect.stringMatching(/no whole answer within 50 ms, after 4 tries/),
    });
    expect(requests).toHaveLength(4);
  });

  it('says why a host cannot be reached', async () => {
    const { client, close } = await arxiv({});
    close();
    expect(await failureOf(client.get('page', math))).toEqual({
      code: 'arxiv-unavailable',
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  it.each(['/mirror', '/mirror/'])('keeps the path of a root such as http://host%s', async (root) => {
    const { client, requests } = await arxiv({ '/mirror/list/math/new': page }, { root });
    await expect(client.get('page', math)).resolves.toMatchObject({ url: expect.stringMatching(/\/list\/math\/new$/) });
    expect(requests).toHaveLength(1);
  });

  describe('tries again', () => {
    it('what fails, after growing waits', async () => {
      const { client, clock } = await arxiv({
        '/rss/math': inOrder(says(500, ''), says(502, ''), says(504, ''), page),
      });
      expect(await client.get('rss', '/rss/math')).toMatchObject({ kind: 'fresh' });
      expect(clock.slept).toEqual([6_000, 12_000, 24_000]);
    });

    it('after a random share of the wait', async () => {
      const { client, clock } = await arxiv(
        { '/rss/math': inOrder(says(500, ''), page) },
        { deps: { random: () => 0.75 } },
      );
      await client.get('rss', '/rss/math');
      expect(clock.slept).toEqual([4_500]);
    });

    it.each([
      ['seconds', { 'retry-after': '300' }],
      ['a date', { date: 'Thu, 03 Feb 2011 01:00:00 GMT', 'retry-after': 'Thu, 03 Feb 2011 01:05:00 GMT' }],
    ])('not before arXiv asks for it, in %s', async (_form, headers) => {
      const { client, clock } = await arxiv({ [math]: inOrder(says(503, '', headers), page) });
      expect(await client.get('page', math)).toMatchObject({ kind: 'fresh' });
      expect(clock.slept).toEqual([300_000]);
    });

    it('not where that is later than a quarter of an hour: then nobody asks before', async () => {
      const { client, requests } = await arxiv({ [math]: says(429, '', { 'retry-after': '3600' }), '/rss/math': page });
      const first = await failureOf(client.get('page', math));
      expect(first.message).toMatch(/answered 429, Retry-After 3600; nothing is asked before 01:17 UTC$/);
      expect(await failureOf(client.get('rss', '/rss/math'))).toEqual({
        code: 'arxiv-closed',
        message: 'arxiv: nothing is asked before 01:17 UTC: GET /list/math/new answered 429, Retry-After 3600',
      });
      expect(requests).toHaveLength(1);
    });

    it('for no more than a quarter of an hour in all', async () => {
      const { client, clock } = await arxiv({ [math]: says(503, '', { 'retry-after': '600' }) });
      expect(await failureOf(client.get('page', math))).toMatchObject({
        message: expect.stringMatching(/after 2 tries/),
      });
      expect(clock.slept).toEqual([600_000]);
    });
  });

  describe('after five failures in a row', () => {
    it('asks for nothing for a minute, then once, and then for two', async () => {
      const { client, requests, clock } = await broken({ '/rss/math': says(500, '') });
      expect((await failureOf(client.get('page', math))).message).toMatch(
        /^arxiv: nothing is asked before 00:22 UTC: GET \/rss\/math answered 500$/,
      );
      expect(requests).toHaveLength(5);
      await clock.sleep(60_000);
      expect((await failureOf(client.get('rss', '/rss/math'))).message).toMatch(/answered 500; nothing .* 00:24 UTC$/);
      expect((await failureOf(client.get('rss', '/rss/math'))).message).toMatch(/^arxiv: nothing is asked/);
      expect(requests).toHaveLength(6);
    });

    it('is as before once something succeeds', async () => {
      const fails = says(500, '');
      const { client, clock, deps } = await broken({ '/rss/math': inOrder(fails, fails, fails, fails, fails, page) });
      await clock.sleep(60_000);
      expect(await client.get('rss', '/rss/math')).toMatchObject({ kind: 'fresh' });
      expect(await deps.turns.look()).toMatchObject({ failures: 0, closing: null });
    });

    it('does not wait itself, though it has tries left', async () => {
      const { deps, requests, clock } = await broken({ '/rss/math': says(500, '') });
      await clock.sleep(60_000);
      const patient = createArxivClient(deps);
      expect((await failureOf(patient.get('rss', '/rss/math'))).message).toMatch(/answered 500; nothing .* 00:24 UTC$/);
      expect(requests).toHaveLength(6);
    });
  });

  it('stops for all who take turns together once arXiv refuses one, for a day, and says so once', async () => {
    const errors: string[] = [];
    const log = { ...createLog('silent'), error: (_fields: object, message: string) => void errors.push(message) };
    const { client, deps, requests, clock } = await arxiv(
      { [math]: inOrder(says(403, errorPage('Access Denied')), page), '/rss/math': page },
      { deps: { log } },
    );
    const other = createArxivClient({ ...deps, holder: 'other' });
    await failureOf(client.get('page', math));
    for (const one of [other, client]) {
      expect(await failureOf(one.get('rss', '/rss/math'))).toEqual({
        code: 'arxiv-refused',
        message: expect.stringMatching(/^arxiv: nothing is asked before 1970-01-02 00:17 UTC: GET .* answered 403/),
      });
    }
    expect(requests).toHaveLength(1);
    expect(errors).toHaveLength(1);
    await clock.sleep(24 * 3_600_000);
    expect(await other.get('page', math)).toMatchObject({ kind: 'fresh' });
  });

  it('may ask again before where the operator says so', async () => {
    const { client, deps } = await arxiv({ [math]: inOrder(says(403, ''), page) });
    await failureOf(client.get('page', math));
    await deps.turns.reopen();
    expect(await client.get('page', math)).toMatchObject({ kind: 'fresh' });
  });

  it('asks for the next also where the end of a request cannot be noted', async () => {
    const warnings: string[] = [];
    const clock = jumpingClock();
    const turns = { ...createLocalTurns(clock), release: () => Promise.reject(new Error('locked')) };
    const log = { ...createLog('silent'), warn: (_fields: object, message: string) => void warnings.push(message) };
    const { client } = await arxiv({ [math]: page }, { deps: { clock, turns, log } });
    expect(await client.get('page', math)).toMatchObject({ kind: 'fresh' });
    expect(await client.get('page', math)).toMatchObject({ kind: 'fresh' });
    expect(warnings[0]).toMatch(/could not be noted.*locked/);
  });

  it('takes the turn of a holder whose process has ended at once, and waits out any other', async () => {
    const clock = jumpingClock();
    const turns = createLocalTurns(clock);
    const held = { holder: 'dead', sort: 'api', minIntervalMs: 3_000, pageIntervalMs: 15_000, holdMs: 60_000 } as const;
    const { client } = await arxiv(
      { [math]: page },
      { deps: { clock, turns, hasEnded: (holder) => holder === 'dead' } },
    );
    await turns.take(held);
    await client.get('page', math);
    expect(clock.now()).toBe(1_003_000);
    await clock.sleep(3_000);
    await turns.take({ ...held, holder: 'frozen' });
    await client.get('page', math);
    expect(clock.now()).toBe(1_066_000);
  });

  const stopped = { code: 'arxiv-stopped', message: 'arxiv: reading was stopped' };

  it('stops at once while it waits for its turn, or behind another of this process', async () => {
    const { wait, waiting } = untilStopped();
    const { client, requests } = await arxiv({ [math]: page }, { wait });
    const [first, second] = [new AbortController(), new AbortController()];
    await client.get('page', math, { signal: first.signal });
    const ahead = client.get('page', math, { signal: first.signal });
    const behind = client.get('page', math, { signal: second.signal });
    await waiting;
    second.abort();
    expect(await failureOf(behind)).toEqual(stopped);
    first.abort();
    expect(await failureOf(ahead)).toEqual(stopped);
    expect(requests).toHaveLength(1);
  });

  it('stops at once while it waits between two tries', async () => {
    const { wait, waiting } = untilStopped();
    const { client, requests } = await arxiv({ [math]: says(503, '') }, { wait });
    const stopping = new AbortController();
    const got = client.get('page', math, { signal: stopping.signal });
    await waiting;
    stopping.abort();
    expect(await failureOf(got)).toEqual(stopped);
    expect(requests).toHaveLength(1);
  });

  it('stops in the middle of an answer, which is no failure, and reads again without that signal', async () => {
    const stopping = new AbortController();
    const { client, deps } = await arxiv({
      '/list/cs/new': (_request, response) => {
        response.writeHead(200).write('<html>');
        stopping.abort();
      },
      [math]: page,
    });
    expect(await failureOf(client.get('page', '/list/cs/new', { signal: stopping.signal }))).toEqual(stopped);
    expect(await deps.turns.look()).toMatchObject({ failures: 0, holder: null });
    await expect(client.get('page', math)).resolves.toMatchObject({ url: expect.stringMatching(/\/list\/math\/new$/) });
  });

  it('asks for nothing once it was stopped', async () => {
    const { client, requests } = await arxiv({ [math]: page });
    expect(await failureOf(client.get('page', math, { signal: AbortSignal.abort() }))).toEqual(stopped);
    expect(requests).toHaveLength(0);
  });

  it('asks each host at its own root', async () => {
    const [pages, feeds] = [await loopback(page), await loopback(says(200, 'feed'))];
    const { deps } = await arxiv({});
    const roots = { ...rootsAt(pages.url), rss: feeds.url };
    const client = createArxivClient({ ...deps, settings: { ...deps.settings, roots } });
    expect(await client.get('rss', '/rss/math')).toMatchObject({ bytes: Buffer.from('feed') });
    expect(await client.get('page', math)).toMatchObject({ bytes: Buffer.from('<html></html>') });
  });
});
