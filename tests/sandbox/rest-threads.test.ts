import { describe, expect, it } from 'vitest';
import { invalidAt } from './invalid-at.ts';
import { runWithRights } from './run-with-rights.ts';
import { runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

type Id = { id: string };

const start = async (sandbox: RunningSandbox, body: unknown, channel = sandbox.general) =>
  await sandbox.api<Id>('POST', `/channels/${channel}/threads`, body);

const forumOf = (sandbox: RunningSandbox) => sandbox.ready.channels.find(({ type }) => type === 15)?.id ?? '';

describe('threads', () => {
  it.each([
    ['name', 'BASE_TYPE_REQUIRED', {}],
    ['name', 'BASE_TYPE_REQUIRED', { name: '  ' }],
    ['name', 'BASE_TYPE_BAD_LENGTH', { name: 'x'.repeat(101) }],
    ['auto_archive_duration', 'BASE_TYPE_CHOICES', { name: 'x', auto_archive_duration: 61 }],
    ['rate_limit_per_user', 'NUMBER_TYPE_MAX', { name: 'x', rate_limit_per_user: 21_601 }],
    ['rate_limit_per_user', 'NUMBER_TYPE_MIN', { name: 'x', rate_limit_per_user: -1 }],
    ['type', 'BASE_TYPE_CHOICES', { name: 'x', type: 0 }],
    ['invitable', 'BOOLEAN_TYPE_CONVERT', { name: 'x', invitable: 'no' }],
  ])('are refused where %s is wrong: %s', async (path, code, body) => {
    const sandbox = await runSandbox();
    expect(await start(sandbox, body)).toMatchObject({ status: 400, body: invalidAt(path, code) });
  });

  it.each([
    ['message', 'BASE_TYPE_REQUIRED', { name: 'x' }],
    ['message', 'DICT_TYPE_CONVERT', { name: 'x', message: 'hello' }],
    ['message.content', 'BASE_TYPE_MAX_LENGTH', { name: 'x', message: { content: 'x'.repeat(2_001) } }],
    ['applied_tags', 'BASE_TYPE_BAD_LENGTH', { name: 'x', message: {}, applied_tags: ['1', '2', '3', '4', '5', '6'] }],
    ['applied_tags.0', 'NUMBER_TYPE_COERCE', { name: 'x', message: {}, applied_tags: ['question'] }],
  ])('of forums are refused where %s is wrong: %s', async (path, code, body) => {
    const sandbox = await runSandbox();
    expect(await start(sandbox, body, forumOf(sandbox))).toMatchObject({ status: 400, body: invalidAt(path, code) });
  });

  it('are not changed to what Discord does not take', async () => {
    const sandbox = await runSandbox();
    const { id } = (await start(sandbox, { name: 'x', type: 11 })).body;
    const tooMany = { applied_tags: ['1', '2', '3', '4', '5', '6'] };
    const refused = await sandbox.api('PATCH', `/channels/${id}`, tooMany);
    expect(refused.body).toMatchObject(invalidAt('applied_tags', 'BASE_TYPE_BAD_LENGTH'));
    expect((await sandbox.api('PATCH', `/channels/${id}`, { applied_tags: ['1'] })).body).toMatchObject({
      code: 10087,
    });
  });

  it('are listed two at a time at least', async () => {
    const sandbox = await runSandbox();
    const path = `/channels/${sandbox.general}/threads/archived/public`;
    expect((await sandbox.api('GET', `${path}?limit=1`)).body).toMatchObject(invalidAt('limit', 'NUMBER_TYPE_MIN'));
    expect((await sandbox.api('GET', path)).body).toEqual({ threads: [], members: [], has_more: false });
    expect((await sandbox.api('GET', `/channels/${forumOf(sandbox)}/threads/archived/public`)).status).toBe(200);
  });

  it('are unknown once they are gone, and their members with them', async () => {
    const sandbox = await runWithRights(['ManageThreads']);
    const { id } = (await start(sandbox, { name: 'x', type: 11 })).body;
    const own = `/channels/${id}/thread-members/@me`;
    expect((await sandbox.api('GET', own)).status).toBe(200);
    expect((await sandbox.api('DELETE', `/channels/${id}`)).status).toBe(200);
    for (const path of [own, `/channels/${id}`]) {
      expect((await sandbox.api('GET', path)).body).toMatchObject({ code: 10003 });
    }
  });

  it('have members that are looked for where there are threads', async () => {
    const sandbox = await runSandbox();
    const { id } = (await start(sandbox, { name: 'x', type: 11 })).body;
    expect((await sandbox.api('GET', `/channels/${id}/thread-members/1`)).body).toMatchObject({ code: 10007 });
    expect((await sandbox.api('GET', `/channels/${sandbox.general}/thread-members`)).body).toMatchObject({
      code: 50024,
    });
    expect((await sandbox.api('PUT', '/channels/1/thread-members/@me')).body).toMatchObject({ code: 10003 });
  });
});
