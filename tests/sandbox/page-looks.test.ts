import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pictures, withBrowser } from './page-browser.ts';
import { message, stageMessages } from './page-stage.ts';
import { runSandbox } from './running-sandbox.ts';

const openPage = withBrowser();
const ada = { id: '100', username: 'ada', global_name: 'Ada' };
const wide = { width: 1280, height: 800 };

async function stage(messages: readonly object[], colorScheme: 'dark' | 'light' = 'dark') {
  const sandbox = await runSandbox();
  const { page } = await openPage(sandbox, 'general', wide, colorScheme);
  await stageMessages(page, messages);
  return page;
}

const byId = (page: Page, id: string) => page.locator(`[data-id="${id}"]`);

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (box === null) throw new Error('it is not to be seen');
  return box;
}

/** The browser's own; what the tests give to it runs there. */
declare const getComputedStyle: (element: unknown) => Readonly<Record<'color' | 'backgroundColor', string>>;

/** Red, green and blue of an element's text or ground, 0 to 255. */
async function colourOf(element: Locator, property: 'color' | 'backgroundColor'): Promise<number[]> {
  const colour = await element.evaluate((node, name) => getComputedStyle(node)[name], property);
  return (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);
}

/** WCAG's contrast of an element's text with its own ground, both opaque. */
async function contrastOf(element: Locator): Promise<number> {
  const luminances = [await colourOf(element, 'color'), await colourOf(element, 'backgroundColor')].map((colour) => {
    const [red = 0, green = 0, blue = 0] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

describe('how messages look', () => {
  it('gives the words of an embed all of its width, but for a picture beside them', async () => {
    const description = 'Many words that go on and on. '.repeat(12);
    const footer = { text: 'cs.DC · new · arXiv:2505.16508 · Fri 23 May 2025' };
    const page = await stage([
      message({ embeds: [{ description, footer }] }, '1'),
      message({ embeds: [{ description, footer, thumbnail: { url: 'https://e.org/x.png' } }] }, '2'),
    ]);
    const gapOf = async (id: string) => {
      const embed = byId(page, id).locator('discord-embed');
      const words = await boxOf(embed.locator('.embed-text'));
      const card = await boxOf(embed.locator('.discord-embed-wrapper'));
      return card.x + card.width - (words.x + words.width);
    };
    // 16 px of padding and the edge.
    expect(await gapOf('1')).toBeCloseTo(17, 0);
    expect(await gapOf('2')).toBeGreaterThan(17);
  });

  it.each(['dark', 'light'] as const)('writes legibly on its buttons in the %s', async (theme) => {
    const labels = ['Primary', 'Secondary', 'Success', 'Danger'];
    const buttons = labels.map((label, at) => ({ type: 2, style: at + 1, label, custom_id: label }));
    const page = await stage([message({ components: [{ type: 1, components: buttons }] })], theme);
    const contrasts = await Promise.all(labels.map((name) => contrastOf(page.getByRole('button', { name }))));
    expect(Math.min(...contrasts)).toBeGreaterThan(4.5);
    const ground = await colourOf(page.getByRole('button', { name: 'Secondary' }), 'backgroundColor');
    expect(Math.min(...ground) > 200).toBe(theme === 'light');
    await page.screenshot({ path: join(pictures, `buttons-${theme}.png`) });
  });

  it('marks what calls upon the reader: by name, by role, with everybody', async () => {
    const page = await stage([
      message({ content: '<@102>', mentions: [{ id: '102', username: 'Otto' }] }, '1'),
      message({ content: '<@&201>', mention_roles: ['201'] }, '2'),
      message({ content: '@everyone', mention_everyone: true }, '3'),
      message({ content: '<@101>', mentions: [{ id: '101', username: 'Mika' }], mention_roles: ['200'] }, '4'),
    ]);
    const calling = await page.locator('discord-message.mentioned').all();
    const marked = await Promise.all(calling.map((one) => one.getAttribute('data-id')));
    expect(marked).toEqual(['1', '2', '3']);
  });

  it('says that a message was edited right after its last word', async () => {
    const page = await stage([message({ content: 'Short', edited_timestamp: '2026-03-01T12:01:00.000000+00:00' })]);
    const text = byId(page, '1000').locator('.markdown');
    expect(await text.innerText()).toBe('Short (edited)');
    expect((await boxOf(text)).height).toBeLessThan(30);
  });

  it('writes a name in the colour of its role, also above a reply', async () => {
    const original = message({ author: ada, content: 'A question' }, '1');
    const page = await stage([original, message({ type: 19, content: 'Yes', referenced_message: original }, '2')]);
    const orange = [230, 126, 34];
    expect(await colourOf(byId(page, '1').locator('.discord-author-username'), 'color')).toEqual(orange);
    expect(await colourOf(byId(page, '2').locator('.above b'), 'color')).toEqual(orange);
    expect(await colourOf(byId(page, '2').locator('.discord-author-username'), 'color')).not.toEqual(orange);
  });

  it('mentions a thread on one line, without the sign of channels', async () => {
    const page = await stage([message({ content: 'See <#303> and <#300>' })]);
    const [thread, channel] = await page.locator('a.mention').all();
    expect(await thread?.innerText()).toMatch(/^Is a very long name/);
    expect(await thread?.locator('svg').count()).toBe(1);
    expect((await boxOf(thread ?? page.locator('none'))).height).toBeLessThan(30);
    expect(await channel?.innerText()).toBe('#general');
  });

  it('shows in red what cannot be undone', async () => {
    const page = await stage([message({ content: 'Mine' })]);
    await page.getByRole('article').hover();
    await page.getByRole('button', { name: 'More' }).click();
    const isRed = async (name: string) => {
      const [red = 0, green = 0] = await colourOf(page.getByRole('menuitem', { name }), 'color');
      return red - green > 80;
    };
    expect(await isRed('Delete Message')).toBe(true);
    expect(await isRed('Create Thread')).toBe(false);
  });
});
