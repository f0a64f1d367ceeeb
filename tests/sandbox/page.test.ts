import { join } from 'node:path';
import { ActionRowBuilder, ButtonBuilder, ButtonStyle } from 'discord.js';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buttons, card, post, startBot } from './page-bot.ts';
import { becomePerson, pictures, withBrowser } from './page-browser.ts';
import { runSandbox } from './running-sandbox.ts';

const openPage = withBrowser();

type Scroller = { scrollHeight: number; scrollTop: number; clientHeight: number };

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
