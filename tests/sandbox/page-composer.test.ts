import { join } from 'node:path';
import { MessageFlags, SlashCommandBuilder } from 'discord.js';
import type { Interaction } from 'discord.js';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { logIn } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';
import { becomePerson, pictures, withBrowser } from './page-browser.ts';
import { ids, runFullWorld } from './page-world.ts';

const openPage = withBrowser();

const commands = [
  new SlashCommandBuilder()
    .setName('digest')
    .setNameLocalizations({ de: 'auszug' })
    .setDescription('A digest of the day')
    .setDescriptionLocalizations({ de: 'Ein Auszug des Tages' })
    .addChannelOption((option) =>
      option
        .setName('where')
        .setNameLocalizations({ de: 'wo' })
        .setDescription('Where it goes')
        .setRequired(true)
        .addChannelTypes(5),
    )
    .addRoleOption((option) => option.setName('for').setDescription('Whom it is for'))
    .addMentionableOption((option) => option.setName('thanks').setDescription('Who helped'))
    .addUserOption((option) => option.setName('person').setDescription('Who asks'))
    .addStringOption((option) => option.setName('note').setDescription('A note').setMaxLength(5)),
  new SlashCommandBuilder()
    .setName('list')
    .setDescription('Lists')
    .addSubcommandGroup((group) =>
      group
        .setName('import')
        .setDescription('Bring in')
        .addSubcommand((sub) =>
          sub
            .setName('file')
            .setDescription('From a file')
            .addAttachmentOption((option) => option.setName('papers').setDescription('The list').setRequired(true)),
        ),
    ),
  new SlashCommandBuilder().setName('manage').setDescription('For managers').setDefaultMemberPermissions(32),
  new SlashCommandBuilder().setName('alone').setDescription('For two').setContexts(1),
].map((builder) => builder.toJSON());

/** A bot that says what it was told. */
async function startEcho(sandbox: RunningSandbox) {
  const client = await logIn(sandbox, async (interaction: Interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const given = interaction.options.data.map(({ name, value }) => `${name}=${String(value)}`);
    await interaction.reply({
      content: `/${interaction.commandName} ${given.join(' ')}`,
      flags: MessageFlags.Ephemeral,
    });
  });
  await client.application.commands.set(commands);
  await client.guilds.cache
    .get(ids.circle)
    ?.commands.set([new SlashCommandBuilder().setName('circle').setDescription('Only here').toJSON()]);
  return client;
}

const offered = (page: Page) => page.getByRole('option').allInnerTexts();
const names = async (page: Page) => (await offered(page)).map((text) => text.split('\n')[0]);
const box = (page: Page) => page.getByRole('textbox');

describe('the composer of the page', () => {
  it('offers what the person may use in this server, and says so of what they may not', async () => {
    const sandbox = await runFullWorld();
    await startEcho(sandbox);
    const { page, problems } = await openPage(sandbox, 'general');
    await box(page).fill('/');
    await expect.poll(() => names(page)).toEqual(['/digest', '/list import file', '/manage']);
    await becomePerson(page, 'Mika');
    await box(page).fill('/');
    await expect.poll(() => names(page)).toEqual(['/digest', '/list import file']);
    await box(page).fill('/manage');
    await box(page).press('Enter');
    await page.getByRole('alert').getByText('You do not have permission to use this command.').waitFor();
    await box(page).fill('/circle');
    await box(page).press('Enter');
    await page.getByRole('alert').getByText('There is no command /circle.').waitFor();
    await becomePerson(page, 'Ada');
    await page.getByRole('button', { name: 'Systems Circle' }).click();
    await box(page).fill('/');
    await expect.poll(() => names(page)).toEqual(['/circle', '/digest', '/list import file', '/manage']);
    await page.getByRole('button', { name: 'Quiet Place' }).click();
    await box(page).fill('/d');
    await page.getByText('Paperboy is not in this server.').waitFor();
    expect(await names(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('speaks the language of the person, and sends the names that the bot knows', async () => {
    const sandbox = await runFullWorld();
    await startEcho(sandbox);
    const { page } = await openPage(sandbox, 'general');
    await becomePerson(page, 'Zoé');
    await box(page).fill('/a');
    await expect.poll(() => offered(page)).toEqual([expect.stringMatching(/^\/auszug\s+Ein Auszug des Tages$/)]);
    await box(page).press('Enter');
    expect(await box(page).inputValue()).toBe('/auszug wo: ');
    await box(page).press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('/auszug wo: #announcements ');
    await box(page).press('Enter');
    await page.getByText(`/digest where=${ids.news}`).waitFor();
  });

  it('picks channels of the right kind, roles and people from lists', async () => {
    const sandbox = await runFullWorld();
    await startEcho(sandbox);
    const { page } = await openPage(sandbox, 'general');
    await box(page).fill('/digest where: ');
    await expect.poll(() => names(page)).toEqual(['#announcements']);
    await box(page).press('Enter');
    await box(page).pressSequentially('for: ');
    await expect.poll(() => names(page)).toEqual(['@Organisers', '@Paperboy', '@everyone']);
    await box(page).press('Enter');
    await box(page).pressSequentially('thanks: pap');
    await expect.poll(() => offered(page)).toEqual(['@Paperboy', expect.stringMatching(/^@Paperboy\s+Role$/)]);
    await page.screenshot({ path: join(pictures, 'pickers.png') });
    await box(page).press('Enter');
    await box(page).pressSequentially('person: zo');
    await box(page).press('Enter');
    await box(page).pressSequentially('note: longer');
    await box(page).press('Enter');
    await page.getByRole('alert').getByText('note: Enter at most 5 characters.').waitFor();
    await box(page).press('Backspace');
    await box(page).press('Enter');
    const organisers = '1325751861595799600';
    const bot = '1325750582063726605';
    await page.getByText(`/digest where=${ids.news} for=${organisers} thanks=${bot} person=900 note=longe`).waitFor();
  });

  it('takes a file for an option, below a group of sub-commands', async () => {
    const sandbox = await runFullWorld();
    await startEcho(sandbox);
    const { page } = await openPage(sandbox, 'general');
    await box(page).fill('/list import file papers: ');
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('option', { name: 'Choose a file…' }).click();
    await (await choosing).setFiles({ name: 'a: b.txt', mimeType: 'text/plain', buffer: Buffer.from('2505.15988') });
    await expect.poll(() => box(page).inputValue()).toBe('/list import file papers: a_ b.txt ');
    await box(page).fill('/list import file papers: other.txt');
    await box(page).press('Enter');
    await page.getByRole('alert').getByText('papers: Choose a file.').waitFor();
  });

  it('says it when the bot is not there', async () => {
    const sandbox = await runFullWorld();
    const client = await startEcho(sandbox);
    const { page } = await openPage(sandbox, 'general');
    await client.destroy();
    await box(page).fill('/list import file');
    await box(page).fill('/manage');
    await expect.poll(() => names(page)).toEqual(['/manage']);
    await box(page).press('Enter');
    await page.getByRole('alert').getByText('Paperboy is offline, so nobody would answer.').waitFor();
    expect(await box(page).inputValue()).toBe('/manage');
    expect(await names(page)).toEqual([]);
  });
});
