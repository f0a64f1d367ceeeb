import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openBrowser } from '../builders/browser.ts';
import { environmentFor, startPaperboy, temporaryFolder } from '../builders/paperboy.ts';
import type { Running } from '../builders/paperboy.ts';

const readySchema = z.object({ page: z.string(), sandbox: z.object({ control: z.string() }) });

/** As long as a visitor would wait. */
const patience = { timeout: 10_000 };

let browser: Browser;
let bot: Running;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  bot = await startPaperboy(['start'], environmentFor(temporaryFolder()));
  page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(readySchema.parse(bot.ready).page);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await bot?.stop();
});

/** One visit, step by step: each test goes on where the one before it stopped. */
describe('somebody who visits the local Discord', () => {
  it('becomes a member, who may not decide what a channel receives', async () => {
    await become('Mika');
    await open('general');
    await say('/subscribe query: federated');
    await expect
      .poll(() => page.getByText('You do not have permission to use this command.').isVisible(), patience)
      .toBe(true);
  });

  it('becomes the administrator and subscribes a channel', async () => {
    await become('Ada');
    await say('/subscribe query: federated');
    await expect.poll(() => newest('would have brought').isVisible(), patience).toBe(true);
    await expect.poll(() => newest('Ada used').isVisible(), patience).toBe(true);
  });

  it('searches, turns the pages, and opens a paper', async () => {
    await say('/search learning');
    await expect.poll(() => newest('Search: learning').isVisible(), patience).toBe(true);
    const first = await newest(/^Papers 1–\d+ of/).innerText();
    await page.getByRole('article').last().getByRole('button', { name: 'Next' }).click();
    const next = newest(/^Papers (?!1–)\d+–\d+ of/);
    await expect.poll(() => next.isVisible(), patience).toBe(true);
    expect(await next.innerText()).not.toBe(first);
    await page.getByRole('article').last().getByRole('button', { name: /^\d+$/ }).first().click();
    await expect.poll(() => newest('Only you can see this').isVisible(), patience).toBe(true);
  });

  it('changes the subscription in a form', async () => {
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.fill('');
    await box.pressSequentially('/subscriptions edit id:');
    await page
      .getByRole('listbox')
      .getByRole('option', { name: /general/ })
      .first()
      .click();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog');
    const query = form.getByRole('textbox', { name: /^Query/ });
    expect(await query.inputValue()).toBe('federated');
    await query.fill('"federated learning"');
    await form.getByRole('button', { name: 'Submit' }).click();
    await expect.poll(() => newest('Changed:').isVisible(), patience).toBe(true);
  });

  it('is told what the bot lacks in a channel where it may not write', async () => {
    const { sandbox } = readySchema.parse(bot.ready);
    await fetch(`${sandbox.control}/channels/workflows`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ overwrites: [{ id: 'Paperboy', deny: ['SendMessages'] }] }),
    });
    await open('workflows');
    await say('/subscribe query: workflow');
    await expect.poll(() => newest('I lack “Send Messages”').isVisible(), patience).toBe(true);
  });

  it('meets nothing that breaks the page', () => {
    expect(problems).toEqual([]);
  });
});

function newest(text: string | RegExp) {
  return page.getByRole('article').last().getByText(text).first();
}

async function become(name: string): Promise<void> {
  await page.getByRole('button', { name: 'be somebody else' }).click();
  await page
    .getByRole('group', { name: 'Be somebody else' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
}

async function open(channel: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Channels' }).getByText(channel, { exact: true }).click();
}

async function say(line: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('');
  await box.pressSequentially(line);
  await page.keyboard.press('Enter');
}
