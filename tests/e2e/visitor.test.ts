import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openBrowser } from '../builders/browser.ts';
import { environmentFor, startPaperboy, temporaryFolder } from '../builders/paperboy.ts';
import type { Running } from '../builders/paperboy.ts';

const readySchema = z.object({ page: z.string(), sandbox: z.object({ control: z.string() }) });

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
    await newest('You need the permission “Manage Channels”').waitFor();
    await newest('Only you can see this').waitFor();
  });

  it('becomes the administrator and subscribes a channel', async () => {
    await become('Ada');
    await say('/subscribe query: federated');
    await newest('would have brought').waitFor();
    await newest('Ada used').waitFor();
  });

  it('searches, turns the pages, and opens a paper', async () => {
    await say('/search learning');
    await newest('Search: learning').waitFor();
    const first = await newest(/^Papers 1–\d+ of/).innerText();
    await page.getByRole('article').last().getByRole('button', { name: 'Next' }).click();
    const next = newest(/^Papers (?!1–)\d+–\d+ of/);
    await next.waitFor();
    expect(await next.innerText()).not.toBe(first);
    await page.getByRole('article').last().getByRole('button', { name: '1', exact: true }).click();
    await newest('Only you can see this').waitFor();
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
    await newest('I lack “Send Messages”').waitFor();
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
