import { once } from 'node:events';
import { existsSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync, closeSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Diagnosis } from '../../src/app/doctor.ts';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { listingPage, sectionsHtml } from '../arxiv/listing-html.ts';
import { arxivAt } from '../builders/arxiv-at.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { environmentFor, paperboy, startPaperboy, temporaryFolder } from '../builders/paperboy.ts';
import type { Running } from '../builders/paperboy.ts';
import { temporaryDatabase } from '../builders/temporary-database.ts';

const readySchema = z.object({
  api: z.string(),
  token: z.string(),
  control: z.string(),
  guild: z.string(),
  channels: z.array(z.object({ id: z.string(), name: z.string(), type: z.int() })),
});

let sandbox: Running;
let local: z.infer<typeof readySchema>;
beforeAll(async () => {
  sandbox = await startPaperboy(['sandbox', '--port', '0', '--limits', 'off'], environmentFor(temporaryFolder()));
  local = readySchema.parse(sandbox.ready);
});
afterAll(() => sandbox.stop());

/** An arXiv on loopback with the listing of one day; its clock is ahead of ours by `aheadMs`. */
async function loopbackArxiv(aheadMs = 0): Promise<string> {
  const page = listingPage(sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{}] }]), {
    total: 1,
    archive: 'cs.DC',
  });
  const server = createServer((_request, response) => {
    response.setHeader('date', new Date(Date.now() + aheadMs).toUTCString());
    response.setHeader('content-type', 'text/html');
    response.end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** A folder with a database of its own, and the environment of a bot on the sandbox. */
async function place(given: Record<string, string> = {}) {
  const folder = temporaryFolder();
  const env = environmentFor(folder, {
    DISCORD_TOKEN: local.token,
    DISCORD_API_URL: local.api,
    ...arxivAt(given['ARXIV_URL'] ?? (await loopbackArxiv())),
    ARXIV_MIN_INTERVAL_MS: '0',
    ARXIV_PAGE_INTERVAL_MS: '0',
    ...given,
  });
  return { folder, env, path: join(folder, 'paperboy.db') };
}

type Examined = Diagnosis & { readonly code: number | null; readonly stdout: string; readonly stderr: string };

async function doctor(env: Record<string, string>, ...options: readonly string[]): Promise<Examined> {
  const { code, stdout, stderr } = await paperboy(['doctor', ...options], { env });
  const diagnosis: Diagnosis = JSON.parse(stdout);
  return { ...diagnosis, code, stdout, stderr };
}

/** A process that is stopped inside a transaction keeps the file, and then `doctor` speaks of that instead. */
async function freezeBetweenWrites(pid: number, path: string): Promise<void> {
  for (;;) {
    process.kill(pid, 'SIGSTOP');
    const database = new DatabaseSync(path);
    try {
      database.exec('begin immediate; rollback');
      return;
    } catch {
      process.kill(pid, 'SIGCONT');
      await sleep(50);
    } finally {
      database.close();
    }
  }
}

function finding({ checks }: Diagnosis, name: string) {
  const found = checks.find((one) => one.name === name);
  if (!found) throw new Error(`there is no check ${name}`);
  return found;
}

/** Real milliseconds for a bot that starts and two doctors that each watch it for seconds, on a machine that does other things too. */
const slowMs = 90_000;

const failed = ({ checks }: Diagnosis) => checks.filter(({ ok }) => ok === false).map(({ name }) => name);

/** Subscribes channels of the sandbox, without its help. */
async function subscribe(env: Record<string, string>, ...channels: readonly string[]): Promise<void> {
  const store = await openStore(env['DATABASE_URL'] ?? '', { log: createLog('silent') });
  for (const id of channels) {
    const subscription = aSubscription({ id: `s${id}`, target: id, query: 'gossip', quiet: null });
    await store.subscriptions.save(subscription, aTarget({ id, guildId: local.guild }));
  }
  await store.close();
}

/** Changes a database as somebody without Paperboy would. */
function change(path: string, statements: string): void {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  database.exec(statements);
  database.close();
}

const channel = (name: string) => local.channels.find((one) => one.name === name)?.id ?? '';

async function setOverwrites(name: string, overwrites: readonly object[]): Promise<void> {
  const body = JSON.stringify({ overwrites });
  const answer = await fetch(`${local.control}/channels/${name}`, { method: 'PATCH', body });
  if (!answer.ok) throw new Error(await answer.text());
}

const pendingDelivery = `
  insert into papers (id, title, authors_json, authors_truncated, categories_json, primary_category, withdrawn, formats_json,
    first_announced, last_announced) values ('2505.1', 'T', '[]', 0, '["cs.DC"]', 'cs.DC', 0, '[]', '2025-05-23', '2025-05-23');
  insert into deliveries (id, dedupe_key, target, style, date, due, papers_json, state, not_before, attempts, created_at)
    select 'd1', 'k1', id, 'cards', '2025-05-23', 0, '[{"paper":"2505.1","occasion":"first","kind":"new","score":1,"subscriptions":[],"evidence":[]}]',
    'pending', 0, 0, 0 from targets limit 1;
  insert into promises (target, paper, occasion, delivery) select target, '2505.1', 'first', 'd1' from deliveries;`;

describe('paperboy doctor', () => {
  it('finds nothing wrong before the first start of the demo, and asks nobody', async () => {
    const env = environmentFor(temporaryFolder());
    const found = await doctor(env);
    expect([found.code, found.stderr, found.ok, found.invite]).toEqual([0, '', true, null]);
    expect(finding(found, 'database').found).toContain('the first start makes it');
    for (const name of ['token', 'permissions', 'commands', 'arxiv']) expect(finding(found, name).ok).toBeNull();
    expect(existsSync(env['DATABASE_URL']?.replace('sqlite:', '') ?? '')).toBe(false);
  });

  it('finds a bot on Discord sound, prints the address that invites it, and never its token', async () => {
    const { env } = await place();
    await subscribe(env, channel('llm-serving'));
    const found = await doctor(env);
    expect([failed(found), found.code, found.stderr]).toEqual([[], 0, '']);
    expect(found.invite).toBe(
      'https://discord.com/oauth2/authorize?client_id=1325750326157312006&scope=bot%20applications.commands&permissions=274877991936',
    );
    expect(finding(found, 'permissions').found).toBe('the bot can post in all of 1 channels');
    expect(finding(found, 'arxiv').found).toMatch(/the latest listing of cs\.DC is of 2011-02-03$/);
    expect(finding(found, 'clock').found).toBe('as Discord’s and arXiv’s');
    expect(found.stdout).not.toContain(local.token);
  });

  it('says that a token is refused, and goes on with the rest', async () => {
    const { env } = await place({ DISCORD_TOKEN: 'x.y.no-such-token' });
    const found = await doctor(env);
    expect([failed(found), found.code, found.invite]).toEqual([['token'], 1, null]);
    expect(finding(found, 'token').found).toContain('the token in DISCORD_TOKEN was refused (401)');
    expect(finding(found, 'arxiv').ok).toBe(true);
    expect(found.stderr).toMatch(/^doctor: 1 of \d+ checks failed: token: discord: the token [^\n]*\n$/);
    expect(found.stdout + found.stderr).not.toContain('no-such-token');
  });

  it('names what the bot lacks in a channel that is subscribed, and where a channel is gone', async () => {
    const { env } = await place();
    const gone = '1325752629315040000';
    await subscribe(env, channel('llm-serving'), channel('federated-learning'), gone);
    await setOverwrites('llm-serving', [{ id: 'Paperboy', deny: ['SendMessages', 'ReadMessageHistory'] }]);
    onTestFinished(() => setOverwrites('llm-serving', []));
    const found = await doctor(env);
    expect([failed(found), found.code]).toEqual([['permissions'], 1]);
    const { found: sentence, mend } = finding(found, 'permissions');
    expect(sentence).toBe(
      `channel ${gone} in Systems Reading Group: it is gone, or the bot may not see it; #llm-serving in Systems Reading Group: the bot lacks Send Messages, Read Message History`,
    );
    expect(mend).toContain(found.invite);
  });

  it('lists every bad variable and setting, and goes on without them', async () => {
    const { env, folder } = await place({ PORT: 'many', PAPERBOY_CLOCK_RATE: '-1' });
    const file = join(folder, 'settings.yaml');
    writeFileSync(file, 'arxiv:\n  pollMinutes: 1\nspeed: 9\n');
    const found = await doctor({ ...env, PAPERBOY_CONFIG: file });
    expect([failed(found), found.code]).toEqual([['environment', 'settings'], 1]);
    expect(finding(found, 'environment').found).toMatch(/^PAPERBOY_CLOCK_RATE: found "-1"; .*; PORT: found "many"; /);
    expect(finding(found, 'settings').found).toMatch(
      /^settings: 2 problems in .*settings\.yaml:2 .*settings\.yaml:3 speed/,
    );
    expect(finding(found, 'token').ok).toBe(true);
  });

  it('says that the database is damaged', async () => {
    const { env, path } = await place();
    await subscribe(env, channel('llm-serving'));
    change(path, 'pragma wal_checkpoint(truncate); pragma journal_mode = delete');
    const size = readFileSync(path).length;
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(Math.floor(size / 2), 0x5a), 0, Math.floor(size / 2), Math.floor(size / 4));
    closeSync(file);
    const found = await doctor(env);
    expect([failed(found), found.code]).toEqual([['database'], 1]);
    expect(finding(found, 'database').found).toContain(`the database ${path} is damaged`);
    expect(finding(found, 'ledger')).toMatchObject({ ok: null, found: 'there is no database to read' });
  });

  it('finds damage in the index of words', async () => {
    const { env, path } = await place();
    await subscribe(env, channel('llm-serving'));
    await paperboy(['ingest', 'seeds/cs.DC-2025-05-23.txt'], { env });
    const index = new DatabaseSync(path, { defensive: false });
    index.exec('delete from search_blocks where block % 3 = 1');
    index.close();
    expect(finding(await doctor(env), 'database')).toMatchObject({ ok: false, mend: expect.stringMatching(/backup/) });
  });

  it('says that another program locks the database', async () => {
    const { env, path } = await place();
    await subscribe(env, channel('llm-serving'));
    const holder = new DatabaseSync(path);
    onTestFinished(() => holder.close());
    holder.exec('begin immediate');
    const found = await doctor(env);
    expect(finding(found, 'database').found).toContain(`the database ${path} is locked by another process: wait until`);
  });

  it('refuses the database of a newer Paperboy, and leaves that of an older one as it is', async () => {
    const { env, path } = await place();
    await subscribe(env, channel('llm-serving'));
    change(path, `insert into kysely_migration values ('0999-a-later-idea', '2031-01-01T00:00:00.000Z')`);
    expect(finding(await doctor(env), 'database').found).toMatch(/written by a newer Paperboy \(schema 999, .*upgrade/);

    change(path, `delete from kysely_migration where name > '0001z'`);
    const found = await doctor(env);
    expect(finding(found, 'database')).toMatchObject({
      ok: true,
      found: expect.stringMatching(/older Paperboy: the next/),
    });
    const database = new DatabaseSync(path, { readOnly: true });
    expect(database.prepare('select count(*) as count from kysely_migration').get()).toEqual({ count: 1 });
    database.close();
  });

  it('looks at PostgreSQL, how it is set and what it holds, and tells no password', async () => {
    const url = await temporaryDatabase('postgres');
    const { env } = await place({ DATABASE_URL: url });
    await subscribe(env, channel('llm-serving'));
    const found = await doctor(env);
    // The tests' own server does not sync, to be quick.
    expect(failed(found)).toEqual(['database']);
    expect(finding(found, 'database').found).toMatch(/^fsync is off: .*; full_page_writes is off: /);
    expect(finding(found, 'ledger').ok).toBe(true);
    expect(found.stdout + found.stderr).not.toContain(new URL(url).password || url);
  });

  it('says that a file is no database', async () => {
    const { env, path } = await place();
    writeFileSync(path, 'dear diary, '.repeat(1_000));
    truncateSync(path, 8_192);
    expect(finding(await doctor(env), 'database').found).toContain('is not an SQLite database');
  });

  it('says that posts wait and nobody sends them', async () => {
    const { env, path } = await place();
    await subscribe(env, channel('llm-serving'));
    change(path, pendingDelivery);
    const found = await doctor(env);
    expect(failed(found)).toEqual(['outbox']);
    expect(finding(found, 'outbox')).toMatchObject({
      found: expect.stringMatching(/^1 posts wait, 1 of them due; .*nobody/),
    });
  });

  it('finds a promise that is missing, and one without its post', async () => {
    const { env, path } = await place();
    await subscribe(env, channel('llm-serving'));
    change(path, `${pendingDelivery} delete from promises; update deliveries set settled_at = 1, state = 'pending';`);
    expect(finding(await doctor(env), 'ledger').found).toContain('delivery d1 is settled according to its state');
    change(path, 'update deliveries set settled_at = null');
    expect(finding(await doctor(env), 'ledger').found).toContain('delivery d1 cannot be sent as promised');
    change(path, `insert into promises select id, '2505.1', 'first', 'd9' from targets`);
    expect(finding(await doctor(env), 'database').found).toContain('rows of promises');
  });

  it('names what was given up, and channels that are paused', async () => {
    const { env, path } = await place();
    await subscribe(env, channel('llm-serving'));
    change(
      path,
      `${pendingDelivery} update deliveries set state = 'dead', settled_at = ${Date.now()}, reason = 'too long';
      update targets set state = 'paused', paused_reason = 'I may not post there.'`,
    );
    const found = await doctor(env);
    expect(failed(found)).toEqual(['outbox', 'channels']);
    expect(finding(found, 'outbox')).toMatchObject({
      found: expect.stringContaining(`2505.1 to channel ${channel('llm-serving')} (too long)`),
      mend: expect.stringContaining('deliver --retry'),
    });
    expect(finding(found, 'channels')).toMatchObject({
      found: expect.stringContaining('I may not post there.'),
      mend: expect.stringContaining('/subscriptions edit'),
    });
  });

  it('says by how much the clock is off', async () => {
    const { env } = await place({
      ARXIV_URL: await loopbackArxiv(2 * 3_600_000),
      PAPERBOY_NOW: '2025-05-23T00:05:00Z',
    });
    const found = await doctor(env);
    expect(failed(found)).toEqual(['clock']);
    expect(finding(found, 'clock').found).toMatch(/^the machine’s clock is 120 min behind arXiv’s; .*PAPERBOY_NOW/);
  });

  it('says that Discord and arXiv cannot be reached', async () => {
    const { env } = await place({ DISCORD_API_URL: 'http://127.0.0.1:1/api', ARXIV_URL: 'http://127.0.0.1:2' });
    const found = await doctor(env);
    expect(failed(found)).toEqual(['token', 'arxiv']);
    expect(finding(found, 'token').found).toMatch(/^discord: GET \/users\/@me failed: .*/);
    expect(finding(found, 'clock').ok).toBeNull();
  });

  it('says that arXiv refuses us, asks it no more, and again where the operator says so', async () => {
    const { env } = await place();
    await subscribe(env, channel('llm-serving'));
    const store = await openStore(env['DATABASE_URL'] ?? '', { log: createLog('silent') });
    const held = { holder: 'bot', sort: 'page', minIntervalMs: 0, pageIntervalMs: 0, holdMs: 1_000 } as const;
    await store.arxivTurns.take(held);
    await store.arxivTurns.release('bot', { kind: 'refusal', reason: 'GET /list/cs.DC/new answered 403' });
    await store.close();
    const found = await doctor(env);
    expect(failed(found)).toEqual(['arxiv']);
    expect(finding(found, 'arxiv')).toMatchObject({
      found: expect.stringMatching(
        /^nothing is asked since \d{4}-\d\d-\d\d \d\d:\d\d UTC and before \d{4}-\d\d-\d\d \d\d:\d\d UTC: GET .* answered 403$/,
      ),
      mend: expect.stringMatching(/arxiv\.contact .* doctor --arxiv-again/),
    });
    expect(failed(await doctor(env, '--arxiv-again'))).toEqual([]);
  });

  it('sees who works, that the commands are registered, and whose the port is', { timeout: slowMs }, async () => {
    const { env } = await place();
    const bot = await startPaperboy(['start'], { ...env, LOG_LEVEL: 'silent' });
    const { health } = z.object({ health: z.string() }).parse(bot.ready);
    try {
      const found = await doctor({ ...env, PORT: new URL(health).port });
      expect(finding(found, 'roles')).toMatchObject({ ok: true, found: expect.stringContaining(`pid ${bot.pid} on`) });
      expect(finding(found, 'commands').found).toMatch(/^\d+ slash commands are registered$/);
      expect(finding(found, 'port')).toMatchObject({
        ok: null,
        found: expect.stringMatching(/^a Paperboy is running/),
      });
    } finally {
      await bot.stop();
    }
    const other = await doctor({ ...env, PORT: new URL(local.api).port });
    expect(finding(other, 'port')).toMatchObject({
      ok: false,
      found: expect.stringMatching(/taken by another program$/),
    });
  });

  it('tells a holder that has ended from one that is frozen', { timeout: slowMs }, async () => {
    const { env, path } = await place();
    const bot = await startPaperboy(['start'], { ...env, LOG_LEVEL: 'silent' });
    await freezeBetweenWrites(bot.pid, path);
    const frozen = finding(await doctor(env), 'roles');
    process.kill(bot.pid, 'SIGCONT');
    await bot.stop('SIGKILL');
    expect(frozen).toMatchObject({ ok: false, found: expect.stringMatching(/has not stirred for/) });
    expect(existsSync(path)).toBe(true);
    expect(finding(await doctor(env), 'roles')).toMatchObject({ ok: true, found: expect.stringMatching(/has ended/) });
  });
});
