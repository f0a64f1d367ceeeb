import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** As recommended for small machines, but a process for each page (one for all dies with the first page), and with the web's rules on. */
const args = sparticuz.args.filter((argument) => !/^--(single-process|no-zygote|disable-web-security)$/.test(argument));

/** A real Chromium, the one that npm brings. */
export async function openBrowser(): Promise<Browser> {
  try {
    return await chromium.launch({ executablePath: await sparticuz.executablePath(), args });
  } catch (error) {
    throw new Error(
      'Chromium did not start. On a bare Debian it lacks the library NSS: apt-get install libnss3, and run the tests again.',
      { cause: error },
    );
  }
}
