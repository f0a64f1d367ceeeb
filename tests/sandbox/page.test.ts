import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  EmbedBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Client, Interaction } from 'discord.js';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { logIn, runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

/** Pictures of the page as it stood, for people to look at. */
const pictures = join(tmpdir(), 'paperboy-page');

const search = new SlashCommandBuilder()
  .setName('search')
  .setDescription('Search the archive')
  .addStringOption((option) => option.setName('query').setDescription('What to look for').setRequired(true))
  .addStringOption((option) =>
    option
      .setName('sort')
      .setDescription('Order of the results')
      .addChoices({ name: 'Relevance', value: 'relevance' }, { name: 'Date', value: 'date' }),
  )
  .addStringOption((option) => option.setName('category').setDescription('arXiv category').setAutocomplete(true));
const alert = new SlashCommandBuilder()
  .setName('alert')
  .setDescription('Private alerts')
  .addSubcommand((sub) =>
    sub
      .setName('add')
      .setDescription('Tell me alone')
      .addStringOption((option) => option.setName('query').setDescription('What to look for').setRequired(true)),
  )
  .addSubcommand((sub) => sub.setName('edit').setDescription('Change it in a form'));

const buttons = () =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('save').setLabel('Save').setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('up').setEmoji('👍').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId('off').setLabel('Spent').setStyle(ButtonStyle.Danger).setDisabled(true),
    new ButtonBuilder().setURL('https://arxiv.org/abs/2505.15988').setLabel('arXiv').setStyle(ButtonStyle.Link),
  );
const card = () =>
  new EmbedBuilder()
    .setTitle('Sailing by the Stars \\*')
    .setURL('https://arxiv.org/abs/2505.15988')
    .setColor(0xb3_1b_1b)
    .setAuthor({ name: 'cs.DC · new · 23 May 2025' })
    .setDescription('A **survey** of [rewards](https://example.org) in O(nΔ³), 1.15× faster 🎉')
    .addFields(
      { name: 'Why', value: '`survey` in title' },
      { name: 'Primary', value: 'cs.DC', inline: true },
      { name: 'Also in', value: 'cs.LG', inline: true },
    )
    .setFooter({ text: 'arXiv:2505.15988' });

/** What the bot of these tests does with what people do. */
async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond([{ name: `Distributed computing (${typed})`, value: 'cs.DC' }]);
  } else if (interaction.isChatInputCommand() && interaction.commandName === 'search') {
    await interaction.deferReply();
    const values = ['query', 'sort', 'category'].map((name) => interaction.options.getString(name));
    await interaction.editReply({
      content: `Results for ${values.join(' | ')}`,
      embeds: [card()],
      components: [buttons()],
    });
  } else if (interaction.isChatInputCommand() && interaction.options.getSubcommand() === 'add') {
    const direct = await interaction.user.createDM();
    await direct.send('You will hear from me here.');
    await interaction.reply({
      content: `Alert: ${interaction.options.getString('query')}`,
      flags: MessageFlags.Ephemeral,
    });
  } else if (interaction.isChatInputCommand()) {
    const field = new TextInputBuilder().setCustomId('query').setLabel('Query').setStyle(TextInputStyle.Short);
    const row = new ActionRowBuilder<TextInputBuilder>().addComponents(field);
    await interaction.showModal(new ModalBuilder().setCustomId('edit').setTitle('Change the alert').addComponents(row));
  } else if (interaction.isModalSubmit()) {
    await interaction.reply({
      content: `Changed to ${interaction.fields.getTextInputValue('query')}`,
      flags: MessageFlags.Ephemeral,
    });
  } else if (interaction.isButton()) {
    await interaction.reply({ content: `Pressed ${interaction.customId}`, flags: MessageFlags.Ephemeral });
  }
}

/** As recommended for small machines, but a process for each page (one for all dies with the first page), and with the web's rules on. */
const args = sparticuz.args.filter((argument) => !/^--(single-process|no-zygote|disable-web-security)$/.test(argument));
let browser: Browser;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  try {
    browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args });
  } catch (error) {
    throw new Error(
      'Chromium did not start. It needs the system library NSS: install the package libnss3 (apt-get install libnss3) and run the tests again.',
      { cause: error },
    );
  }
}, 60_000);
afterAll(() => browser?.close());

/** A page in a browser of its own, with all that went wrong in it. */
async function openPage(sandbox: RunningSandbox, channel: string, viewport = { width: 1280, height: 800 }) {
  const context = await browser.newContext({ viewport, locale: 'en-GB' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const id = sandbox.ready.channels.find(({ name }) => name === channel)?.id ?? '';
  await page.goto(`${sandbox.ready.page}#${id}`);
  await page.getByRole('log', { name: `Messages in #${channel}` }).waitFor();
  return { page, problems };
}

async function startBot(sandbox: RunningSandbox): Promise<Client<true>> {
  const client = await logIn(sandbox, answer);
  await client.application.commands.set([search.toJSON(), alert.toJSON()]);
  return client;
}

async function post(
  client: Client<true>,
  sandbox: RunningSandbox,
  channel: string,
  message: object | string,
): Promise<void> {
  const id = sandbox.ready.channels.find(({ name }) => name === channel)?.id ?? '';
  const found = await client.channels.fetch(id);
  if (!found?.isSendable()) throw new Error(`#${channel} takes no messages`);
  await found.send(message);
}

type Scroller = { scrollHeight: number; scrollTop: number; clientHeight: number };

async function becomePerson(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'be somebody else' }).click();
  await page.screenshot({ path: join(pictures, 'people.png') });
  await page.getByRole('button', { name: new RegExp(`^${name}`), pressed: false }).click();
}

const composerOf = (page: Page) => page.getByRole('textbox');
const lastMessage = (page: Page) => page.getByRole('article').last();

describe('the page of the local Discord', () => {
  it('shows an embed as it is posted, with its buttons, and marks the other channel unread', async () => {
    const sandbox = await runSandbox();
    const client = await startBot(sandbox);
    const { page, problems } = await openPage(sandbox, 'federated-learning');
    await post(client, sandbox, 'federated-learning', { embeds: [card()], components: [buttons()] });
    const message = lastMessage(page);
    await message.getByRole('link', { name: 'Sailing by the Stars *' }).waitFor();
    const text = await message.innerText();
    for (const shown of ['cs.DC · new', 'A survey of rewards in O(nΔ³), 1.15× faster', 'Why', 'arXiv:2505.15988'])
      expect(text).toContain(shown);
    expect(await message.getByRole('link', { name: 'rewards' }).getAttribute('href')).toBe('https://example.org');
    expect(await message.getByRole('button', { name: 'Spent' }).isDisabled()).toBe(true);
    expect(await message.getByRole('button', { name: '👍' }).isEnabled()).toBe(true);
    expect(await message.getByRole('link', { name: 'arXiv' }).getAttribute('href')).toBe(
      'https://arxiv.org/abs/2505.15988',
    );

    await post(client, sandbox, 'llm-serving', 'hello');
    await page.getByRole('link', { name: /^llm-serving\s+unread$/ }).click();
    await page.getByRole('log', { name: 'Messages in #llm-serving' }).getByText('hello').waitFor();
    await page.getByRole('link', { name: 'llm-serving', exact: true }).waitFor();
    await page.screenshot({ path: join(pictures, 'unread.png') });
    expect(problems).toEqual([]);
  });

  it('takes a slash command by keyboard with hints, and shows who used it', async () => {
    const sandbox = await runSandbox();
    await startBot(sandbox);
    const { page, problems } = await openPage(sandbox, 'federated-learning');
    const composer = composerOf(page);
    await composer.press('/');
    const options = page.getByRole('option');
    await expect
      .poll(() => options.allInnerTexts())
      .toEqual([
        expect.stringContaining('/alert add'),
        expect.stringContaining('/alert edit'),
        expect.stringContaining('/search'),
      ]);
    await composer.press('ArrowUp');
    expect(await page.getByRole('option', { selected: true }).innerText()).toContain('/search');
    await composer.press('Enter');
    expect(await composer.inputValue()).toBe('/search query: ');
    await composer.pressSequentially('federated learning');
    await expect
      .poll(() => options.allInnerTexts())
      .toEqual([expect.stringContaining('sort'), expect.stringContaining('category')]);
    await composer.press('ArrowDown');
    await composer.press('Tab');
    await expect.poll(() => options.allInnerTexts()).toEqual(['Relevance', 'Date']);
    await composer.pressSequentially('da');
    await composer.press('Enter');
    await composer.pressSequentially('category: dist');
    await page.getByRole('option', { name: 'Distributed computing (dist)' }).click();
    await page.screenshot({ path: join(pictures, 'composer.png') });
    await composer.press('Enter');
    const message = lastMessage(page);
    await message.getByText('Results for federated learning | date | cs.DC').waitFor();
    expect(await message.innerText()).toMatch(/Ada\s+used\s+\/search/);
    expect(await composer.inputValue()).toBe('');
    expect(await message.getByText('(edited)').count()).toBe(0);
    await page.screenshot({ path: join(pictures, 'answer.png') });
    expect(problems).toEqual([]);
  });

  it('takes whole lines, and says in red what is wrong with one', async () => {
    const sandbox = await runSandbox();
    await startBot(sandbox);
    const { page } = await openPage(sandbox, 'general');
    const composer = composerOf(page);
    await composer.fill('/search federated');
    await composer.press('Enter');
    await page.getByText('Results for federated | |').waitFor();
    await composer.fill('/search sort: random');
    await composer.press('Enter');
    await page.getByRole('alert').getByText('sort: Choose one of Relevance, Date.').waitFor();
    await composer.fill('/nothing');
    await composer.press('Enter');
    await page.getByRole('alert').getByText('There is no command /nothing.').waitFor();
    await composer.fill('good morning');
    await composer.press('Enter');
    await expect.poll(() => page.getByRole('article', { name: /^Ada/ }).allInnerTexts()).toEqual(['good morning']);
  });

  it('keeps an ephemeral answer to the one who pressed, until it is dismissed', async () => {
    const sandbox = await runSandbox();
    const client = await startBot(sandbox);
    await post(client, sandbox, 'federated-learning', { embeds: [card()], components: [buttons()] });
    const { page } = await openPage(sandbox, 'federated-learning');
    await page.getByRole('button', { name: 'Save' }).click();
    const ephemeral = page.getByRole('article', { name: 'only you can see this' });
    await ephemeral.getByText('Pressed save').waitFor();
    await page.screenshot({ path: join(pictures, 'ephemeral.png') });

    await becomePerson(page, 'Mika');
    await page.getByRole('button', { name: 'Save' }).waitFor();
    await expect.poll(() => page.getByText('Pressed save').count()).toBe(0);
    await becomePerson(page, 'Ada');
    await ephemeral.getByRole('button', { name: 'Dismiss message' }).click();
    await expect.poll(() => ephemeral.count()).toBe(0);
  });

  it('shows direct messages to their person, also to one outside the server', async () => {
    const sandbox = await runSandbox();
    const client = await startBot(sandbox);
    const { page } = await openPage(sandbox, 'general');
    await composerOf(page).fill('/alert add query: gossip');
    await composerOf(page).press('Enter');
    await page.getByText('Alert: gossip').waitFor();
    await page.getByRole('button', { name: 'Direct messages' }).click();
    await page.getByRole('log', { name: 'Messages in @Paperboy' }).getByText('You will hear from me here.').waitFor();
    await page.screenshot({ path: join(pictures, 'direct.png') });
    await becomePerson(page, 'Otto');
    await page.getByText('No direct messages yet').waitFor();
    expect(await page.getByText('You will hear from me here.').count()).toBe(0);
    expect(client.isReady()).toBe(true);
  });

  it('opens a form, and sends it', async () => {
    const sandbox = await runSandbox();
    await startBot(sandbox);
    const { page, problems } = await openPage(sandbox, 'general');
    await composerOf(page).fill('/alert edit');
    await composerOf(page).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Change the alert' });
    await dialog.getByRole('textbox').fill('byzantine');
    await page.screenshot({ path: join(pictures, 'form.png') });
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Changed to byzantine').waitFor();
    await expect.poll(() => dialog.count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('treats markup from outside as text', async () => {
    const sandbox = await runSandbox();
    const client = await startBot(sandbox);
    const { page, problems } = await openPage(sandbox, 'general');
    const attack = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script> [x](javascript:window.pwned=1)`;
    await post(client, sandbox, 'general', {
      content: `${attack} <javascript:alert(1)> \`${attack}\``,
      embeds: [
        {
          title: attack,
          description: attack,
          author: { name: attack },
          fields: [{ name: attack, value: attack }],
          footer: { text: attack },
        },
      ],
      components: [
        new ActionRowBuilder<ButtonBuilder>().addComponents(
          new ButtonBuilder().setCustomId('x').setLabel('<b>x</b>').setStyle(ButtonStyle.Primary),
        ),
      ],
    });
    await lastMessage(page).getByRole('button', { name: '<b>x</b>' }).waitFor();
    expect(await page.getByText('<img src=x').count()).toBeGreaterThanOrEqual(6);
    const inert = await page.evaluate(
      `({ pwned: window.pwned ?? null, images: document.querySelectorAll('img[src=x]').length, links: document.querySelectorAll('a[href^=javascript]').length })`,
    );
    expect(inert).toEqual({ pwned: null, images: 0, links: 0 });
    expect(problems).toEqual([]);
  });

  it('stays at the end while the reader is there, and else says that something came', async () => {
    const sandbox = await runSandbox();
    const client = await startBot(sandbox);
    for (let count = 1; count <= 30; count++) await post(client, sandbox, 'general', `line ${count}`);
    const { page } = await openPage(sandbox, 'general');
    const log = page.getByRole('log');
    await log.getByText('line 30').waitFor();
    const gap = () =>
      log.evaluate((element: Scroller) => element.scrollHeight - element.scrollTop - element.clientHeight);
    await expect.poll(gap).toBeLessThan(2);
    await post(client, sandbox, 'general', { content: 'line 31', embeds: [card()] });
    await log.getByText('line 31').waitFor();
    await expect.poll(gap).toBeLessThan(2);
    await log.evaluate((element: Scroller) => {
      element.scrollTop = 0;
    });
    await expect.poll(gap).toBeGreaterThan(100);
    await post(client, sandbox, 'general', 'line 32');
    await page.getByRole('button', { name: '1 new message' }).click();
    await expect.poll(gap).toBeLessThan(2);
  });

  it('says when nobody answers, and goes on by itself when somebody does', async () => {
    const sandbox = await runSandbox();
    const { page } = await openPage(sandbox, 'general');
    const { port } = new URL(sandbox.ready.page);
    await sandbox.close();
    const banner = page.getByText('The local Discord is not answering; is npm start still running?');
    await banner.waitFor();
    await page.screenshot({ path: join(pictures, 'lost.png') });
    const again = await runSandbox({ port: Number(port) });
    const client = await startBot(again);
    await post(client, again, 'general', 'back again');
    await page.getByText('back again').waitFor();
    await expect.poll(() => banner.count()).toBe(0);
  });

  it('fits a narrow screen, where the list of channels comes out on demand, and has a light theme', async () => {
    const sandbox = await runSandbox();
    const client = await startBot(sandbox);
    await post(client, sandbox, 'general', { embeds: [card()], components: [buttons()] });
    const { page } = await openPage(sandbox, 'general', { width: 400, height: 800 });
    await lastMessage(page).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= 400')).toBe(true);
    expect(await page.getByRole('link', { name: 'workflows' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Channels', exact: true }).click();
    await page.screenshot({ path: join(pictures, 'narrow.png') });
    await page.getByRole('button', { name: 'Light theme' }).click();
    await page.getByRole('link', { name: 'workflows' }).click();
    await page.getByRole('log', { name: 'Messages in #workflows' }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'workflows' }).isVisible()).toBe(false);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
  });
});
