import { MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from '../running-sandbox.ts';

const row = { type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x' }] } as const;

describe('answers in threads', () => {
  it('bring an archived thread back and make the bot a member, unless one person alone sees them', async () => {
    const { api, press, thread, archive } = await setUp();
    await archive({});
    await press('for you');
    expect((await read()).thread_metadata.archived).toBe(true);
    await press('for all');
    expect(await read()).toMatchObject({ thread_metadata: { archived: false }, member: { id: thread } });

    async function read() {
      return (await api<{ thread_metadata: { archived: boolean } }>('GET', `/channels/${thread}`)).body;
    }
  });

  it('do not come to one that is archived and locked, but for moderators', async () => {
    const { press, archive, refusals } = await setUp();
    await archive({ locked: true });
    await press('for all');
    expect(refusals).toMatchObject([{ code: 50083 }]);
  });
});

/** A thread of Ada's with a button in it, which the bot answers by what `press` says. */
async function setUp() {
  const sandbox = await runSandbox();
  const refusals: unknown[] = [];
  let said = '';
  await logIn(sandbox, async (interaction) => {
    if (!interaction.isButton()) return;
    const flags = said === 'for you' ? ([MessageFlags.Ephemeral] as const) : [];
    await interaction.reply({ content: said, flags }).catch((error: unknown) => refusals.push(error));
    if (refusals.length > 0) await interaction.reply({ content: 'x', flags: [MessageFlags.Ephemeral] });
  });
  const started = await sandbox.control<{ id: string }>('POST', '/channels/general/threads', {
    user: 'Ada',
    name: 'about it',
  });
  const thread = started.body.id;
  const sent = await sandbox.api<{ id: string }>('POST', `/channels/${thread}/messages`, {
    content: 'x',
    components: [row],
  });
  await sandbox.api('DELETE', `/channels/${thread}/thread-members/@me`);
  return {
    api: sandbox.api,
    thread,
    refusals,
    archive: (more: object) => sandbox.control('PATCH', `/channels/${thread}`, { archived: true, ...more }),
    press: (words: string) => {
      said = words;
      return sandbox.control('POST', '/interactions', { user: 'Ada', message: sent.body.id, customId: 'x' });
    },
  };
}
