import { describe, expect, it } from 'vitest';
import { runWithRights } from './run-with-rights.ts';
import { runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

type Started = { id: string; owner_id: string; applied_tags: string[]; message_count: number; message?: string };

const start = async (sandbox: RunningSandbox, channel: string, body: object) =>
  await sandbox.control<Started>('POST', `/channels/${channel}/threads`, { user: 'Mika', name: 'a thread', ...body });

describe('POST control/channels/:channel/threads', () => {
  it('starts a thread in the name of a person, with a first message', async () => {
    const sandbox = await runSandbox();
    const { status, body } = await start(sandbox, 'general', { content: 'hello' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ owner_id: sandbox.userId('Mika'), message_count: 1 });
    const said = await sandbox.control<{ content: string }[]>('GET', `/channels/${body.id}/messages?user=Mika`);
    expect(said.body.map(({ content }) => content)).toEqual(['hello']);
  });

  it('starts a thread from a message, once', async () => {
    const sandbox = await runSandbox();
    const speech = { user: 'Ada', channel: 'general', content: 'a paper' };
    const { id: message } = (await sandbox.control<{ id: string }>('POST', '/messages', speech)).body;
    expect((await start(sandbox, 'general', { message })).body.id).toBe(message);
    expect(await start(sandbox, 'general', { message })).toMatchObject({
      status: 400,
      body: { message: 'A thread has already been created for this message.' },
    });
  });

  it('posts in a forum with tags by name', async () => {
    const sandbox = await runSandbox();
    const { body } = await start(sandbox, 'paper-talk', { content: 'well?', tags: ['Question'] });
    expect(body.applied_tags).toHaveLength(1);
    expect(body.message_count).toBe(0);
  });

  it.each([
    ['general', { user: 'Nobody' }, 404, 'There is no user “Nobody”.'],
    ['nowhere', {}, 404, 'There is no channel “nowhere” that Mika can see.'],
    ['general', { message: '1' }, 404, 'There is no message 1 in #general.'],
    ['general', { tags: Array.from({ length: 6 }, () => 'x') }, 400, 'tags: must be 5 tags at most.'],
    ['general', { tags: ['x'] }, 400, '#general is no forum and has no tags.'],
    ['paper-talk', {}, 400, 'content: a post begins with a text.'],
    ['paper-talk', { content: 'x', message: '1' }, 400, '#paper-talk is a forum: its posts begin with their own text.'],
    [
      'paper-talk',
      { content: 'x', tags: ['y'] },
      404,
      'There is no tag “y” in #paper-talk (there are: worth reading, question, next session).',
    ],
    ['paper-talk', { content: 'x', tags: ['next session'] }, 403, 'Missing Permissions.'],
  ])('says why there is no thread in %s for %j', async (channel, body, status, message) => {
    const sandbox = await runSandbox();
    expect(await start(sandbox, channel, body)).toMatchObject({ status, body: { message } });
  });

  it('refuses who may not', async () => {
    const sandbox = await runWithRights([], ['CreatePublicThreads', 'SendMessages']);
    expect((await start(sandbox, 'general', {})).body.message).toBe('Mika may not start threads in #general.');
    expect((await start(sandbox, 'paper-talk', { content: 'x' })).body.message).toBe(
      'Mika may not post in #paper-talk.',
    );
  });
});
