import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiAnswer, apiEntry, arxivMetadata, oaiAnswer, oaiRecord, rssFeed, rssItem } from '../arxiv/arxiv-xml.ts';
import { environmentFor, paperboy, temporaryFolder } from '../builders/paperboy.ts';

const seed = 'seeds/cs.DC-2025-05-23.txt';

function lines(text: string): unknown[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

function fileWith(content: string | Uint8Array, name = 'file'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** One sentence for a person: a single line, and no stack. */
const oneSentence = /^[^\n]+\n$/;

describe('paperboy parse', () => {
  it('prints the seed listing as the hand-checked truth has it', async () => {
    const { code, stdout, stderr } = await paperboy(['parse', seed]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync('tests/arxiv/truth/cs.DC-2025-05-23.json', 'utf8')));
  });

  it('prints a listing whose counts disagree, says so, and fails', async () => {
    const lost = readFileSync(seed, 'utf8').replace('(showing 7 of 7 entries)', '(showing 8 of 8 entries)');
    const { code, stdout, stderr } = await paperboy(['parse', fileWith(lost)]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ complete: false });
    expect(stderr).toMatch(/not complete \(new: declares 8, has 7\)/);
  });

  it('prints a page of several from the export API, says what it lacks, and fails', async () => {
    const { code, stdout, stderr } = await paperboy(['parse', fileWith(apiAnswer([apiEntry()], { total: 2 }))]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ source: 'api', complete: false });
    expect(stderr).toMatch(
      /not complete \(this is one page of several, or it holds a paper twice\); take the other pages too\n$/,
    );
  });

  it('prints a feed that arXiv has cut, says so, and fails', async () => {
    const items = Array.from({ length: 2_000 }, (_, index) => rssItem({ id: `2609.${10_000 + index}v1` }));
    const { code, stdout, stderr } = await paperboy(['parse', fileWith(rssFeed(items)), '--format', 'rss']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ source: 'rss', complete: false });
    expect(stderr).toMatch(
      /not complete \(arXiv cuts a feed at 2,000 papers, and leaves out new ones first\); take the feeds/,
    );
  });

  it.each([
    ['an empty file', '', []],
    ['a truncated listing', readFileSync(seed).subarray(0, 12_000), []],
    ['HTML where text was expected', '<!doctype html><html><body><h1>Oops</h1></body></html>', ['--format', 'text']],
    ['a web page that is no listing', '<!doctype html><html><body><h1>Oops</h1></body></html>', []],
    ['a binary file', Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 256), []],
  ])('refuses %s with one sentence and prints nothing', async (_name, content, options) => {
    const file = fileWith(content);
    const { code, stdout, stderr } = await paperboy(['parse', file, ...options]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(oneSentence);
    expect(stderr).toContain(file);
  });

  it('says that a file cannot be read', async () => {
    const { code, stderr } = await paperboy(['parse', '/nowhere.txt']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^\/nowhere\.txt cannot be read: /)]);
  });
});

describe('paperboy match', () => {
  const subscriptions = fileWith('{"id":"fl","query":"\\"federated learning\\""}\n{"id":"none","query":"zebrafish"}\n');

  it('prints one match a line, from a raw listing as from its JSON', async () => {
    const fromText = await paperboy(['match', '--listing', seed, '--subscriptions', subscriptions]);
    expect(fromText.code).toBe(0);
    const matches = lines(fromText.stdout);
    expect(matches).toContainEqual({
      subscription: 'fl',
      paper: '2505.16138',
      score: expect.any(Number),
      percentile: null,
      evidence: expect.arrayContaining([{ term: 'federated learning', field: 'title', weight: expect.any(Number) }]),
    });
    const json = fileWith((await paperboy(['parse', seed])).stdout);
    const fromJson = await paperboy(['match', '--listing', json, '--subscriptions', subscriptions]);
    expect(lines(fromJson.stdout)).toEqual(matches);
  });

  it('takes JSON Lines of papers', async () => {
    const papers = fileWith(
      '{"id":"1","title":"Federated learning","abstract":"","categories":["cs.LG"]}\n{"id":"2","title":"Other","abstract":null}\n',
    );
    const { stdout } = await paperboy(['match', '--listing', papers, '--subscriptions', subscriptions]);
    expect(lines(stdout)).toMatchObject([{ subscription: 'fl', paper: '1' }]);
  });

  it('names the line of a bad paper or subscription', async () => {
    const papers = fileWith('{"id":"1","title":"x"}\n{"id":2}\n');
    expect((await paperboy(['match', '--listing', papers, '--subscriptions', subscriptions])).stderr).toContain(
      `${papers}:2`,
    );
    const bad = fileWith('{"id":"a","query":"(x"}\n');
    expect((await paperboy(['match', '--listing', seed, '--subscriptions', bad])).stderr).toMatch(/:1 .*column/);
  });
});

describe('paperboy render', () => {
  it('prints a message a paper as cards, and ten papers a message as digest', async () => {
    const cards = lines((await paperboy(['render', seed, '--style', 'cards'])).stdout);
    expect(cards).toHaveLength(21);
    expect(cards[0]).toMatchObject({
      allowed_mentions: { parse: [] },
      embeds: [{ url: 'https://arxiv.org/abs/2505.15988' }],
    });
    expect(lines((await paperboy(['render', seed, '--style', 'digest'])).stdout)).toHaveLength(3);
  });
});

describe('paperboy tex', () => {
  it('shows lines as readers will see them', async () => {
    const input = ['O$(n\\Delta^3)$', '1.15$\\times$', '50\\%', "``slowest''"].join('\n');
    expect((await paperboy(['tex'], { input })).stdout).toBe('O(nΔ³)\n1.15×\n50%\n“slowest”\n');
  });
});

describe('paperboy ingest and search', () => {
  it('takes a listing into the archive, once, and finds its papers', async () => {
    const env = environmentFor(temporaryFolder());
    const first = await paperboy(['ingest', seed], { env });
    expect([first.code, first.stderr]).toEqual([0, '']);
    const read = { date: '2025-05-23', archive: 'cs.DC', state: 'complete', papers: 21, announcements: 21 };
    expect(lines(first.stdout)).toEqual([{ ...read, matches: 0, deliveries: 0 }]);
    expect(
      lines((await paperboy(['ingest', '--category', 'cs.DC', '--date', '2025-05-23'], { env })).stdout),
    ).toMatchObject([read]);

    const found = await paperboy(['search', '"federated learning"'], { env });
    expect(JSON.parse(found.stdout)).toMatchObject({
      total: { value: 3, exact: true },
      hits: expect.arrayContaining([
        {
          id: '2505.16138',
          title: 'Multimodal Online Federated Learning with Modality Missing in Internet of Things',
          score: expect.any(Number),
          highlights: expect.arrayContaining([{ field: 'title', start: 18, end: 36 }]),
        },
      ]),
    });
  });

  it.each([
    ['an answer of the export API', apiAnswer([apiEntry()]), 'use backfill'],
    ['an answer of OAI-PMH', oaiAnswer([oaiRecord(arxivMetadata())]), 'use backfill'],
    [
      'a feed of several listings',
      rssFeed([], { title: 'cs.LG, cs.DC updates on arXiv.org' }),
      'take the feed of each',
    ],
  ])('does not take %s for an announcement', async (what, text, remedy) => {
    const { code, stdout, stderr } = await paperboy(['ingest', fileWith(text)], {
      env: environmentFor(temporaryFolder()),
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`is ${what}, not what one listing announced on a day: ${remedy}`);
  });

  it('takes a feed in', async () => {
    const env = environmentFor(temporaryFolder());
    const feed = rssFeed([rssItem({ id: '2609.00001v1' })]);
    expect(lines((await paperboy(['ingest', fileWith(feed)], { env })).stdout)).toMatchObject([
      { date: '2026-09-24', archive: 'cs.LG', state: 'complete', papers: 1 },
    ]);
    const found = await paperboy(['search', 'abstract'], { env });
    expect(JSON.parse(found.stdout)).toMatchObject({ total: { value: 1 } });
  });

  it('names a listing that arXiv has not', async () => {
    const { code, stderr } = await paperboy(['ingest', '--category', 'cs.QQ'], {
      env: environmentFor(temporaryFolder()),
    });
    expect(code).toBe(1);
    expect(stderr).toBe('--category: arXiv has no listing of “cs.QQ”; expected one such as cs.DC or cs\n');
  });

  it('ingests none of several files when one is bad', async () => {
    const env = environmentFor(temporaryFolder());
    const { code, stdout } = await paperboy(['ingest', seed, fileWith('')], { env });
    expect([code, stdout]).toEqual([1, '']);
    expect(JSON.parse((await paperboy(['search', 'learning'], { env })).stdout).total.value).toBe(0);
  });

  it('says what there is no listing of', async () => {
    const { code, stderr } = await paperboy(['ingest', '--category', 'math.CO', '--date', '2025-05-23']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no listing of math.CO for 2025-05-23')]);
  });

  it('names the column of a bad query', async () => {
    const { code, stderr } = await paperboy(['search', 'a AND (b']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^query, column \d+: /)]);
  });
});

describe('paperboy subscriptions', () => {
  it('exports what was imported', async () => {
    const env = environmentFor(temporaryFolder());
    const file = fileWith(
      '- {id: s1, guild: "100000000000000000", channel: "100000000000000001", query: gossip, style: digest}\n',
    );
    expect(await paperboy(['subscriptions', 'import', file], { env })).toMatchObject({
      code: 0,
      stdout: '{"imported":1}\n',
    });
    const out = join(temporaryFolder(), 'out.json');
    expect(await paperboy(['subscriptions', 'export', out], { env })).toMatchObject({
      code: 0,
      stdout: '{"exported":1}\n',
    });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual([
      expect.objectContaining({ id: 's1', channel: '100000000000000001', query: 'gossip', style: 'digest' }),
    ]);
  });

  it('imports nothing where a place cannot be found', async () => {
    const file = fileWith('- {guild: Somewhere, channel: "#x", query: gossip}\n');
    const { code, stderr } = await paperboy(['subscriptions', 'import', file]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('set DISCORD_TOKEN, or give the ids')]);
  });
});

describe('paperboy', () => {
  it('ends with 2 on wrong usage, and with 0 on --help', async () => {
    expect((await paperboy(['parse'])).code).toBe(2);
    expect((await paperboy(['frobnicate'])).code).toBe(2);
    expect((await paperboy(['ingest'])).code).toBe(2);
    expect((await paperboy(['search', 'x', '--limit', 'many'])).code).toBe(2);
    expect(await paperboy(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('ingest') });
  });

  it('says in one sentence which setting, database or token it cannot use', async () => {
    const folder = temporaryFolder();
    const unwritable = { ...environmentFor(folder), DATABASE_URL: 'sqlite:/proc/paperboy/paperboy.db' };
    const noFolder = await paperboy(['search', 'x'], { env: unwritable });
    expect([noFolder.code, noFolder.stderr]).toEqual([1, expect.stringMatching(oneSentence)]);
    expect(noFolder.stderr).toContain('/proc/paperboy');
    expect(await paperboy(['deliver', '--once'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DISCORD_TOKEN is not set'),
    });
  });
});
