import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/store/open-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { execute, nameIn } from '../builders/postgres.ts';
import { emptyDatabase, temporaryDatabase } from '../builders/temporary-database.ts';
import { silentLog } from './store-builders.ts';

const open = (url: string | URL) => openStore(String(url), { log: silentLog, busyTimeoutMs: 200 });

async function changed(change: (url: URL) => void): Promise<URL> {
  const url = new URL(await temporaryDatabase('postgres'));
  change(url);
  return url;
}

/** A role that may log in and nothing else, and the address by which it comes. */
async function withRole(url: string): Promise<URL> {
  const role = `guest_${nameIn(url)}`;
  await execute(url, `create role ${role} login password 'hush'`);
  onTestFinished(() => execute(url, `drop owned by ${role}; drop role ${role}`));
  return Object.assign(new URL(url), { username: role, password: 'hush' });
}

/** A server that answers each message with the next of these, and then hangs up. */
async function serverThatSays(...answers: readonly Buffer[]): Promise<string> {
  const server = createServer((socket) => {
    const left = [...answers];
    socket.on('error', () => {});
    socket.on('data', () => {
      socket.write(left.shift() ?? '');
      if (left.length === 0) socket.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
}

/** A message of PostgreSQL's protocol. Source: https://www.postgresql.org/docs/18/protocol-message-formats.html */
function message(type: string, ...parts: readonly (string | number)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : int(part, 4))));
  return Buffer.concat([Buffer.from(type), int(body.length + 4, 4), body]);
}

function int(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeIntBE(value, 0, bytes);
  return buffer;
}

describe('openDatabase on PostgreSQL', () => {
  it('calls a database by host and name, without user and password', async () => {
    const url = await temporaryDatabase('postgres');
    const { db, kind, name } = await openDatabase(url, { log: silentLog });
    onTestFinished(() => db.destroy());
    expect(kind).toBe('postgres');
    expect(name).toBe(`${new URL(url).host}/${nameIn(url)}`);
  });

  it('refuses an address without //, of which the parser takes half the password for a name', async () => {
    const refusal: unknown = await open('postgres:paperboy:hunter2@127.0.0.1/paperboy').catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ message: expect.stringContaining('use sqlite:PATH') });
    expect(String(refusal)).not.toContain('unter2');
  });

  it.each([
    ['a port where nobody listens', (url: URL) => (url.port = '1'), 'does not answer: check that the server runs'],
    ['a wrong password', (url: URL) => (url.password = 'wrong'), 'refuses this user: mend user and password'],
    ['no password', (url: URL) => (url.password = ''), 'wants a password: name one in DATABASE_URL'],
    ['a user that is none', (url: URL) => (url.username = 'nobody'), 'refuses this user: mend user and password'],
    ['a database that is none', (url: URL) => (url.pathname = '/none'), 'does not exist: create it (createdb)'],
    ['TLS where there is none', (url: URL) => (url.search = '?sslmode=verify-full'), 'does not know TLS'],
  ])('names %s', async (_what, change, sentence) => {
    const url = await changed(change);
    const refusal: unknown = await open(url).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'database-unavailable', message: expect.stringContaining(sentence) });
    expect(String(refusal)).toContain(`store: the database ${url.host}${url.pathname} `);
    expect(String(refusal)).not.toContain(url.password || ':@');
  });

  it('names a host that nobody knows', async () => {
    await expect(open('postgres://u:secret@no-such-host.invalid/db')).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringMatching(/^store: the database no-such-host\.invalid\/db is on a host (?!.*secret)/),
    });
  });

  it.each(['postgres://u:se cret@[/db', 'postgres://u:secret@host:99999999/db', 'postgresql://u:%zz@h/db'])(
    'refuses an address that is none, and keeps its password to itself: %s',
    async (url) => {
      const refusal: unknown = await open(url).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'database-unavailable' });
      expect(`${String(refusal)} ${JSON.stringify(refusal)}`).not.toMatch(/se ?cret|%zz/);
    },
  );

  it('names a user who may not create tables', async () => {
    const guest = await withRole(await emptyDatabase('postgres'));
    await expect(open(guest)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringMatching(/may not be used by this user: grant it the right to create and change tables/),
    });
  });

  it('names a user who may not change them', async () => {
    const guest = await withRole(await temporaryDatabase('postgres'));
    await expect(open(guest)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('may not be used by this user'),
    });
  });

  it('names a database that is read-only', async () => {
    const url = await temporaryDatabase('postgres');
    const store = await open(`${url}?options=-c%20default_transaction_read_only%3Don`);
    onTestFinished(() => store.close());
    await expect(store.settings.set('a', '1')).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('is read-only, as a standby is: name the primary server'),
    });
  });

  it('names a database that keeps its text in another encoding', async () => {
    const url = await emptyDatabase('postgres');
    const other = `${nameIn(url)}_ascii`;
    await execute(url, `create database ${other} encoding 'SQL_ASCII' template template0`);
    onTestFinished(() => execute(url, `drop database ${other} with (force)`));
    await expect(open(Object.assign(new URL(url), { pathname: `/${other}` }))).rejects.toMatchObject({
      message: expect.stringContaining("keeps its text in SQL_ASCII: create it anew with encoding 'UTF8'"),
    });
  });

  it.each([
    ['too many connections', '53300', 'has no connection left: raise max_connections'],
    ['a server that starts', '57P03', 'is starting up or shutting down'],
    ['a full disk', '53100', 'cannot grow, the disk is full'],
  ])('names %s', async (_what, code, sentence) => {
    const host = await serverThatSays(message('E', `SFATAL\0C${code}\0Mno\0\0`));
    await expect(open(`postgres://u:p@${host}/db`)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining(`store: the database ${host}/db ${sentence}`),
    });
  });

  it('names a server that hangs up', async () => {
    const host = await serverThatSays(Buffer.alloc(0));
    await expect(open(`postgres://u:p@${host}/db`)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('has broken off the connection'),
    });
  });

  it('names a server that is too old', async () => {
    const ready = message('Z', 'I');
    const column = (name: string) => [Buffer.from(`${name}\0`), Buffer.alloc(6), int(25, 4), Buffer.alloc(8)];
    const described = Buffer.concat([int(2, 2), ...column('version'), ...column('encoding')]).toString('latin1');
    const row = Buffer.concat([int(2, 2), int(6, 4), Buffer.from('130020'), int(4, 4), Buffer.from('UTF8')]);
    const host = await serverThatSays(
      Buffer.concat([message('R', 0), ready]),
      Buffer.concat([message('C', 'SET\0'), ready]),
      Buffer.concat([message('T', described), message('D', row.toString('latin1')), message('C', 'SELECT 1\0'), ready]),
    );
    await expect(open(`postgres://u:p@${host}/db`)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: `store: the database ${host}/db is on PostgreSQL 13, and Paperboy needs 14 or later: upgrade the server`,
    });
  });
});
