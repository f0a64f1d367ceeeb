import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { logIn } from './running-sandbox.ts';
import { becomePerson, pictures, withBrowser } from './page-browser.ts';
import { ids, runFullWorld } from './page-world.ts';

const openPage = withBrowser();

const forum = (page: Page) => page.getByRole('region', { name: 'Posts in paper-talk' });
const titles = (page: Page) => forum(page).getByRole('listitem').getByRole('heading').allInnerTexts();

describe('a forum on the page', () => {
  it('lists its posts with their first lines, pinned ones first, archived ones apart', async () => {
    const sandbox = await runFullWorld();
    const { page, problems } = await openPage(sandbox, 'paper-talk');
    expect(await titles(page)).toEqual(['Rules of the forum', 'Attention sinks', 'Paged attention', 'Raft, again']);
    const post = forum(page).getByRole('listitem').filter({ hasText: 'Attention sinks' });
    await post.getByText('Streaming language models keep the first tokens.').waitFor();
    const text = await post.innerText();
    for (const shown of ['⭐ worth reading', 'Paperboy:', '1']) expect(text).toContain(shown);
    await forum(page).getByRole('heading', { name: 'Older Posts' }).waitFor();
    expect(await page.getByRole('img', { name: 'Locked' }).count()).toBe(1);
    expect(await page.getByRole('textbox').count()).toBe(0);
    await page.screenshot({ path: join(pictures, 'forum.png') });
    expect(problems).toEqual([]);
  });

  it('sorts and filters them', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'paper-talk');
    await page.getByRole('combobox', { name: 'Sort posts by' }).selectOption('Date Posted');
    expect(await titles(page)).toEqual(['Rules of the forum', 'Paged attention', 'Attention sinks', 'Raft, again']);
    const tag = page.getByRole('button', { name: '❓ question' });
    await tag.click();
    expect(await titles(page)).toEqual(['Paged attention']);
    await tag.click();
    await page.getByRole('searchbox', { name: 'Search posts' }).fill('attention');
    expect(await titles(page)).toEqual(['Paged attention', 'Attention sinks']);
    await page.getByRole('searchbox', { name: 'Search posts' }).fill('nothing of the kind');
    await page.getByText('No posts match').waitFor();
  });

  it('opens a post as a channel below its forum', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'paper-talk');
    await page.getByRole('link', { name: 'Attention sinks' }).click();
    const log = page.getByRole('log', { name: 'Messages in Attention sinks' });
    await log.getByText('I tried it.').waitFor();
    await log.getByText('Started by Paperboy').waitFor();
    await log.getByText('⭐ worth reading').waitFor();
    await page.screenshot({ path: join(pictures, 'post.png') });
    await page.locator('#heading').getByRole('button', { name: 'paper-talk' }).click();
    await forum(page).waitFor();
    expect(await log.isVisible()).toBe(false);
  });

  it('marks a post with news, and counts what was said', async () => {
    const sandbox = await runFullWorld();
    const client = await logIn(sandbox);
    const { page } = await openPage(sandbox, 'paper-talk');
    const thread = await client.channels.fetch(ids.secondPost);
    if (!thread?.isSendable()) throw new Error('not sendable');
    await thread.send('Because of the hardware.');
    const post = forum(page).getByRole('listitem').filter({ hasText: 'Paged attention' });
    await post.getByText('New', { exact: true }).waitFor();
    await post.getByTitle('1 message').waitFor();
    await expect
      .poll(() => titles(page))
      .toEqual(['Rules of the forum', 'Paged attention', 'Attention sinks', 'Raft, again']);
  });

  it('asks for a title, a text and a tag of a new post', async () => {
    const sandbox = await runFullWorld();
    const { page, problems } = await openPage(sandbox, 'paper-talk');
    await becomePerson(page, 'Mika');
    await page.getByRole('button', { name: 'New Post' }).click();
    const dialog = page.getByRole('dialog', { name: 'New Post' });
    expect(await dialog.getByRole('checkbox', { name: '📅 next session' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Title' }).fill('A new idea');
    await dialog.getByRole('textbox', { name: 'Message' }).fill('What if?');
    await page.screenshot({ path: join(pictures, 'new-post.png') });
    await dialog.getByRole('button', { name: 'Post', exact: true }).click();
    await dialog.getByRole('alert').getByText('A tag is required for posts in this channel.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('keeps the lines of a post apart in its excerpt', async () => {
    const sandbox = await runFullWorld();
    const { status } = await sandbox.control('POST', `/channels/${ids.forum}/threads`, {
      user: 'Ada',
      name: 'A list',
      content: 'Read:\n- **one**\n- two\n```\nlet x\n```',
      tags: [ids.question],
    });
    expect(status).toBe(200);
    const { page } = await openPage(sandbox, 'paper-talk');
    await page.getByText('Read: one two let x').waitFor();
  });

  it('fits a narrow screen in the light', async () => {
    const sandbox = await runFullWorld();
    const { page } = await openPage(sandbox, 'paper-talk', { width: 400, height: 800 }, 'light');
    await forum(page).getByText('Why pages of sixteen?').waitFor();
    await page.screenshot({ path: join(pictures, 'forum-narrow.png') });
    expect(await page.evaluate('document.documentElement.scrollWidth <= 400')).toBe(true);
  });
});
