import { ActionRowBuilder, MessageFlags, StringSelectMenuBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { post } from './page-bot.ts';
import { withBrowser } from './page-browser.ts';
import { heard, message, stageMessages } from './page-stage.ts';
import { logIn, runSandbox } from './running-sandbox.ts';

const openPage = withBrowser();

const row = (component: object) => ({ type: 1, components: [component] });
const options = ['Cards', 'Compact', 'Digest'].map((label) => ({ label, value: label.toLowerCase() }));

const menu = () =>
  new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder().setCustomId('style').setPlaceholder('How to post').addOptions(options),
  );

/** The page with messages on its stage. */
async function stage(...messages: readonly object[]) {
  const sandbox = await runSandbox();
  const { page, problems } = await openPage(sandbox, 'general');
  await stageMessages(page, messages);
  return { page, problems, picture: `${sandbox.ready.page}avatars/${sandbox.userId('Ada')}.svg` };
}

describe('components on the page', () => {
  it('lays out Components V2 as they are posted, and sends what is pressed inside', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.reply({ content: `Pressed ${interaction.customId}`, flags: MessageFlags.Ephemeral });
    });
    const { page, problems } = await openPage(sandbox, 'general');
    const url = `${sandbox.ready.page}avatars/${sandbox.userId('Ada')}.svg`;
    await post(client, sandbox, 'general', {
      flags: MessageFlags.IsComponentsV2,
      components: [
        {
          type: 17,
          accent_color: 0xb3_1b_1b,
          components: [
            {
              type: 9,
              components: [{ type: 10, content: '## Sailing by the Stars' }],
              accessory: { type: 11, media: { url }, description: 'The first page' },
            },
            { type: 14, divider: true, spacing: 2 },
            {
              type: 12,
              items: [
                { media: { url }, description: 'Figure 1' },
                { media: { url }, spoiler: true },
              ],
            },
            row({ type: 2, style: 1, label: 'Save', custom_id: 'save' }),
          ],
        },
      ],
    });
    const article = page.getByRole('article').last();
    await article.getByRole('heading', { name: 'Sailing by the Stars' }).waitFor();
    for (const name of ['The first page', 'Figure 1']) await article.getByRole('img', { name }).waitFor();
    expect(await article.getByRole('separator').count()).toBe(1);
    const covered = article.locator('[inert]').getByRole('img', { name: 'Image' });
    expect(await covered.count()).toBe(1);
    await article.getByRole('button', { name: 'Spoiler' }).click();
    expect(await covered.count()).toBe(0);
    const bar = page.evaluate("getComputedStyle(document.querySelector('.container')).borderLeftColor");
    expect(await bar).toBe('rgb(179, 27, 27)');
    await article.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Pressed save').waitFor();
    expect(problems).toEqual([]);
  });

  it('shows nothing but the components of such a message', async () => {
    const { page } = await stage(
      message({
        flags: 1 << 15,
        content: 'hidden text',
        embeds: [{ title: 'hidden embed' }],
        components: [{ type: 10, content: 'shown' }],
      }),
    );
    expect(await page.getByRole('article').innerText()).toContain('shown');
    expect(await page.getByRole('article').innerText()).not.toContain('hidden');
  });

  it('offers files by name and size, and keeps a spoiler covered until it is pressed', async () => {
    const { page } = await stage(
      message({
        flags: 1 << 15,
        components: [
          { type: 13, file: { url: 'https://e.org/digest.bib' }, name: 'digest.bib', size: 1536 },
          { type: 17, spoiler: true, components: [row({ type: 2, style: 2, label: 'Inside', custom_id: 'x' })] },
        ],
      }),
    );
    expect(await page.getByText('1.50 KB').isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: 'digest.bib' }).getAttribute('href')).toBe('https://e.org/digest.bib');
    expect(await page.locator('[inert]').getByRole('button', { name: 'Inside' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Spoiler' }).press('Enter');
    await page.getByRole('button', { name: 'Inside' }).click();
    expect(await heard(page)).toEqual([['press', '1000', { customId: 'x' }]]);
  });
});

describe('selects on the page', () => {
  it('sends the option chosen by keyboard, and takes back what the bot says is chosen', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isStringSelectMenu()) return;
      await interaction.update({ content: `Chose ${interaction.values.join()}`, components: [menu()] });
    });
    await post(client, sandbox, 'general', { content: 'Choose', components: [menu()] });
    const { page, problems } = await openPage(sandbox, 'general');
    const box = page.getByRole('combobox', { name: 'How to post' });
    await box.press('Enter');
    const list = page.getByRole('listbox', { name: 'How to post' });
    expect(await list.getByRole('option').allInnerTexts()).toEqual(['Cards', 'Compact', 'Digest']);
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    await box.press('d');
    await box.press('ArrowUp');
    const active = await box.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).innerText()).toBe('Compact');
    await box.press('Enter');
    await page.getByText('Chose compact').waitFor();
    expect(await list.count()).toBe(0);
    await expect.poll(() => box.innerText()).toBe('How to post');
    await box.press('ArrowDown');
    await box.press('Escape');
    expect(await list.count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('keeps the list of several values open, and sends them when it closes', async () => {
    const { page } = await stage(
      message({
        components: [
          row({
            type: 3,
            custom_id: 'many',
            placeholder: 'Styles',
            min_values: 1,
            max_values: 2,
            options: options.map((option, at) => ({
              ...option,
              default: at === 0,
              description: `No ${at}`,
              emoji: { name: '📄' },
            })),
          }),
        ],
      }),
    );
    const box = page.getByRole('combobox', { name: 'Styles' });
    expect(await box.innerText()).toContain('Cards');
    await box.click();
    await page.getByRole('option', { name: 'Digest No 2' }).click();
    expect(await heard(page)).toEqual([]);
    expect(await page.getByRole('option', { selected: true }).count()).toBe(2);
    expect(await page.getByRole('option', { name: 'Compact' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('option', { name: 'Compact' }).click({ force: true });
    await box.press('Escape');
    expect(await heard(page)).toEqual([['press', '1000', { customId: 'many', values: ['cards', 'digest'] }]]);
    // Too few: nothing is sent, and all is as it was.
    await box.click();
    for (const name of ['Cards', 'Digest']) await page.getByRole('option', { name }).click();
    await page.getByRole('log').click({ position: { x: 5, y: 5 } });
    await expect.poll(() => box.innerText()).toBe('Cards, Digest');
    expect(await heard(page)).toHaveLength(1);
  });

  it('finds people, roles and channels by typing', async () => {
    const { page } = await stage(
      message({
        components: [
          row({ type: 5, custom_id: 'user', placeholder: 'Who' }),
          row({
            type: 7,
            custom_id: 'both',
            placeholder: 'Whom',
            max_values: 3,
            default_values: [{ type: 'role', id: '200' }],
          }),
          row({ type: 8, custom_id: 'where', placeholder: 'Where', channel_types: [0, 5], min_values: 0 }),
          row({ type: 6, custom_id: 'off', placeholder: 'Rank', disabled: true }),
        ],
      }),
    );
    const who = page.getByRole('combobox', { name: 'Who', exact: true });
    await who.pressSequentially('mi');
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['Mika']);
    await who.press('Enter');

    const whom = page.getByRole('combobox', { name: 'Whom, Moderators' });
    await whom.click();
    expect(await page.getByRole('option', { selected: true }).innerText()).toContain('Moderators');
    await page.getByRole('option', { name: 'Otto' }).click();
    await page.keyboard.press('Tab');

    const where = page.getByRole('combobox', { name: 'Where' });
    await where.click();
    expect(await page.getByRole('option').count()).toBe(2);
    await page.getByRole('option', { name: 'news' }).click();
    await page.getByRole('button', { name: 'Clear the selection' }).click();

    expect(await heard(page)).toEqual([
      ['press', '1000', { customId: 'user', values: ['101'] }],
      ['press', '1000', { customId: 'both', values: ['200', '102'] }],
      ['press', '1000', { customId: 'where', values: ['301'] }],
      ['press', '1000', { customId: 'where', values: [] }],
    ]);
    expect(await page.getByRole('combobox', { name: 'Rank' }).isDisabled()).toBe(true);
  });
});
