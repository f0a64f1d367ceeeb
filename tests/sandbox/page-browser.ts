import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openBrowser } from '../builders/browser.ts';
import type { RunningSandbox } from './running-sandbox.ts';

/** Pictures of the page as it stood, for people to look at. */
export const pictures = join(tmpdir(), 'paperboy-page');

/**
 * Chromium for the tests of one file, from before the first to after the last. What it returns opens a page with a memory of its own,
 * at a channel, with all that went wrong in it.
 */
export function withBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());

  return async (sandbox: RunningSandbox, channel: string, viewport = { width: 1280, height: 800 }) => {
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
  };
}
