import { Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDelivery } from '../../src/discord/render-delivery.ts';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownMessage } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
});
afterAll(() => bot.close());

const isPrivate = (message: ShownMessage | undefined) => ((message?.flags ?? 0) & 64) !== 0;
const buttons = (message: ShownMessage | undefined) => (message?.components ?? []).flatMap((row) => row.components);
const textOf = (message: ShownMessage | undefined) => JSON.stringify(message);

describe('/search', () => {
  it('answers in the channel, five papers a page, with a button to the next', async () => {
    const [first, ...more] = await bot.ask('Mika', 'search', { query: 'federated' });
    expect(more).toEqual([]);
    expect(isPrivate(first)).toBe(false);
    expect(textOf(first).match(/learning, part \d/g)).toHaveLength(5);

    const next = buttons(first).find((button) => button.custom_id?.endsWith(':5') && button.disabled !== true);
    const [second] = await bot.press('Ada', first?.id ?? '', next?.custom_id ?? '');
    expect(second?.id).toBe(first?.id);
    expect(textOf(second).match(/learning, part \d/g)).toHaveLength(1);
  });

  it('says so when nothing matches', async () => {
    const [reply] = await bot.ask('Mika', 'search', { query: 'unicorns' });
    expect(textOf(reply)).toMatch(/no paper|nothing|none/i);
  });

  it('offers what was probably meant, and shows it in place of nothing', async () => {
    const [nothing] = await bot.ask('Mika', 'search', { query: 'fedarated' });
    const [meant] = buttons(nothing);
    expect(meant).toMatchObject({ label: 'Did you mean: federated' });
    const [found] = await bot.press('Mika', nothing?.id ?? '', meant?.custom_id ?? '');
    expect(textOf(found).match(/learning, part \d/g)).toHaveLength(5);
  });

  it('shows to the asker alone where a query cannot be read', async () => {
    const [reply] = await bot.ask('Mika', 'search', { query: 'gpu (cache' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toMatch(/^I cannot read that query, column \d+: .*\n```\ngpu \(cache\n +\^\n```$/);
  });

  it.each([
    [{ query: 'gpu', category: 'cs' }, /whole archive/],
    [{ query: 'gpu', since: 'May' }, /2025-05-01/],
    [{ query: '-gpu' }, /column 1/],
    [{ query: '  ' }, /^Please say what to look for, such as `federated learning`\.$/],
  ])('says what is wrong with %j', async (options, sentence) => {
    const [reply] = await bot.ask('Mika', 'search', options);
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toMatch(sentence);
  });

  it('filters by category and day', async () => {
    const [inside] = await bot.ask('Mika', 'search', {
      query: 'cache',
      category: 'CS.lg',
      since: '2025-05-23',
      sort: 'date',
    });
    expect(textOf(inside)).toContain('2505.10002');
    const [outside] = await bot.ask('Mika', 'search', { query: 'cache', since: '2025-05-24' });
    expect(textOf(outside)).not.toContain('2505.10002');
  });
});

describe('/paper', () => {
  it.each([
    '2505.10001',
    'arXiv:2505.10001v2',
    'https://arxiv.org/pdf/2505.10001v1',
    ' <https://arxiv.org/abs/2505.10001> ',
  ])('shows a paper by %s', async (id) => {
    const [reply] = await bot.ask('Mika', 'paper', { id });
    expect(isPrivate(reply)).toBe(false);
    expect(textOf(reply)).toContain('O(nΔ³)');
  });

  it('gives the link of a paper it does not know', async () => {
    const [reply] = await bot.ask('Mika', 'paper', { id: '2401.00001' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('https://arxiv.org/abs/2401.00001');
  });

  it('says what an identifier looks like', async () => {
    const [reply] = await bot.ask('Mika', 'paper', { id: 'the one with the cache' });
    expect(reply?.content).toContain('That is no arXiv identifier');
  });
});

/** Posts a card as a delivery does, and names one of its buttons. */
async function cardButton(action: string) {
  const papers = await bot.store.papers.byIds(['2505.10001']);
  const shown = papers.map((paper) => ({ paper, kind: 'new' as const, evidence: [] }));
  const [body] = [renderDelivery({ style: 'cards', date: '2025-05-23', papers: shown })];
  const posted = await bot.rest.post(Routes.channelMessages(bot.channel('llm-serving')), { body });
  return {
    message: String(Object.entries(posted ?? {}).find(([key]) => key === 'id')?.[1]),
    customId: `v1:${action}:2505.10001`,
  };
}

describe('buttons under a paper', () => {
  it.each([
    ['up', /^👍 Noted: you find \*\*Faster .* relevant\. No subscription learns from it/, /taken back/],
    ['down', /^👎 Noted: \*\*Faster .* is not for you\. No subscription learns from it/, /taken back/],
  ])('records %s at the first press and takes it back at the second, in private', async (action, set, unset) => {
    const { message, customId } = await cardButton(action);
    const [first] = await bot.press('Mika', message, customId);
    const [second] = await bot.press('Mika', message, customId);
    expect([isPrivate(first), isPrivate(second)]).toEqual([true, true]);
    expect(first?.content).toMatch(set);
    expect(second?.content).toMatch(unset);
  });

  it('shows the whole abstract to the presser alone', async () => {
    const { message, customId } = await cardButton('more');
    const [reply] = await bot.press('Mika', message, customId);
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.embeds[0]?.description?.match(/We serve large language models\./g)).toHaveLength(30);
  });
});

describe('the button Similar', () => {
  it('stands under a paper in full and lists papers like it, to the presser alone', async () => {
    const [shown] = await bot.ask('Mika', 'paper', { id: '2505.10001' });
    const similar = buttons(shown).find((button) => button.custom_id === 'v1:similar:2505.10001');
    const [reply] = await bot.press('Ada', shown?.id ?? '', similar?.custom_id ?? '');
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.embeds[0]?.title).toMatch(/^Similar to: .*O\(nΔ³\)/);
    expect(reply?.embeds[0]?.description).toMatch(/^\*\*1\.\*\* \[/);
    expect(reply?.embeds[0]?.description).not.toContain('abs/2505.10001');
    expect(buttons(reply).map((button) => button.custom_id)).toContainEqual(expect.stringMatching(/^v1:more:2505/));
  });
});

describe('/help', () => {
  it('lists every command, and thanks arXiv in its words', async () => {
    const [reply] = await bot.ask('Mika', 'help');
    expect(isPrivate(reply)).toBe(true);
    for (const name of [
      '/search',
      '/paper',
      '/subscribe',
      '/subscriptions list',
      '/subscriptions delete',
      '/alert add',
      '/alert list',
      '/alert remove',
      '/help',
    ]) {
      expect(textOf(reply)).toContain(`\`${name}\``);
    }
    expect(textOf(reply)).toContain('Thank you to arXiv for use of its open access interoperability.');
  });
});
