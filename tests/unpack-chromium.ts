import sparticuz from '@sparticuz/chromium';

/** Runs once before all tests: on a new machine two test files would otherwise unpack Chromium over each other. */
export async function setup(): Promise<void> {
  await sparticuz.executablePath();
}
