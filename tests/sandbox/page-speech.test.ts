import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { becomePerson, pictures, withBrowser } from './page-browser.ts';
import { idAt, ids, runFullWorld, saying } from './page-world.ts';

const openPage = withBrowser();

const box = (page: Page) => page.getByRole('textbox');
const log = (page: Page, name = '#general') => page.getByRole('log', { name: `Messages in ${name}` });
const link = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name, exact: true });

describe('what people say on the page', () => {
  it('keeps the lines of a message, and none in a command', async () => {
    const sandbox = await runFullWorld();
    const { page, problems } = await openPage(sandbox, 'general');
    await box(page).pressSequentially('first');
    await box(page).press('Shift+Enter');
    await box(page).pressSequentially('second');
    expect(await box(page).inputValue()).toBe('first\nsecond');
    await page.screenshot({ path: join(pictures, 'lines.png') });
    await box(page).press('Enter');
    await log(page).getByText('second').waitFor();
    const { body } = await sandbox.control<{ content: string }[]>('GET', `/channels/${ids.general}/messages`);
    expect(body.at(-1)?.content).toBe('first\nsecond');
    await box(page).fill('/one\ntwo');
    expect(await box(page).inputValue()).toBe('/one two');
    expect(problems).toEqual([]);
  });

  it('keeps what was begun in each channel, for each person, over a reload', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    await box(page).fill('half a thought');
    await link(page, 'notices').click();
    await log(page, '#notices').waitFor();
    expect(await box(page).inputValue()).toBe('');
    await link(page, 'general').click();
    await log(page).waitFor();
    expect(await box(page).inputValue()).toBe('half a thought');
    await page.reload();
    await expect.poll(() => box(page).inputValue()).toBe('half a thought');
    await becomePerson(page, 'Mika');
    await expect.poll(() => box(page).inputValue()).toBe('');
    await becomePerson(page, 'Ada');
    await expect.poll(() => box(page).inputValue()).toBe('half a thought');
    await box(page).press('Enter');
    await log(page).getByText('half a thought').waitFor();
    await page.reload();
    await log(page).getByText('half a thought').waitFor();
    expect(await box(page).inputValue()).toBe('');
  });

  it('offers people, channels and emoji, and sends what they stand for', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    await box(page).pressSequentially('Thanks @mi');
    await page.getByText('Members matching @mi').waitFor();
    await page.screenshot({ path: join(pictures, 'mentioning.png') });
    await box(page).press('Enter');
    await box(page).pressSequentially('see #announ');
    await box(page).press('Tab');
    await box(page).pressSequentially(':tad');
    await page.getByRole('option', { name: '🎉 :tada:' }).click();
    expect(await box(page).inputValue()).toBe('Thanks @Mika see #announcements :tada: ');
    await box(page).press('Enter');
    await log(page).getByText('@Mika').waitFor();
    const { body } = await sandbox.control<{ content: string }[]>('GET', `/channels/${ids.general}/messages`);
    expect(body.at(-1)?.content).toBe(`Thanks <@${sandbox.userId('Mika')}> see <#${ids.news}> 🎉`);
  });

  it('counts down before the end of what a message can hold', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    await box(page).fill('a'.repeat(1_799));
    expect(await page.getByTitle('Characters left').count()).toBe(0);
    await box(page).fill('👍'.repeat(1_990));
    expect(await page.getByTitle('Characters left').innerText()).toBe('10');
    await box(page).fill('a'.repeat(2_012));
    expect(await page.getByTitle('Characters left').innerText()).toBe('-12');
    await box(page).press('Enter');
    await page
      .getByRole('alert')
      .getByText('Your message is too long: shorten it by 12 characters. Discord takes 2,000.')
      .waitFor();
    await page.screenshot({ path: join(pictures, 'too-long.png') });
    await box(page).fill('a'.repeat(2_000));
    await box(page).press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('');
    await log(page).getByText('a'.repeat(2_000)).waitFor();
  });

  it('says that nobody registered a command, and names only what was meant as one', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    const sentence = 'Paperboy has registered no commands; is it running?';
    await box(page).fill('/search federated learning');
    await page.getByText(sentence).waitFor();
    await page.screenshot({ path: join(pictures, 'no-commands.png') });
    await box(page).press('Enter');
    await page.getByRole('alert').getByText(sentence).waitFor();
    expect(await page.getByText(sentence).count()).toBe(1);
  });

  it('shortens long names on a narrow screen', async () => {
    const name = 'A thread whose name is much longer than a narrow screen is wide, and then some more of it';
    const sandbox = await runFullWorld([saying(idAt(30), ids.general, 'Begin.')]);
    const { body } = await sandbox.control<{ id: string }>('POST', `/channels/${ids.general}/threads`, {
      user: 'Ada',
      name,
    });
    const { page } = await openPage(sandbox, body.id, { width: 400, height: 800 });
    await box(page).waitFor();
    await page.screenshot({ path: join(pictures, 'narrow-long.png') });
    expect(await page.evaluate('document.documentElement.scrollWidth <= 400')).toBe(true);
    expect(await box(page).evaluate((field: { offsetHeight: number }) => field.offsetHeight)).toBeLessThan(40);
  });
});
