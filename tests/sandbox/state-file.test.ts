import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/lib/log.ts';
import type { Message } from '../../src/sandbox/message.ts';
import type { SavedState } from '../../src/sandbox/state.ts';
import { emptyState, openStateFile, writeStateFile } from '../../src/sandbox/state-file.ts';
import { bot, readingGroup } from '../../src/sandbox/world.ts';
import { saying } from './page-world.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'state.json');

const ignore = () => {};
const contents = (list: readonly Message[] | undefined) => list?.map(({ content }) => content);

/** A log that remembers its warnings. */
function listeningLog(): Log & { readonly warned: object[] } {
  const warned: object[] = [];
  return { warned, debug: ignore, info: ignore, error: ignore, warn: (fields) => warned.push(fields) };
}

/** What a start finds in the file, and what it warns of. */
function reopen(file: string): { saved: SavedState; warned: object[] } {
  const log = listeningLog();
  const opened = openStateFile(file, { log });
  opened.close();
  return { saved: opened.saved, warned: log.warned };
}

const hello = saying('100', '10', 'hello');
const thread = {
  id: '101',
  guild: readingGroup.id,
  parent: '1325753908847116392',
  type: 11 as const,
  name: 'A post',
  owner: bot.id,
  createdMs: 1,
  isArchived: false,
  archiveChangedMs: 1,
  isLocked: false,
  isInvitable: true,
  autoArchive: 60 as const,
  slowmodeS: 0,
  flags: 0,
  tags: [],
  members: [bot.id],
  totalMessages: 3,
};
const full: SavedState = {
  messages: { '10': [hello, saying('102', '10', 'again')], '11': [saying('103', '11', 'elsewhere')] },
  directChannels: [{ id: '11', user: '12' }],
  commands: [
    { id: '20', name: 'everywhere', type: 1 },
    { id: '21', name: 'here', type: 1, guild_id: readingGroup.id },
    { id: '22', name: 'here-too', type: 1, guild_id: readingGroup.id },
  ],
  commandPermissions: [{ id: '20', guild: readingGroup.id, permissions: [{ id: '12', type: 2, permission: false }] }],
  guilds: [readingGroup],
  removedGuilds: ['30'],
  threads: [thread],
  people: [{ id: '12', name: 'Eve', role: 'member', locale: 'de', takesDirectMessages: true }],
  reactions: { '100': [{ emoji: { id: null, name: '⭐' }, users: ['12', bot.id] }] },
  pins: { '10': [{ message: '100', pinnedMs: 5 }] },
};

describe('openStateFile', () => {
  it('finds all that was written, in its order', () => {
    const file = newFile();
    writeStateFile(file, full);
    expect(reopen(file)).toEqual({ saved: full, warned: [] });
    expect(readdirSync(dirname(file))).toEqual(['state.json']);
  });

  it('writes what changed and takes away what went', () => {
    const file = newFile();
    writeStateFile(file, full);
    const opened = openStateFile(file, { log: listeningLog() });
    opened.keep({ kind: 'message', parent: '10', id: '100', body: { ...hello, content: 'changed' } });
    opened.keep({ kind: 'message', parent: '10', id: '104', body: saying('104', '10', 'newest') });
    opened.keep({ kind: 'message', parent: '11', id: '103', body: null });
    opened.close();
    const { messages, ...others } = reopen(file).saved;
    expect(Object.keys(messages)).toEqual(['10']);
    expect(contents(messages['10'])).toEqual(['changed', 'again', 'newest']);
    expect(others).toEqual({ ...others, ...full, messages: undefined });
  });

  it('tries a failed write again with the next change, and warns', async () => {
    const file = newFile();
    const { promise: failed, resolve } = Promise.withResolvers<object>();
    const opened = openStateFile(file, { log: { ...listeningLog(), warn: resolve } });
    let isBroken = true;
    const body = {
      toJSON() {
        if (isBroken) throw new Error('no room');
        return hello;
      },
    };
    opened.keep({ kind: 'message', parent: '10', id: '90', body: saying('90', '10', 'before') });
    opened.keep({ kind: 'message', parent: '10', id: '100', body });
    expect(await failed).toMatchObject({ file, error: 'no room' });
    isBroken = false;
    opened.keep({ kind: 'message', parent: '10', id: '102', body: saying('102', '10', 'after') });
    opened.close();
    expect(reopen(file).saved.messages['10']?.map(({ id }) => id)).toEqual(['90', '100', '102']);
  });

  it('leaves out rows that do not fit, with one warning, and reads the rest', () => {
    const file = newFile();
    writeStateFile(file, full);
    const database = new DatabaseSync(file);
    database.exec(`
      update rows set body = '{"id":"102"}' where id = '102';
      update rows set body = '{' where kind = 'pins';
      insert into rows (kind, parent, id, body) values ('sticker', '', '1', '{}')`);
    database.close();
    const { saved, warned } = reopen(file);
    expect(saved).toEqual({ ...full, messages: { ...full.messages, '10': [hello] }, pins: {} });
    expect(warned).toEqual([{ file, rows: 3, some: ['message 102', 'pins 10', 'sticker 1'] }]);
  });

  it.each([
    ['text', (file: string) => writeFileSync(file, '{"version":1,"messages":')],
    ['a JSON text of another kind', (file: string) => writeFileSync(file, '{"version":7}')],
    [
      'a broken database',
      (file: string) => {
        writeStateFile(file, full);
        writeFileSync(file, readFileSync(file).fill(0x55, 100));
      },
    ],
    [
      'a file of a later version',
      (file: string) => {
        writeStateFile(file, full);
        const database = new DatabaseSync(file);
        database.exec('pragma user_version = 99');
        database.close();
      },
    ],
  ])('moves %s aside with a warning and starts empty', (_, make) => {
    const file = newFile();
    make(file);
    expect(reopen(file)).toMatchObject({ saved: emptyState, warned: [{ file, aside: `${file}.unreadable` }] });
    expect(existsSync(`${file}.unreadable`)).toBe(true);
    expect(reopen(file)).toEqual({ saved: emptyState, warned: [] });
  });

  it('leaves a good file alone where something else than the file is to blame', () => {
    const file = newFile();
    writeStateFile(file, full);
    const wal = `${file}-wal`;
    // SQLite cannot open a folder as its log: CANTOPEN, as with a full disk or a missing right.
    mkdirSync(wal);
    expect(() => reopen(file)).toThrow(`sandbox: ${file} cannot be opened`);
    rmSync(wal, { recursive: true });
    expect(reopen(file)).toEqual({ saved: full, warned: [] });
  });

  it('never moves an unreadable file over an earlier one', () => {
    const file = newFile();
    for (const text of ['first', 'second']) {
      writeFileSync(file, text);
      reopen(file);
    }
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe('first');
    expect(readFileSync(`${file}.unreadable-2`, 'utf8')).toBe('second');
  });

  it('never touches the database of another program', () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec('create table papers (id text)');
    database.close();
    const before = readFileSync(file);
    expect(() => reopen(file)).toThrow(`sandbox: ${file} is the database of another program`);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(dirname(file))).toEqual(['state.json']);
  });

  it('takes over a file of the first release once and leaves that beside it', () => {
    const file = newFile();
    const { messages, directChannels, commands } = full;
    const text = JSON.stringify({ version: 1, messages, directChannels, commands });
    writeFileSync(file, text);
    expect(reopen(file)).toEqual({ saved: { ...emptyState, messages, directChannels, commands }, warned: [] });
    expect(reopen(file).saved.messages).toEqual(messages);
    expect(readFileSync(`${file}.version-1`, 'utf8')).toBe(text);
    expect(readdirSync(dirname(file)).toSorted()).toEqual(['state.json', 'state.json.version-1']);
  });
});
