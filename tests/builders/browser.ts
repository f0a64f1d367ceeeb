import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** A real Chromium, the one that npm brings. Its own arguments are for places where one process must do: there, the first closed page ends it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const args = chromium.args.filter((argument) => argument !== '--single-process' && argument !== '--no-zygote');
  try {
    return await playwright.launch({ executablePath, args });
  } catch (error) {
    throw new Error('Chromium does not start; on a bare Debian it lacks a library: apt-get install libnss3', {
      cause: error,
    });
  }
}
