import { join } from 'node:path';
import {
  ContextMenuCommandBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  UserSelectMenuBuilder,
} from 'discord.js';
import type { Interaction } from 'discord.js';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { logIn } from './running-sandbox.ts';
import { becomePerson, pictures, withBrowser } from './page-browser.ts';
import { idAt, ids, runFullWorld, saying } from './page-world.ts';

const openPage = withBrowser();

const channels = (page: Page) => page.getByRole('navigation', { name: 'Channels' });
const rail = (page: Page) => page.getByRole('navigation', { name: 'Servers' });
const logOf = (page: Page, name: string) => page.getByRole('log', { name: `Messages in ${name}` });
const lastMessage = (page: Page) => page.getByRole('article').last();

/** Opens the menu of the last message. */
async function openMenu(page: Page) {
  await lastMessage(page).hover();
  await lastMessage(page).getByRole('button', { name: 'More' }).click();
  return page.getByRole('menu', { name: 'More' });
}

describe('what people do on the page', () => {
  it('starts a thread from a message, and opens it', async () => {
    const sandbox = await runFullWorld([saying(idAt(30), ids.general, 'What about caches?')]);
    const { page, problems } = await openPage(sandbox, 'general');
    const menu = await openMenu(page);
    await page.screenshot({ path: join(pictures, 'message-menu.png') });
    await menu.getByRole('menuitem', { name: 'Create Thread' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create Thread' });
    await dialog.getByRole('textbox', { name: 'Thread Name' }).fill('Caches');
    await page.screenshot({ path: join(pictures, 'create-thread.png') });
    await dialog.getByRole('button', { name: 'Create Thread' }).click();
    await logOf(page, 'Caches').getByText('What about caches?').waitFor();
    await channels(page).getByRole('link', { name: 'Caches', exact: true }).waitFor();
    await page.locator('#heading').getByRole('button', { name: 'general' }).click();
    await logOf(page, '#general').getByRole('button', { name: 'Caches' }).first().click();
    await logOf(page, 'Caches').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('posts in a forum with a tag', async () => {
    const sandbox = await runFullWorld();
    const { page, problems } = await openPage(sandbox, 'paper-talk');
    await page.getByRole('button', { name: 'New Post' }).click();
    const dialog = page.getByRole('dialog', { name: 'New Post' });
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Speculative decoding');
    await dialog.getByRole('textbox', { name: 'Message' }).fill('Is it worth the **draft**?');
    await dialog.getByRole('checkbox', { name: '❓ question' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Post', exact: true }).click();
    const log = logOf(page, 'Speculative decoding');
    await log.getByText('Is it worth the draft?').waitFor();
    await page.getByRole('textbox').fill('I say yes.');
    await page.getByRole('textbox').press('Enter');
    await log.getByText('I say yes.').waitFor();
    await page.locator('#heading').getByRole('button', { name: 'paper-talk' }).click();
    const post = page
      .getByRole('region', { name: 'Posts in paper-talk' })
      .getByRole('listitem')
      .filter({ hasText: 'Speculative decoding' });
    await post.getByText('❓ question').waitFor();
    await post.getByTitle('1 message').waitFor();
    expect(problems).toEqual([]);
  });

  it('shows who a private conversation is with, and whether they are there', async () => {
    const direct = { id: idAt(40), user: '1325750837970141204' };
    const sandbox = await runFullWorld([saying(idAt(41), direct.id, 'For you alone.')], { directChannels: [direct] });
    const { page, problems } = await openPage(sandbox, direct.id);
    const heading = page.locator('#heading');
    await heading.getByRole('heading', { name: 'Paperboy' }).getByRole('img', { name: 'Offline' }).waitFor();
    await page.screenshot({ path: join(pictures, 'direct.png') });
    expect(problems).toEqual([]);
  });

  it('brings an archived thread back by writing in it', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, ids.oldTalk);
    const hint = page.getByText('This thread is archived.');
    await hint.waitFor();
    await page.getByRole('textbox').fill('Still there?');
    await page.getByRole('textbox').press('Enter');
    await logOf(page, 'Last term').getByText('Still there?').waitFor();
    await expect.poll(() => hint.count()).toBe(0);
  });

  it('reacts, pins, edits and deletes', async () => {
    const sandbox = await runFullWorld();
    const { page, problems } = await openPage(sandbox, 'general');
    await page.getByRole('textbox').fill('**frist**');
    await page.getByRole('textbox').press('Enter');
    await lastMessage(page).getByText('frist').waitFor();
    await lastMessage(page).hover();
    await lastMessage(page).getByRole('button', { name: 'Add reaction' }).click();
    await page.getByRole('menuitemcheckbox', { name: '👍' }).click();
    const reaction = lastMessage(page).getByRole('button', { name: '👍, 1 reaction' });
    await reaction.waitFor();
    expect(await reaction.getAttribute('aria-pressed')).toBe('true');
    await reaction.click();
    await expect.poll(() => reaction.count()).toBe(0);

    await (await openMenu(page)).getByRole('menuitem', { name: 'Pin Message' }).click();
    const message = page.getByRole('article').filter({ hasText: 'frist' });
    await page.getByRole('article').getByRole('button', { name: 'pinned messages' }).click();
    const pins = page.getByRole('group', { name: 'Pinned Messages' });
    await pins.getByRole('listitem').filter({ hasText: 'frist' }).waitFor();
    await page.screenshot({ path: join(pictures, 'pins.png') });
    await pins.getByRole('button', { name: 'Jump' }).click();
    await expect.poll(() => page.locator('discord-message.found').innerText()).toContain('frist');
    expect(await pins.count()).toBe(0);
    await message.hover();
    await message.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Edit Message' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('**first**');
    await page.getByRole('dialog').getByRole('textbox').press('Enter');
    const edited = page.getByRole('article').filter({ hasText: 'first' });
    await edited.getByText('(edited)').waitFor();
    await edited.hover();
    await edited.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete Message' }).click();
    expect(await page.getByRole('dialog').getByRole('strong').innerText()).toBe('first');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => edited.count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('offers only what one may do with a message of somebody else', async () => {
    const sandbox = await runFullWorld([saying(idAt(30), ids.general, 'Mine.')]);
    const { page } = await openPage(sandbox, 'general');
    await becomePerson(page, 'Mika');
    const menu = await openMenu(page);
    expect(await menu.getByRole('menuitem').allInnerTexts()).toEqual(['Create Thread', 'Copy Text', 'Copy Message ID']);
  });

  it('uses commands on messages and on their authors', async () => {
    const sandbox = await runFullWorld([saying(idAt(30), ids.general, 'Worth keeping.')]);
    const client = await logIn(sandbox, async (interaction: Interaction) => {
      if (interaction.isMessageContextMenuCommand()) {
        await interaction.reply({
          content: `Kept: ${interaction.targetMessage.content}`,
          flags: MessageFlags.Ephemeral,
        });
      } else if (interaction.isUserContextMenuCommand()) {
        await interaction.reply({
          content: `Greeted: ${interaction.targetUser.username}`,
          flags: MessageFlags.Ephemeral,
        });
      }
    });
    await client.application.commands.set([
      new ContextMenuCommandBuilder().setName('Keep').setType(3).toJSON(),
      new ContextMenuCommandBuilder().setName('Greet').setType(2).toJSON(),
    ]);
    const { page } = await openPage(sandbox, 'general');
    const message = page.getByRole('article').filter({ hasText: 'Worth keeping.' }).first();
    const use = async (name: string) => {
      await message.hover();
      await message.getByRole('button', { name: 'More' }).click();
      await page.getByRole('group', { name: 'Apps' }).getByRole('menuitem', { name }).click();
    };
    await use('Keep');
    await page.getByText('Kept: Worth keeping.').waitFor();
    await use('Greet');
    await page.getByText('Greeted: Paperboy').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('sends a file with a command', async () => {
    const sandbox = await runFullWorld();
    const client = await logIn(sandbox, async (interaction: Interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { name, size } = interaction.options.getAttachment('papers', true);
      await interaction.reply({ content: `${name} holds ${size} bytes`, flags: MessageFlags.Ephemeral });
    });
    await client.application.commands.set([
      new SlashCommandBuilder()
        .setName('import')
        .setDescription('Bring in')
        .addAttachmentOption((option) => option.setName('papers').setDescription('The list').setRequired(true))
        .toJSON(),
    ]);
    const { page } = await openPage(sandbox, 'general');
    const box = page.getByRole('textbox');
    await box.fill('/import papers: ');
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('option', { name: 'Choose a file…' }).click();
    await (await choosing).setFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('2505.15988') });
    await expect.poll(() => box.inputValue()).toBe('/import papers: list.txt ');
    await box.press('Enter');
    await page.getByText('list.txt holds 10 bytes').waitFor();
    expect(await box.inputValue()).toBe('');
  });

  it('chooses people of the server in a form', async () => {
    const sandbox = await runFullWorld();
    const client = await logIn(sandbox, async (interaction: Interaction) => {
      if (interaction.isChatInputCommand()) {
        const select = new UserSelectMenuBuilder().setCustomId('who');
        const label = new LabelBuilder().setLabel('Reader').setUserSelectMenuComponent(select);
        await interaction.showModal(
          new ModalBuilder().setCustomId('form').setTitle('Who reads?').addLabelComponents(label),
        );
      } else if (interaction.isModalSubmit()) {
        const chosen = interaction.fields.getSelectedUsers('who', true).map(({ username }) => username);
        await interaction.reply({ content: `Reader: ${chosen.join()}`, flags: MessageFlags.Ephemeral });
      }
    });
    await client.application.commands.set([
      new SlashCommandBuilder().setName('reader').setDescription('Who reads').toJSON(),
    ]);
    const { page } = await openPage(sandbox, 'general');
    await page.getByRole('textbox').fill('/reader');
    await page.getByRole('textbox').press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Who reads?' });
    await dialog.getByRole('combobox').click();
    expect(await dialog.getByRole('option').allInnerTexts()).toEqual(['Ada', 'Mika', 'Zoé', 'Paperboy']);
    await dialog.getByRole('option', { name: 'Zoé' }).click();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await page.getByText(/^Reader: /).waitFor();
  });

  it('shows at once what others do to the servers', async () => {
    const sandbox = await runFullWorld();
    const { page, problems } = await openPage(sandbox, 'general');
    const act = async (method: string, path: string, body?: object) =>
      expect((await sandbox.control(method, path, body)).status).toBeLessThan(300);
    await act('POST', '/guilds', { name: 'Fresh Start' });
    await rail(page).getByRole('button', { name: 'Fresh Start' }).waitFor();
    await act('POST', `/guilds/${ids.circle}/channels`, { name: 'late', type: 'text' });
    await rail(page).getByRole('button', { name: 'Systems Circle' }).click();
    await channels(page).getByRole('link', { name: 'late' }).click();
    await logOf(page, '#late').waitFor();
    await act('DELETE', '/channels/late');
    await logOf(page, '#chat').waitFor();
    await act('POST', '/people', { name: 'Kim', locale: 'ko', guilds: [ids.circle] });
    await page.getByRole('complementary', { name: 'Members' }).getByText('Kim').waitFor();
    await act('DELETE', `/guilds/${ids.circle}/members/Paperboy`);
    await expect.poll(() => page.getByRole('complementary', { name: 'Members' }).getByText('Paperboy').count()).toBe(0);
    await becomePerson(page, 'Kim');
    await logOf(page, '#chat').waitFor();
    await act('DELETE', `/guilds/${ids.circle}`);
    await page.getByText('No direct messages yet').waitFor();
    expect(problems).toEqual([]);
  });

  it('takes away at once what somebody may no longer see or do', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'workflows');
    await becomePerson(page, 'Mika');
    await logOf(page, '#workflows').waitFor();
    const deny = (right: string) =>
      sandbox.control('PATCH', '/channels/workflows', { overwrites: [{ id: '@everyone', deny: [right] }] });
    expect((await deny('SendMessages')).status).toBe(200);
    await page.getByText('You do not have permission to send messages in this channel.').waitFor();
    expect((await deny('ViewChannel')).status).toBe(200);
    await logOf(page, '#llm-serving').waitFor();
    expect(await channels(page).getByRole('link', { name: 'workflows' }).count()).toBe(0);
  });
});
