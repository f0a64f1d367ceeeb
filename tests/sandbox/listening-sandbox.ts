import { expect } from 'vitest';
import { openGateway, runSandbox } from './running-sandbox.ts';

const channelOption = { type: 7, name: 'channel', description: 'Where' };
/** An alert with sub-commands, and a command for those who may manage the server. */
export const commands = [
  {
    name: 'alert',
    description: 'Alerts',
    options: [
      {
        type: 1,
        name: 'add',
        description: 'Add one',
        options: [
          { type: 3, name: 'query', description: 'What to look for', required: true, max_length: 10 },
          { type: 3, name: 'style', description: 'How', choices: [{ name: 'Cards', value: 'cards' }] },
          { type: 4, name: 'hour', description: 'When', min_value: 0, max_value: 23 },
          channelOption,
          { type: 6, name: 'person', description: 'Whom' },
          { type: 3, name: 'category', description: 'Of arXiv', autocomplete: true },
        ],
      },
      { type: 1, name: 'list', description: 'List them' },
    ],
  },
  {
    name: 'subscribe',
    description: 'Subscribe',
    default_member_permissions: '32',
    contexts: [0],
    options: [channelOption],
  },
];

/** A sandbox with commands, and a gateway that hears interactions and does not answer. */
export async function runListening(options: Parameters<typeof runSandbox>[0] = {}) {
  const sandbox = await runSandbox(options);
  const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
  await sandbox.api('PUT', `/applications/${id}/commands`, commands);
  const gateway = openGateway(sandbox);
  await gateway.next();
  gateway.identify();
  await gateway.next();
  await gateway.next();
  const use = (body: object) => sandbox.control('POST', '/interactions', { user: 'Mika', channel: 'general', ...body });
  /** Uses it, acknowledges by a message, and gives what the bot was told. */
  const hear = async (body: object) => {
    const done = use(body);
    const heard = (await gateway.next<{ id: string; token: string; data: { options: unknown } }>()).d;
    await sandbox.api('POST', `/interactions/${heard.id}/${heard.token}/callback`, { type: 4, data: { content: 'x' } });
    expect((await done).status).toBe(200);
    return heard;
  };
  return { sandbox, application: id, gateway, use, hear };
}
