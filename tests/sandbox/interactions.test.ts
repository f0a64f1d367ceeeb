import { describe, expect, it } from 'vitest';
import { runListening } from './listening-sandbox.ts';

describe('components and deadlines', () => {
  const select = {
    type: 3,
    custom_id: 'pick',
    options: [
      { label: 'A', value: 'a' },
      { label: 'B', value: 'b' },
    ],
  };
  const rows = [
    { type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'off', disabled: true }] },
    { type: 1, components: [select] },
  ];

  it('refuse what the message does not offer', async () => {
    const { sandbox, use, hear } = await runListening();
    const { id } = (
      await sandbox.api<{ id: string }>('POST', `/channels/${sandbox.general}/messages`, {
        content: 'x',
        components: rows,
      })
    ).body;
    expect((await use({ message: id, customId: 'off' })).body).toEqual({ message: 'The component “off” is disabled.' });
    expect((await use({ message: id, customId: 'none' })).status).toBe(400);
    expect((await use({ message: id, customId: 'pick', values: ['c'] })).body).toEqual({
      message: 'The select “pick” does not offer “c”; it has a, b.',
    });
    expect((await use({ message: id, customId: 'pick', values: ['a', 'b'] })).status).toBe(400);
    expect(await hear({ message: id, customId: 'pick', values: ['b'] })).toMatchObject({
      data: { component_type: 3, values: ['b'] },
      message: { id },
    });
  });

  it('end an interaction after three seconds, its token after fifteen minutes, and a second answer at once', async () => {
    let nowMs = Date.UTC(2026, 10, 22);
    const { sandbox, application: id, gateway, use } = await runListening({ now: () => nowMs });
    const hear = async () => {
      const done = use({ user: 'Ada', command: 'alert list' });
      return { done, ...(await gateway.next<{ id: string; token: string }>()).d };
    };
    const answer = (to: { id: string; token: string }) =>
      sandbox.api('POST', `/interactions/${to.id}/${to.token}/callback`, { type: 4, data: { content: 'x' } });

    const first = await hear();
    expect(
      (await sandbox.api('PATCH', `/webhooks/${id}/${first.token}/messages/@original`, { content: 'y' })).body,
    ).toMatchObject({ code: 10015 });
    expect((await answer(first)).status).toBe(204);
    expect(await answer(first)).toMatchObject({ status: 400, body: { code: 40060 } });
    nowMs += 15 * 60_000 - 1;
    expect((await sandbox.api('POST', `/webhooks/${id}/${first.token}`, { content: 'y' })).status).toBe(200);
    nowMs += 2;
    expect((await sandbox.api('POST', `/webhooks/${id}/${first.token}`, { content: 'y' })).body).toMatchObject({
      code: 50027,
    });

    const late = await hear();
    nowMs += 3_001;
    expect(await answer(late)).toMatchObject({ status: 404, body: { code: 10062 } });
    expect((await late.done).body).toMatchObject({ ackMs: null, replies: [] });
  });
});
