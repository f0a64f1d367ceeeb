import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStateFile } from './read-state-file.ts';
import { runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

type Thing = { id: string };
type World = { guilds: { id: string; name: string; isUnavailable: boolean }[]; users: unknown[] };
const group = '/guilds/Systems%20Reading%20Group';
const newFile = () => join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'state.json');

/** What an operator did must have worked. */
async function act(sandbox: RunningSandbox, ...request: Parameters<RunningSandbox['control']>): Promise<Thing> {
  const answer = await sandbox.control<Thing>(...request);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

const worldOf = async (sandbox: RunningSandbox) => (await sandbox.control<World>('GET', '/state')).body;

describe('what an operator did', () => {
  it('is there after a restart with the same ids, but for an outage', async () => {
    const stateFile = newFile();
    const before = await runSandbox({ stateFile, guilds: 2 });
    const guild = await act(before, 'POST', '/guilds', { name: 'Night Readers' });
    await act(before, 'PUT', `/guilds/${guild.id}/members/Paperboy`);
    await act(before, 'POST', `${group}/roles`, { name: 'Curators', permissions: ['ManageMessages'] });
    await act(before, 'POST', '/people', {
      name: 'Eve',
      locale: 'de',
      guilds: ['Night Readers', 'Systems Reading Group'],
    });
    await act(before, 'PUT', `${group}/members/Eve`, { roles: ['Curators'] });
    await act(before, 'PATCH', '/people/Mika', { takesDirectMessages: false });
    await act(before, 'POST', `${group}/channels`, { name: 'room', type: 'forum', tags: [{ name: 'a' }] });
    await act(before, 'PATCH', '/channels/general', { overwrites: [{ id: 'Curators', deny: ['AttachFiles'] }] });
    await act(before, 'DELETE', '/channels/workflows');
    await act(before, 'DELETE', '/guilds/Reading%20Circle%2000001');
    const { id: message } = await act(before, 'POST', '/messages', { user: 'Eve', channel: 'general', content: 'hi' });
    await act(before, 'PUT', '/reactions', { user: 'Mika', message, emoji: '⭐' });
    await act(before, 'PUT', '/pins', { user: 'Ada', message });
    const left = await worldOf(before);
    const said = (await before.control('GET', '/channels/general/messages')).body;
    await act(before, 'POST', `${group}/outage`, { isUnavailable: true });
    await before.close();

    const after = await runSandbox({ stateFile, guilds: 2 });
    expect(await worldOf(after)).toEqual(left);
    expect(left.guilds.map(({ name }) => name)).toEqual([
      'Systems Reading Group',
      'Reading Circle 00002',
      'Night Readers',
    ]);
    expect((await after.control('GET', '/channels/general/messages')).body).toEqual(said);
    expect((await after.control('GET', '/channels/workflows/messages')).status).toBe(404);
  });

  it('is all that the state file holds of servers', async () => {
    const stateFile = newFile();
    const sandbox = await runSandbox({ stateFile, guilds: 100 });
    await act(sandbox, 'PATCH', '/guilds/Reading%20Circle%2000042', { name: 'The Answer' });
    await sandbox.close();
    expect(readStateFile(stateFile)).toMatchObject({ guilds: [{ name: 'The Answer' }], people: [] });
  });

  it('takes what belonged to it along: messages, reactions and pins', async () => {
    const stateFile = newFile();
    const sandbox = await runSandbox({ stateFile });
    for (const channel of ['general', 'workflows']) {
      const { id: message } = await act(sandbox, 'POST', '/messages', { user: 'Ada', channel, content: 'hi' });
      await act(sandbox, 'PUT', '/reactions', { user: 'Mika', message, emoji: '⭐' });
      await act(sandbox, 'PUT', '/pins', { user: 'Ada', message });
      await act(sandbox, 'DELETE', channel === 'general' ? `/messages/${message}?user=Ada` : `/channels/${channel}`);
    }
    await sandbox.close();
    const { messages, reactions, pins } = readStateFile(stateFile);
    // The notice of the pin stays where the message went.
    expect(messages).toEqual({ [sandbox.general]: [expect.objectContaining({ type: 6 })] });
    expect({ reactions, pins }).toEqual({ reactions: {}, pins: {} });
  });
});

describe('what people say', () => {
  it('can answer a message, and stands among the pinned ones, newest pin first', async () => {
    const sandbox = await runSandbox();
    const channel = 'general';
    const asked = await act(sandbox, 'POST', '/messages', { user: 'Ada', channel, content: 'Is there a survey?' });
    const reply = await act(sandbox, 'POST', '/messages', { user: 'Mika', channel, content: 'Yes.', reply: asked.id });
    expect(reply).toMatchObject({ type: 19, referenced_message: { id: asked.id, content: 'Is there a survey?' } });
    for (const { id } of [reply, asked]) await act(sandbox, 'PUT', '/pins', { user: 'Ada', message: id });
    const pins = await sandbox.control<Thing[]>('GET', '/channels/general/pins?user=Mika');
    expect(pins.body.map(({ id }) => id)).toEqual([asked.id, reply.id]);
    expect((await sandbox.control('GET', '/channels/1/pins?user=Mika')).status).toBe(404);
  });
});

describe('somebody new', () => {
  it('is listed with a picture, and does what members do', async () => {
    const sandbox = await runSandbox();
    const eve = await act(sandbox, 'POST', '/people', { name: 'Ève *the first*' });
    expect(eve).toMatchObject({
      name: 'Ève *the first*',
      role: 'outsider',
      locale: 'en-US',
      takesDirectMessages: true,
    });
    expect((await worldOf(sandbox)).users).toContainEqual(eve);
    const picture = await fetch(new URL(`/avatars/${eve.id}.svg`, sandbox.ready.page));
    expect(await picture.text()).toContain('<title>Ève *the first*</title>');
    expect((await sandbox.api('GET', `/users/${eve.id}`)).body).toMatchObject({
      username: '_ve_the_first_',
      global_name: 'Ève *the first*',
    });
    const say = { user: eve.id, channel: 'general', content: 'hello' };
    expect((await sandbox.control('POST', '/messages', say)).status).toBe(403);
    await act(sandbox, 'PUT', `${group}/members/${eve.id}`);
    await act(sandbox, 'POST', '/messages', say);
    expect((await worldOf(sandbox)).users).toContainEqual({ ...eve, role: 'member' });
  });

  it('writes no more after being thrown out', async () => {
    const sandbox = await runSandbox();
    await act(sandbox, 'POST', '/people', { name: 'Eve', guilds: [sandbox.ready.guild] });
    await act(sandbox, 'DELETE', `${group}/members/Eve`);
    const refused = await sandbox.control('POST', '/messages', { user: 'Eve', channel: 'general', content: 'x' });
    expect(refused.body).toEqual({ message: 'Eve is not in this server and cannot see #general.' });
  });
});
