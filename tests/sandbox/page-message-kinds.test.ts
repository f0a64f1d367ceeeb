import { describe, expect, it } from 'vitest';
import { withBrowser } from './page-browser.ts';
import { heard, message, stageMessages } from './page-stage.ts';
import { runSandbox } from './running-sandbox.ts';

const openPage = withBrowser();
const ada = { id: '100', username: 'ada', global_name: 'Ada' };

const reacted = () =>
  message({
    content: 'Paper',
    reactions: [
      { emoji: { id: null, name: '👍' }, count: 2, me: true, users: ['100', '101'] },
      { emoji: { id: '5', name: 'arxiv' }, count: 1, me: false },
    ],
  });

async function stage(messages: readonly object[], hands?: Parameters<typeof stageMessages>[2]) {
  const sandbox = await runSandbox();
  const { page } = await openPage(sandbox, 'general');
  await stageMessages(page, messages, hands);
  return page;
}

describe('kinds of messages on the page', () => {
  it('shows above a reply what it answers, and goes there', async () => {
    const original = message({ author: ada, content: 'Is there a **survey**?' }, '1');
    const page = await stage([
      original,
      message({ type: 19, content: 'Yes', referenced_message: original }, '2'),
      message({ type: 19, content: 'Lost', referenced_message: null }, '3'),
    ]);
    const reply = page.locator('[data-id="2"]');
    await reply.getByRole('button', { name: 'Is there a survey?' }).click();
    expect(await page.locator('[data-id="1"].found').count()).toBe(1);
    expect(await page.locator('[data-id="3"]').innerText()).toContain('Original message was deleted');
  });

  it('says what happened: a thread begun, a message pinned, a channel followed', async () => {
    const page = await stage([
      message({ author: ada, type: 18, content: 'Rewards', message_reference: { channel_id: '77' } }, '1'),
      message({ author: ada, type: 6, message_reference: { message_id: '1' } }, '2'),
      message({ author: ada, type: 12, content: 'Group #news' }, '3'),
      message({ type: 21, referenced_message: message({ content: 'Where it began' }, '9') }, '4'),
    ]);
    const texts = await page.getByRole('article').allInnerTexts();
    expect(texts[0]).toContain('Ada started a thread: Rewards.');
    expect(texts[1]).toContain('Ada pinned a message to this channel.');
    expect(texts[2]).toContain('Ada has added Group #news to this channel.');
    expect(texts[3]).toContain('Where it began');
    await page.getByRole('button', { name: 'Rewards' }).click();
    expect(await heard(page)).toEqual([['openThread', '77']]);
  });

  it('marks what is published, opens its thread, and hides embeds where it shall', async () => {
    const page = await stage([
      message({
        content: 'Paper',
        flags: 1 | 4 | 32,
        pinned: true,
        embeds: [{ title: 'Suppressed' }],
        thread: { id: '77', name: 'Rewards', message_count: 1 },
      }),
    ]);
    const text = await page.getByRole('article').innerText();
    expect(text).toContain('Published');
    expect(text).not.toContain('Pinned');
    expect(text).not.toContain('Suppressed');
    await page.getByRole('button', { name: 'Rewards 1 Message ›' }).click();
    expect(await heard(page)).toEqual([['openThread', '77']]);
  });

  it('shows pictures and files that came with a message, spoilers covered', async () => {
    const url = 'https://e.org/x';
    const page = await stage([
      message({
        attachments: [
          { id: '1', filename: 'a.png', url, content_type: 'image/png', description: 'A plot', size: 10 },
          { id: '2', filename: 'SPOILER_b.png', url, content_type: 'image/png', size: 10 },
          { id: '3', filename: 'list.bib', url, content_type: 'text/plain', size: 2048 },
        ],
      }),
    ]);
    expect(await page.getByRole('img', { name: 'A plot' }).count()).toBe(1);
    const covered = page.locator('[inert]').getByRole('img', { name: 'b.png' });
    expect(await covered.count()).toBe(1);
    await page.getByRole('button', { name: 'Spoiler' }).click();
    expect(await covered.count()).toBe(0);
    expect(await page.getByRole('img', { name: 'b.png' }).count()).toBe(1);
    expect(await page.getByRole('link', { name: 'list.bib' }).count()).toBe(1);
    expect(await page.getByText('2.00 KB').count()).toBe(1);
  });

  it('puts one message under the head of another only where the same person just spoke', async () => {
    const page = await stage([
      message({ author: ada, content: 'one' }, '1'),
      message({ author: ada, content: 'two', flags: 32 }, '2'),
      message({ author: ada, content: 'three', type: 19, referenced_message: null }, '3'),
      message({ author: ada, type: 6 }, '4'),
      message({ author: ada, content: 'five' }, '5'),
    ]);
    const compact = page.locator('discord-message[message-body-only]');
    expect(await compact.allInnerTexts()).toEqual([expect.stringContaining('two')]);
  });
});

describe('reactions and the bar over a message', () => {
  it('gives and takes back a reaction', async () => {
    const page = await stage([reacted()]);
    const thumb = page.getByRole('button', { name: '👍, 2 reactions', pressed: true });
    expect(await thumb.getAttribute('title')).toBe('Ada and Mika reacted with 👍');
    await thumb.click();
    await page.getByRole('button', { name: ':arxiv:, 1 reaction', pressed: false }).click();
    expect(await heard(page)).toEqual([
      ['react', '1000', '👍', false],
      ['react', '1000', 'arxiv:5', true],
    ]);
  });

  it('adds one by keyboard, and gives the focus back', async () => {
    const page = await stage([reacted()]);
    const add = page.getByRole('button', { name: 'Add reaction' });
    const opacity = () => page.evaluate("getComputedStyle(document.querySelector('.tools')).opacity");
    expect(await opacity()).toBe('0');
    await page.getByRole('log').focus();
    await page.keyboard.press('Tab');
    expect(await opacity()).toBe('1');
    await add.press('Enter');
    await page.getByRole('menuitemcheckbox', { name: '👍', checked: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await heard(page)).toEqual([['react', '1000', '❤️', true]]);
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Add reaction');
  });

  it('offers under More what the caller has for the message', async () => {
    const page = await stage([reacted()]);
    await page.getByRole('article').hover();
    const more = page.getByRole('button', { name: 'More' });
    await more.click();
    await page.getByRole('group', { name: 'Apps' }).getByRole('menuitem', { name: 'Save for later' }).click();
    expect(await heard(page)).toEqual([['save']]);
    await page.getByRole('article').hover();
    await more.click();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
    await more.click();
    await more.click();
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('leaves out what the caller has no hands for', async () => {
    const page = await stage([reacted()], ['react']);
    expect(await page.getByRole('button', { name: 'More' }).count()).toBe(0);
    await stageMessages(page, [reacted()], []);
    expect(await page.getByRole('toolbar').count()).toBe(0);
    expect(await page.getByRole('button', { name: '👍, 2 reactions' }).isDisabled()).toBe(true);
  });
});
