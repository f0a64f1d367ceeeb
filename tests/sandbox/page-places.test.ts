import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { logIn } from './running-sandbox.ts';
import { becomePerson, pictures, withBrowser } from './page-browser.ts';
import { idAt, ids, runFullWorld, saying } from './page-world.ts';
import { runSandbox } from './running-sandbox.ts';

const openPage = withBrowser();

const rail = (page: Page) => page.getByRole('navigation', { name: 'Servers' });
const channels = (page: Page) => page.getByRole('navigation', { name: 'Channels' });
const members = (page: Page) => page.getByRole('complementary', { name: 'Members' });
const logOf = (page: Page, name: string) => page.getByRole('log', { name: `Messages in ${name}` });

describe('the places of the page', () => {
  it('lists servers, says which is open, and comes back to the channel one was in', async () => {
    const sandbox = await runFullWorld();
    const { page, problems } = await openPage(sandbox, 'general');
    const circle = rail(page).getByRole('button', { name: 'Systems Circle' });
    const group = rail(page).getByRole('button', { name: 'Systems Reading Group' });
    expect(await rail(page).getByRole('button').allInnerTexts()).toEqual(['', 'SRG', 'SC', 'QP']);
    expect(await group.getAttribute('aria-current')).toBe('true');
    await circle.hover();
    await page.getByText('Systems Circle', { exact: true }).waitFor();
    await circle.click();
    await logOf(page, '#chat').waitFor();
    expect(await circle.getAttribute('aria-current')).toBe('true');
    await channels(page).getByRole('link', { name: 'links' }).click();
    await logOf(page, '#links').waitFor();
    await group.click();
    await logOf(page, '#general').waitFor();
    await circle.click();
    await logOf(page, '#links').waitFor();
    await page.goBack();
    await logOf(page, '#general').waitFor();
    expect(problems).toEqual([]);
  });

  it('shows only the first of very many servers, and opens another by its name', async () => {
    const sandbox = await runSandbox({ guilds: 10_000 });
    const { page } = await openPage(sandbox, 'general');
    const more = rail(page).getByRole('button', { name: '+9,951 more' });
    await more.waitFor();
    expect(await rail(page).getByRole('button').count()).toBe(52);
    expect(
      await rail(page)
        .getByRole('button', { name: /^Reading Circle 0*44$/ })
        .innerText(),
    ).toMatch(/^0*44$/);
    await more.click();
    await page.getByRole('textbox', { name: 'Name or id' }).fill('Nowhere');
    await page.screenshot({ path: join(pictures, 'more-servers.png') });
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('You are in no server called “Nowhere”.').waitFor();
    await more.click();
    await page.getByRole('textbox', { name: 'Name or id' }).fill('reading circle 09999');
    await page.keyboard.press('Enter');
    const current = rail(page).locator('[aria-current=true]');
    await expect.poll(() => current.getAttribute('aria-label')).toBe('Reading Circle 09999');
  });

  it('lists channels below their categories, which fold, with threads below their channel', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    const list = channels(page);
    await page.screenshot({ path: join(pictures, 'channels.png') });
    const link = (name: string) => list.getByRole('link', { name, exact: true });
    expect(await link('announcements').getAttribute('aria-description')).toBe('Announcement channel');
    expect(await link('paper-talk').getAttribute('aria-description')).toBe('Forum');
    expect(await link('Lounge').getAttribute('aria-description')).toBe('Voice channel');
    expect(await link('board').getAttribute('aria-description')).toBe('Text channel, private');
    expect(await list.getByRole('list', { name: 'Threads in general' }).getByRole('link').allInnerTexts()).toEqual([
      'Is LRU enough?',
    ]);
    const category = list.getByRole('button', { name: 'Organisation' });
    await category.click();
    await expect.poll(() => link('board').count()).toBe(0);
    await page.reload();
    await logOf(page, '#general').waitFor();
    expect(await link('board').count()).toBe(0);
    expect(await category.getAttribute('aria-expanded')).toBe('false');
    await category.press('Enter');
    await link('board').click();
    await logOf(page, '#board').waitFor();
  });

  it('hides what somebody cannot see, and says where they cannot write', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, ids.secret);
    await logOf(page, '#board').waitFor();
    await becomePerson(page, 'Mika');
    await page.getByText(/^Welcome to #(?!board)/).waitFor();
    expect(page.url()).not.toContain(ids.secret);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await channels(page).getByRole('link', { name: 'board' }).count()).toBe(0);
    await channels(page).getByRole('link', { name: 'notices' }).click();
    await page.getByText('You do not have permission to send messages in this channel.').waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    await becomePerson(page, 'Ada');
    await page.getByRole('textbox', { name: 'Message #notices' }).waitFor();
  });

  it('counts mentions at the channel and at its server, and forgets them when the channel is read', async () => {
    const sandbox = await runFullWorld();
    const client = await logIn(sandbox);
    const { page } = await openPage(sandbox, 'general');
    const send = async (channel: string, content: string) => {
      const found = await client.channels.fetch(channel);
      if (!found?.isSendable()) throw new Error('not sendable');
      await found.send(content);
    };
    await send(ids.news, 'plain news');
    await channels(page)
      .getByRole('link', { name: /^announcements\s+unread$/ })
      .waitFor();
    await rail(page).getByRole('button', { name: 'Systems Reading Group, unread' }).waitFor();
    await send(ids.circleLinks, `look <@${sandbox.userId('Ada')}>`);
    const circle = rail(page).getByRole('button', { name: 'Systems Circle, 1 mention' });
    await circle.waitFor();
    await page.screenshot({ path: join(pictures, 'mentions.png') });
    await circle.click();
    await logOf(page, '#chat').waitFor();
    await channels(page)
      .getByRole('link', { name: /^links\s+unread\s*1 mention$/ })
      .click();
    await rail(page).getByRole('button', { name: 'Systems Circle', exact: true }).waitFor();
    expect(await page.title()).toBe('(1) #links | Systems Circle');
  });

  it('lists the members with their roles, and says that the bot is offline until it comes', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    await members(page).getByRole('region', { name: 'Online' }).getByText('Zoé').waitFor();
    expect(await members(page).getByRole('listitem').filter({ hasText: 'Ada' }).innerText()).toContain('Organisers');
    const offline = members(page).getByRole('region', { name: 'Offline' });
    expect(await offline.innerText()).toMatch(/^Offline — 1\s+Paperboy\s+APP$/);
    await page.screenshot({ path: join(pictures, 'members.png') });
    await page.getByRole('button', { name: 'Hide Member List' }).click();
    await expect.poll(() => members(page).count()).toBe(0);
    await logIn(sandbox);
    await page.getByRole('button', { name: 'Show Member List' }).click();
    await members(page).getByRole('region', { name: 'Online' }).getByText('Paperboy').waitFor();
    await rail(page).getByRole('button', { name: 'Quiet Place' }).click();
    await expect.poll(() => members(page).getByText('Paperboy').count()).toBe(0);
  });

  it('can be anybody there is, with the language they have', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    await becomePerson(page, 'Zoé');
    await page.getByRole('button', { name: /^Zoé\s*Member · de\s*, be somebody else/ }).waitFor();
    await becomePerson(page, 'Otto');
    await page.getByText('No direct messages yet').waitFor();
    await page.getByText('Otto is in no server.').waitFor();
    await page.getByText(/curl -X PUT http\S+\/control\/guilds\/server\/members\/Otto/).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    await page.screenshot({ path: join(pictures, 'stranger.png') });
    expect(await rail(page).getByRole('button').count()).toBe(1);
  });

  it('opens threads from the list, the heading and their address, and leads back to the channel', async () => {
    const sandbox = await runFullWorld();
    const { page, problems } = await openPage(sandbox, 'general');
    await channels(page).getByRole('link', { name: 'Is LRU enough?' }).click();
    await logOf(page, 'Is LRU enough?').getByText('It was, once.').waitFor();
    await page.screenshot({ path: join(pictures, 'thread.png') });
    await page.locator('#heading').getByRole('button', { name: 'general' }).click();
    await logOf(page, '#general').waitFor();
    await page.getByRole('button', { name: 'Threads' }).click();
    const list = page.getByRole('group', { name: 'Threads' });
    expect(await list.getByRole('region', { name: 'Active Threads' }).getByRole('button').count()).toBe(2);
    expect(await list.getByRole('region', { name: 'Archived Threads' }).getByRole('button').count()).toBe(2);
    await page.screenshot({ path: join(pictures, 'threads.png') });
    await list.getByRole('button', { name: 'Last term' }).click();
    await page.getByText('This thread is archived. Sending a message brings it back.').waitFor();
    await page.goto(`${sandbox.ready.page}#${ids.lockedTalk}`);
    await logOf(page, 'Closed debate').getByText('Enough.').waitFor();
    await page.getByText('As a moderator you can still write in it.').waitFor();
    await becomePerson(page, 'Mika');
    await page.getByText('This thread is locked. Only moderators can write in it.').waitFor();
    expect(problems).toEqual([]);
  });

  it('says that there is no such channel, and stays where one is', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    await page.goto(`${sandbox.ready.page}#424242`);
    await page.getByRole('alert').getByText('There is no such channel that you can see.').waitFor();
    await logOf(page, '#general').waitFor();
    expect(page.url()).toMatch(new RegExp(`#${ids.general}$`));
  });

  it('loads what was said before at the top, and keeps the reader where they were', async () => {
    const lines = Array.from({ length: 250 }, (_, at) => saying(idAt(100 + at), ids.general, `line ${at + 1}`));
    const sandbox = await runFullWorld(lines);
    const { page } = await openPage(sandbox, 'general');
    const log = logOf(page, '#general');
    await log.getByText('line 250', { exact: true }).waitFor();
    expect(await log.getByText('line 150', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Earlier messages' }).focus();
    await page.keyboard.press('Enter');
    await log.getByText('line 52', { exact: true }).waitFor();
    const placeOf = (text: string) =>
      log
        .getByText(text, { exact: true })
        .evaluate((line: { getBoundingClientRect(): { top: number } }) => line.getBoundingClientRect().top);
    await expect.poll(() => placeOf('line 151')).toBeGreaterThan(0);
    await expect.poll(() => placeOf('line 151')).toBeLessThan(800);
    await log.hover();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, -2_000);
        return log.getByText('Welcome to #general!').count();
      })
      .toBe(1);
    expect(await log.getByRole('article').count()).toBe(250);
  });

  it('names who is typing, until they have said it', async () => {
    const sandbox = await runFullWorld();
    const client = await logIn(sandbox);
    const { page } = await openPage(sandbox, 'general');
    const general = await client.channels.fetch(ids.general);
    if (!general?.isSendable()) throw new Error('not sendable');
    await general.sendTyping();
    await page.getByText('Paperboy is typing…').waitFor();
    await general.send('There.');
    await expect.poll(() => page.getByText('Paperboy is typing…').count()).toBe(0);
  });

  it('follows the system between dark and light until somebody chooses', async () => {
    const sandbox = await runSandbox();
    const { page } = await openPage(sandbox, 'general', undefined, 'light');
    const theme = () => page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(theme).toBe('dark');
    await page.getByRole('button', { name: 'Light theme' }).click();
    await page.reload();
    await expect.poll(theme).toBe('light');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await expect.poll(theme).toBe('dark');
  });

  it('remembers over a reload what was not read, with its mentions', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general');
    const say = async (channel: string, content: string) => {
      const { status } = await sandbox.control('POST', '/messages', { user: 'Mika', channel, content });
      expect(status).toBe(200);
    };
    await say(ids.otherTalk, 'Not for Ada.');
    await say(ids.talk, `And you, <@${sandbox.userId('Ada')}>?`);
    const talk = channels(page).getByRole('link', { name: /^Is LRU enough\?\s+unread\s*1 mention$/ });
    await talk.waitFor();
    await page.reload();
    await logOf(page, '#general').waitFor();
    await talk.waitFor();
    expect(await page.title()).toBe('(1) #general | Systems Reading Group');
    await page.goto('about:blank');
    await say(ids.talk, 'Still?');
    await page.goto(`${sandbox.ready.page}#${ids.general}`);
    await talk.click();
    await logOf(page, 'Is LRU enough?').getByText('Still?').waitFor();
    await channels(page).getByRole('link', { name: 'general', exact: true }).click();
    await page.reload();
    await logOf(page, '#general').waitFor();
    await channels(page).getByRole('link', { name: 'Is LRU enough?', exact: true }).waitFor();
    expect(await channels(page).getByText('Not for everybody').count()).toBe(0);
  });

  it('closes the lists that lie over a narrow screen with Escape and when a channel is opened', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'general', { width: 400, height: 800 });
    const menu = page.getByRole('button', { name: 'Channels', exact: true });
    await menu.click();
    await channels(page).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => menu.getAttribute('aria-expanded')).toBe('false');
    await page.getByRole('button', { name: 'Show Member List' }).click();
    await members(page).getByText('Ada').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => members(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Show Member List' }).click();
    await members(page).getByText('Ada').waitFor();
    await page.goto(`${sandbox.ready.page}#${ids.readOnly}`);
    await logOf(page, '#notices').waitFor();
    expect(await members(page).count()).toBe(0);
    await menu.click();
    await channels(page).getByRole('link', { name: 'general' }).click();
    await logOf(page, '#general').waitFor();
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
  });

  it('has room for all of it on a narrow screen', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, ids.firstPost, { width: 400, height: 800 });
    await page.screenshot({ path: join(pictures, 'narrow-thread.png') });
    expect(await members(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Show Member List' }).click();
    await members(page).getByText('Ada').waitFor();
    await page.screenshot({ path: join(pictures, 'narrow-members.png') });
    await page.getByRole('button', { name: 'Close the list of members' }).click({ position: { x: 10, y: 400 } });
    await expect.poll(() => members(page).count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= 400')).toBe(true);
  });
});
