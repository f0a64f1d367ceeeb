import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelType } from 'discord-api-types/v10';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openBrowser } from '../builders/browser.ts';
import type { RunningSandbox } from './running-sandbox.ts';

/** Pictures of the page as it stood, for people to look at. */
export const pictures = join(tmpdir(), 'paperboy-page');

/**
 * Chromium for the tests of one file, from before the first to after the last. What it returns opens a page with a memory of its own,
 * at a channel (by name, or anything by id), with all that went wrong in it.
 */
export function withBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());

  return async (
    sandbox: RunningSandbox,
    channel: string,
    viewport = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ) => {
    const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB' });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    const found = sandbox.ready.channels.find(({ name }) => name === channel);
    await page.goto(`${sandbox.ready.page}#${found?.id ?? channel}`);
    const isForum = found?.type === ChannelType.GuildForum;
    await (
      isForum
        ? page.getByRole('region', { name: `Posts in ${channel}` })
        : page.getByRole('log', { name: 'Messages in' })
    ).waitFor();
    return { page, problems };
  };
}

/** Becomes somebody else by the panel at the bottom left. */
export async function becomePerson(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'be somebody else' }).click();
  await page
    .getByRole('group', { name: 'Be somebody else' })
    .getByRole('button', { name: new RegExp(`^${name}`), pressed: false })
    .click();
}
