import { describe, expect, it } from 'vitest';
import { invalidAt } from './invalid-at.ts';
import { runWithRights } from './run-with-rights.ts';

describe('channels', () => {
  it.each([
    ['name', 'BASE_TYPE_REQUIRED', { name: '' }],
    ['name', 'BASE_TYPE_BAD_LENGTH', { name: 'x'.repeat(101) }],
    ['topic', 'BASE_TYPE_MAX_LENGTH', { topic: 'x'.repeat(1_025) }],
    ['type', 'BASE_TYPE_CHOICES', { type: 1 }],
    ['rate_limit_per_user', 'NUMBER_TYPE_MAX', { rate_limit_per_user: 21_601 }],
    ['parent_id', 'CHANNEL_PARENT_INVALID', { parent_id: '1' }],
    ['permission_overwrites.0.id', 'BASE_TYPE_REQUIRED', { permission_overwrites: [{ allow: '0' }] }],
    ['permission_overwrites.0.allow', 'NUMBER_TYPE_COERCE', { permission_overwrites: [{ id: '1', allow: 'all' }] }],
    ['available_tags.0.name', 'BASE_TYPE_BAD_LENGTH', { available_tags: [{ name: 'x'.repeat(21) }] }],
    ['available_tags', 'BASE_TYPE_BAD_LENGTH', { available_tags: Array.from({ length: 21 }, () => ({ name: 'x' })) }],
  ])('are not changed where %s is wrong: %s', async (path, code, body) => {
    const sandbox = await runWithRights(['ManageChannels']);
    const answer = await sandbox.api('PATCH', `/channels/${sandbox.general}`, body);
    expect(answer).toMatchObject({ status: 400, body: invalidAt(path, code) });
  });

  it('stand under categories only', async () => {
    const sandbox = await runWithRights(['ManageChannels']);
    const answer = await sandbox.api('PATCH', `/channels/${sandbox.general}`, { parent_id: sandbox.general });
    expect(answer.body).toMatchObject(invalidAt('parent_id', 'CHANNEL_PARENT_INVALID_TYPE'));
  });

  it('take emojis of Unicode alone for tags, and overwrites only with the right to roles', async () => {
    const sandbox = await runWithRights(['ManageChannels']);
    const forum = `/channels/${sandbox.ready.channels.find(({ type }) => type === 15)?.id ?? ''}`;
    const answer = await sandbox.api('PATCH', forum, { available_tags: [{ name: 'x', emoji_id: '1' }] });
    expect(answer.body).toMatchObject({ code: 10014 });
    expect((await sandbox.api('PATCH', forum, { permission_overwrites: [] })).body).toMatchObject({ code: 50013 });
  });

  it('are 500 in a server at most', async () => {
    const sandbox = await runWithRights(['ManageChannels']);
    const path = `/guilds/${sandbox.ready.guild}/channels`;
    for (let count = sandbox.ready.channels.length; count < 500; count += 1) {
      expect((await sandbox.api('POST', path, { name: 'x' })).status).toBe(201);
    }
    expect((await sandbox.api('POST', path, { name: 'x' })).body).toMatchObject({ code: 30013 });
  }, 30_000);

  it('have the name that Discord writes, whoever names them', async () => {
    const sandbox = await runWithRights(['ManageChannels']);
    const path = `/guilds/${sandbox.ready.guild}/channels`;
    const body = { name: "#What's  up?" };
    for (const make of [sandbox.api, sandbox.control]) {
      expect((await make('POST', path, body)).body).toMatchObject({ name: 'whats-up' });
    }
    await sandbox.control('PATCH', '/channels/general', { name: 'Old & New' });
    expect((await sandbox.api('GET', `/channels/${sandbox.general}`)).body).toMatchObject({ name: 'old-new' });
  });

  it('move one at a time into another category', async () => {
    const sandbox = await runWithRights(['ManageChannels']);
    const path = `/guilds/${sandbox.ready.guild}/channels`;
    const { id: parent_id } = (await sandbox.api<{ id: string }>('POST', path, { name: 'x', type: 4 })).body;
    const [first, second] = sandbox.ready.channels.map(({ id }) => ({ id, parent_id }));
    expect((await sandbox.api('PATCH', path, [first, second])).body).toMatchObject({ code: 40009 });
    expect((await sandbox.api('PATCH', path, [first])).status).toBe(204);
    const unknown = await sandbox.api('PATCH', path, [{ id: '1', position: 0 }]);
    expect(unknown.body).toMatchObject(invalidAt('0.id', 'GUILD_CHANNEL_UNKNOWN'));
    expect((await sandbox.api('GET', `/channels/${first?.id ?? ''}`)).body).toMatchObject({ parent_id });
  });
});
