import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loopback, says } from '../arxiv/loopback-arxiv.ts';
import type { Answer } from '../arxiv/loopback-arxiv.ts';
import { startChild } from '../builders/child.ts';
import type { Child } from '../builders/child.ts';
import { arxivAt } from '../builders/arxiv-at.ts';
import { environmentFor, paperboy, temporaryFolder } from '../builders/paperboy.ts';

const topics = ['gossip', 'consensus', 'molecules', 'graphs', 'workflows', 'caches', 'storms'];

function paperLine(number: number, changes: object = {}): string {
  return JSON.stringify({
    id: `2505.${String(number).padStart(5, '0')}`,
    title: `Paper ${number} on ${topics[number % topics.length] ?? ''}`,
    abstract: `We study unit${number} and more. `.repeat(20),
    announced: `2025-05-${String(1 + (number % 28)).padStart(2, '0')}`,
    categories: ['cs.DC'],
    authors: ['Ada Doe', 'Eve Roe'],
    ...changes,
  });
}

const paperLines = (count: number) => Array.from({ length: count }, (_, index) => `${paperLine(index + 1)}\n`).join('');

function fileWith(content: string | Uint8Array, name = 'papers.jsonl'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const env = (given: Record<string, string> = {}) => environmentFor(temporaryFolder(), given);
const pathOf = (environment: Record<string, string>) => (environment['DATABASE_URL'] ?? '').replace('sqlite:', '');

async function backfill(environment: Record<string, string>, ...args: readonly string[]) {
  const { code, stdout, stderr } = await paperboy(['backfill', ...args], { env: environment });
  const printed: unknown = stdout === '' ? null : JSON.parse(stdout);
  return { code, printed, stderr };
}

/** All that an import leaves behind, but for the numbers of rows and the index of words; checks the database. */
function contentOf(environment: Record<string, string>): unknown[] {
  const database = new DatabaseSync(pathOf(environment));
  try {
    expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(database.prepare('select * from imports').all()).toEqual([]);
    expect(database.prepare('select * from announcements').all()).toEqual([]);
    const papers = database.prepare('select * from papers order by id');
    return papers.all().map(({ seq: _seq, ...row }) => row);
  } finally {
    database.close();
  }
}

/** How many papers are found by a beginning that a word of each has. */
async function foundByWords(environment: Record<string, string>): Promise<unknown> {
  const { stdout } = await paperboy(['search', 'unit*', '--limit', '1'], { env: environment });
  return z.object({ total: z.unknown() }).parse(JSON.parse(stdout)).total;
}

describe('paperboy backfill --jsonl', () => {
  it.each([
    ['as it is', (text: string) => text],
    ['packed', (text: string) => gzipSync(text)],
  ])('takes a file %s, and finds all as it is the next time', async (_how, pack) => {
    const environment = env();
    const file = fileWith(pack(paperLines(1_200)));
    expect(await backfill(environment, '--jsonl', file)).toEqual({
      code: 0,
      printed: { papers: 1_200, added: 1_200, updated: 0, skipped: 0, seconds: expect.any(Number) },
      stderr: '',
    });
    const search = await paperboy(['search', 'unit777', '--category', 'cs.DC', '--author', 'e roe'], {
      env: environment,
    });
    expect(JSON.parse(search.stdout)).toMatchObject({ total: { value: 1 }, hits: [{ id: '2505.00777' }] });
    expect(contentOf(environment)).toHaveLength(1_200);
    expect(await foundByWords(environment)).toEqual({ value: 1_200, exact: true });
    expect((await backfill(environment, '--jsonl', file)).printed).toMatchObject({
      added: 0,
      updated: 0,
      skipped: 1_200,
    });
  });

  it('leaves out lines that cannot be used, says where they are, and takes all others', async () => {
    const lines = [
      paperLine(1),
      '{"id":',
      paperLine(2, { id: 912.5 }),
      '',
      'x'.repeat(10_000_001),
      ...Array.from({ length: 4 }, () => '[]'),
      paperLine(3),
    ];
    const file = fileWith(lines.join('\n'));
    const { code, printed, stderr } = await backfill(env(), '--jsonl', file);
    expect([code, printed]).toMatchObject([1, { papers: 2, added: 2 }]);
    expect(stderr).toBe(
      [
        `${file}:2: it is not JSON`,
        `${file}:3: id 912.5 is a number; identifiers are texts, for 0912.5000 is not 912.5`,
        `${file}:5: the line is longer than 10 MB`,
        `${file}:6: expected an object, {"id", "title", …}`,
        `${file}:7: expected an object, {"id", "title", …}`,
        `${file}: 7 lines cannot be used and were left out; all others are in`,
        '',
      ].join('\n'),
    );
  });

  const packed = gzipSync(paperLines(3_000));
  it.each([
    ['an empty file', '', 'is empty'],
    ['a packed nothing', gzipSync(''), 'is empty'],
    ['a binary file', Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 256), 'is no text'],
    ['a broken gzip', packed.subarray(0, packed.length / 2), 'cannot be read to its end: unexpected end of file'],
  ])('refuses %s with one sentence', async (_name, content, sentence) => {
    const file = fileWith(content);
    const { code, printed, stderr } = await backfill(env(), '--jsonl', file);
    expect([code, printed]).toEqual([1, null]);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(`${file} ${sentence}`);
  });

  it('keeps what came before a gzip broke', async () => {
    const environment = env();
    await backfill(environment, '--jsonl', fileWith(packed.subarray(0, packed.length - 200)));
    const whole = await backfill(environment, '--jsonl', fileWith(packed));
    expect(whole.printed).toMatchObject({ papers: 3_000 });
    expect(z.object({ skipped: z.int() }).parse(whole.printed).skipped).toBeGreaterThan(1_000);
  });

  it('says that a file cannot be read, or that nothing was asked for', async () => {
    const missing = await backfill(env(), '--jsonl', '/nowhere.jsonl');
    expect([missing.code, missing.stderr]).toEqual([
      1,
      expect.stringMatching(/^\/nowhere\.jsonl cannot be read: [^\n]+\n$/),
    ]);
    expect((await backfill(env())).code).toBe(2);
    expect(
      (await backfill(env(), '--jsonl', 'a', '--category', 'cs.DC', '--from', '2025-05-01', '--until', '2025-05-02'))
        .code,
    ).toBe(2);
    expect((await backfill(env(), '--category', 'cs.DC', '--from', '2025-05-02', '--until', '2025-05-01')).code).toBe(
      2,
    );
  });

  it('ends in the same state however often it is killed', async () => {
    const file = fileWith(gzipSync(paperLines(4_000)));
    const undisturbed = env();
    await backfill(undisturbed, '--jsonl', file);
    const environment = env();
    let kills = 0;
    for (let killAt = 200; killAt < 4_000 && kills < 5; kills += 1) {
      const child = startChild(['backfill', '--jsonl', file], environment);
      let isDone = false;
      void child.ended.then(() => (isDone = true));
      // A little further each time, and no two at the same instant of a transaction.
      while (!isDone && papersIn(environment) < killAt)
        await new Promise((resolve) => setTimeout(resolve, (kills * 7) % 5));
      child.signal('SIGKILL');
      await child.ended;
      killAt = papersIn(environment) + 300;
    }
    expect(kills).toBeGreaterThan(1);
    const last = await backfill(environment, '--jsonl', file);
    expect(last.code).toBe(0);
    // It goes on where it was: nothing is read twice.
    expect(last.printed).toMatchObject({ skipped: 0, updated: 0 });
    expect(contentOf(environment)).toEqual(contentOf(undisturbed));
    expect(await foundByWords(environment)).toEqual({ value: 4_000, exact: true });
  }, 120_000);
});

function papersIn(environment: Record<string, string>): number {
  try {
    const database = new DatabaseSync(pathOf(environment), { readOnly: true });
    try {
      return Number(database.prepare('select count(*) as n from papers').get()?.['n']);
    } finally {
      database.close();
    }
  } catch {
    // The file or its tables are not there yet.
    return 0;
  }
}

const apiEntry = (id: string) => `<entry><id>http://arxiv.org/abs/${id}v2</id><title>Paper ${id}</title>
<updated>2025-05-20T17:00:00Z</updated><summary>We study it.</summary><category term="cs.DC"/><published>2025-05-19T17:00:00Z</published>
<arxiv:primary_category term="cs.DC"/><author><name>Ada Doe</name></author></entry>`;

const apiAnswer = (total: number, start: number, ids: readonly string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<id>https://arxiv.org/api/x</id><title>arXiv Query: search_query=cat:cs.DC&amp;id_list=</title><updated>2026-04-12T22:09:40Z</updated>
<opensearch:itemsPerPage>2000</opensearch:itemsPerPage><opensearch:totalResults>${total}</opensearch:totalResults>
<opensearch:startIndex>${start}</opensearch:startIndex>${ids.map(apiEntry).join('\n')}</feed>`;

const oaiRecord = (
  id: string,
) => `<record><header><identifier>oai:arXiv.org:${id}</identifier><datestamp>2025-05-20</datestamp>
<setSpec>cs:cs:DC</setSpec></header><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${id}</id><submitter>Ada Doe</submitter>
<version version="v1"><date>Mon, 19 May 2025 17:00:00 GMT</date><size>9kb</size></version><title>Paper ${id}</title><authors>Ada Doe</authors>
<categories>cs.DC</categories><abstract>  We study it.
</abstract></arXivRaw></metadata></record>`;

const oaiAnswer = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-22T14:49:31Z</responseDate>
<request verb="ListRecords" metadataPrefix="arXivRaw" set="cs:cs:DC">http://localhost/oai</request>${body}</OAI-PMH>`;

/** A loopback arXiv whose answers may be changed, and what it was asked. */
async function arxivWith(answers: (asked: URLSearchParams, count: number) => Answer) {
  const asked: URLSearchParams[] = [];
  const { url } = await loopback((request, response) => {
    const parameters = new URL(request.url ?? '', 'http://a').searchParams;
    asked.push(parameters);
    answers(parameters, asked.length)(request, response);
  });
  const environment = env({
    DISCORD_TOKEN: 'unused',
    ...arxivAt(url),
    ARXIV_MIN_INTERVAL_MS: '1',
    ARXIV_PAGE_INTERVAL_MS: '1',
  });
  return { asked, environment };
}

const span = ['--category', 'cs.dc', '--from', '2025-05-01', '--until', '2025-05-31'];

describe('paperboy backfill --category', () => {
  it('reads the API slice by slice, through a 503 in the middle', async () => {
    const ids = ['2505.00001', '2505.00002', '2505.00003'];
    const { asked, environment } = await arxivWith((parameters, count) => {
      if (count === 2) return says(503, 'later', { 'retry-after': '0' });
      const start = Number(parameters.get('start'));
      return says(200, apiAnswer(3, start, ids.slice(start, start + 2)));
    });
    expect((await backfill(environment, ...span)).printed).toMatchObject({ papers: 3, added: 3 });
    expect(asked.map((parameters) => parameters.get('start'))).toEqual(['0', '2', '2']);
    const { stdout } = await paperboy(['search', 'id:2505.00003'], { env: environment });
    expect(JSON.parse(stdout)).toMatchObject({ total: { value: 1 } });
    const [first] = new DatabaseSync(pathOf(environment))
      .prepare('select version, first_announced as day from papers')
      .all();
    // Submitted on Monday at 13:00 in New York: announced that evening, dated Tuesday.
    expect(first).toMatchObject({ version: 2, day: '2025-05-20' });
  });

  it('halves a window that holds more than the API gives', async () => {
    const { asked, environment } = await arxivWith((_parameters, count) =>
      says(200, count === 1 ? apiAnswer(10_001, 0, ['2505.00001']) : apiAnswer(1, 0, [`2505.0000${count}`])),
    );
    expect((await backfill(environment, ...span)).printed).toMatchObject({ papers: 2, added: 2 });
    expect(asked.map((parameters) => /\[.*\]/.exec(parameters.get('search_query') ?? '')?.[0])).toEqual([
      '[202505010000 TO 202506010000]',
      '[202505010000 TO 202505161200]',
      '[202505161200 TO 202506010000]',
    ]);
  });

  it('goes on by OAI-PMH where it was killed, and over an expired token', async () => {
    let child: Child | null = null;
    let isExpired = false;
    const { asked, environment } = await arxivWith((parameters) => {
      const token = parameters.get('resumptionToken');
      if (token === null) {
        return says(
          200,
          oaiAnswer(`<ListRecords>${oaiRecord('2505.00001')}<resumptionToken>t%3D1</resumptionToken></ListRecords>`),
        );
      }
      if (!isExpired) {
        // Killed while it waits for the second page.
        child?.signal('SIGKILL');
        return () => {};
      }
      if (asked.filter((one) => one.has('resumptionToken')).length === 2) {
        return says(200, oaiAnswer('<error code="badResumptionToken">it has expired</error>'));
      }
      return says(200, oaiAnswer(`<ListRecords>${oaiRecord('2505.00002')}</ListRecords>`));
    });
    const args = [...span, '--source', 'oai'];
    child = startChild(['backfill', ...args], environment);
    await child.ended;
    isExpired = true;
    expect((await backfill(environment, ...args)).printed).toMatchObject({ papers: 2, added: 1, skipped: 1 });
    expect(asked.map((parameters) => parameters.get('resumptionToken') ?? parameters.get('from'))).toEqual([
      '2025-05-01',
      't%3D1',
      't%3D1',
      '2025-05-01',
      't%3D1',
    ]);
  });

  it('asks nobody without a token, nor for what is no category', async () => {
    const { asked, environment } = await arxivWith(() => says(500, ''));
    const { DISCORD_TOKEN: _token, ...demo } = environment;
    expect(await backfill(demo, ...span)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('without DISCORD_TOKEN'),
    });
    const wrong = await backfill(environment, '--category', 'cs.ZZ', '--from', '2025-05-01', '--until', '2025-05-02');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('cs.ZZ is no category') });
    expect(asked).toEqual([]);
  });
});
