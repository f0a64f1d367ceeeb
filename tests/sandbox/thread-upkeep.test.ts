import { describe, expect, it } from 'vitest';
import { runWithRights } from './run-with-rights.ts';

type Shown = { thread?: { name: string; message_count: number; thread_metadata: { archived: boolean } } };

describe('keepThreads', () => {
  it('shows a thread as it is in the message that it was started from', async () => {
    const sandbox = await runWithRights([]);
    const messages = `/channels/${sandbox.general}/messages`;
    const { id } = (await sandbox.api<{ id: string }>('POST', messages, { content: 'x' })).body;
    const started = { user: 'Mika', name: 'about it', message: id, content: 'first' };
    expect((await sandbox.control('POST', '/channels/general/threads', started)).status).toBe(200);
    const shown = async () => (await sandbox.api<Shown>('GET', `${messages}/${id}`)).body.thread;
    expect(await shown()).toMatchObject({ name: 'about it', message_count: 1 });
  });

  it('shows there that it was archived', async () => {
    const sandbox = await runWithRights(['ManageThreads']);
    const messages = `/channels/${sandbox.general}/messages`;
    const { id } = (await sandbox.api<{ id: string }>('POST', messages, { content: 'x' })).body;
    await sandbox.api('POST', `${messages}/${id}/threads`, { name: 'x' });
    await sandbox.api('PATCH', `/channels/${id}`, { archived: true });
    const { thread } = (await sandbox.api<Shown>('GET', `${messages}/${id}`)).body;
    expect(thread?.thread_metadata.archived).toBe(true);
  });
});
