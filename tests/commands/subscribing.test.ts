import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxSubscriptionsPerChannel } from '../../src/commands/limits.ts';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownMessage } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
});
afterAll(() => bot.close());

const isPrivate = (message: ShownMessage | undefined) => ((message?.flags ?? 0) & 64) !== 0;
const subscriptionsOf = (channel: string) => bot.store.subscriptions.list({ target: bot.channel(channel) });

describe('/subscribe', () => {
  it('suggests categories while they are typed, as /alert add and /search do', async () => {
    const typed = { query: 'raft', categories: 'cs.dc, machine' };
    for (const command of ['subscribe', 'alert add']) {
      expect(await bot.complete('Ada', command, typed, 'categories')).toEqual([
        { name: 'cs.DC, cs.LG — Machine Learning', value: 'cs.DC, cs.LG' },
        { name: 'cs.DC, stat.ML — Machine Learning', value: 'cs.DC, stat.ML' },
      ]);
      expect(await bot.complete('Ada', command, { ...typed, categories: '' }, 'categories')).toHaveLength(25);
    }
    expect(await bot.complete('Ada', 'search', { query: 'raft', category: 'cs.sy' }, 'category')).toEqual([
      { name: 'eess.SY — Systems and Control', value: 'eess.SY' },
    ]);
  });

  it('saves, says how the query was read, and what the last listing would have brought', async () => {
    const [reply] = await bot.ask('Ada', 'subscribe', {
      query: '"LLM serving" | inference',
      categories: 'cs.dc',
      style: 'digest',
      max: 9,
    });
    const [saved] = await subscriptionsOf('llm-serving');
    expect(saved).toMatchObject({
      query: '"LLM serving" | inference',
      categories: ['cs.DC'],
      style: 'digest',
      maxPapers: 9,
      createdBy: bot.user('Ada'),
      createdAt: Date.UTC(2025, 4, 23),
    });
    expect(isPrivate(reply)).toBe(false);
    expect(reply?.content).toBe(
      `Subscribed <#${bot.channel('llm-serving')}> to \`"LLM serving" OR inference\` in cs.DC. New papers come as soon as arXiv announces them, ten to a message, at most 9 a day. \`/subscriptions edit id:${saved?.id}\` changes it, \`/subscriptions delete id:${saved?.id}\` ends it.`,
    );
    expect(reply?.embeds[0]?.title).toBe('The listing of Fri 23 May 2025 would have brought 2 papers');
    expect(reply?.embeds[0]?.description).toContain(
      '[Faster LLM serving in O(nΔ³) steps](https://arxiv.org/abs/2505.10001)',
    );
  });

  it('takes another channel, and names three papers of many', async () => {
    const channel = bot.channel('federated-learning');
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'federated', channel });
    expect(await subscriptionsOf('federated-learning')).toHaveLength(1);
    expect(reply?.embeds[0]?.title).toContain('would have brought 6 papers');
    expect(reply?.embeds[0]?.description?.split('\n')).toHaveLength(4);
    expect(reply?.embeds[0]?.description).toContain('and 3 more');
  });

  it('says that the limit would have been reached', async () => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'learning', max: 2 }, 'general');
    expect(reply?.embeds[0]?.title).toBe('The listing of Fri 23 May 2025 would have reached the limit of 2 papers');
    for (const { id } of await subscriptionsOf('general')) await bot.store.subscriptions.delete(id);
  });

  it('says that a query would have brought nothing', async () => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'unicorns' }, 'workflows');
    expect(reply?.embeds[0]?.title).toBe('The listing of Fri 23 May 2025 would have brought nothing');
  });

  it('does not save the same wish twice', async () => {
    const before = await subscriptionsOf('federated-learning');
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'federated' }, 'federated-learning');
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('already');
    expect(await subscriptionsOf('federated-learning')).toEqual(before);
  });

  it('takes another order of the same for the same wish, and another seventh category for another', async () => {
    const six = 'cs.AI, cs.CC, cs.CL, cs.CV, cs.DB, cs.DC';
    await bot.ask('Ada', 'subscribe', { query: 'raft', categories: `${six}, cs.LG` }, 'general');
    const [twin] = await bot.ask('Ada', 'subscribe', { query: 'raft', categories: `cs.LG, ${six}` }, 'general');
    expect(twin?.content).toContain('already');
    await bot.ask('Ada', 'subscribe', { query: 'raft', categories: `${six}, cs.NI` }, 'general');
    const saved = await subscriptionsOf('general');
    expect(saved.map(({ categories }) => categories.at(-1))).toEqual(['cs.LG', 'cs.NI']);
    for (const { id } of saved) await bot.store.subscriptions.delete(id);
  });

  it('never takes an id that is taken', async () => {
    const [first] = await subscriptionsOf('llm-serving');
    const target = await bot.store.targets.get(bot.channel('llm-serving'));
    if (!first || !target) throw new Error('the first test saves one');
    const taken = Array.from({ length: 20 }, (_, index) => `n${index + 1}`).filter((id) => id !== first.id);
    const free: string[] = [];
    for (const id of taken) {
      if (await bot.store.subscriptions.get(id)) continue;
      free.push(id);
      await bot.store.subscriptions.save({ ...first, id, query: 'not mine' }, target);
    }
    await bot.ask('Ada', 'subscribe', { query: 'paxos' }, 'general');
    expect(await subscriptionsOf('general')).toMatchObject([{ query: 'paxos' }]);
    for (const id of free) {
      expect(await bot.store.subscriptions.get(id)).toMatchObject({ query: 'not mine' });
      await bot.store.subscriptions.delete(id);
    }
    for (const { id } of await subscriptionsOf('general')) await bot.store.subscriptions.delete(id);
  });

  it('asks for words where the query is blank', async () => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: '   ' }, 'general');
    expect(reply?.content).toMatch(/^Please say what to look for/);
    expect(await subscriptionsOf('general')).toEqual([]);
  });

  it('confirms what another channel gets to the asker alone', async () => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'leases', channel: bot.channel('workflows') });
    expect(isPrivate(reply)).toBe(true);
    for (const saved of await subscriptionsOf('workflows')) {
      if (saved.query === 'leases') await bot.store.subscriptions.delete(saved.id);
    }
  });

  it('needs the permission to manage the channel', async () => {
    await expect(bot.ask('Mika', 'subscribe', { query: 'gpu' }, 'general')).rejects.toThrow('do not have permission');
    expect(await subscriptionsOf('general')).toEqual([]);
  });

  it('says where a query cannot be read, and saves nothing', async () => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'a OR' }, 'general');
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('^');
    expect(await subscriptionsOf('general')).toEqual([]);
  });

  it('opens a channel again that was paused', async () => {
    const id = bot.channel('workflows');
    await bot.store.targets.pause(id, 'I may not post in this channel.', 0);
    await bot.ask('Ada', 'subscribe', { query: 'workflow' }, 'workflows');
    expect(await bot.store.targets.get(id)).toMatchObject({ state: 'active', pausedReason: null });
  });

  it('stops at the limit of a channel', async () => {
    const id = bot.channel('distributed-systems');
    const [template] = await subscriptionsOf('llm-serving');
    const target = await bot.store.targets.get(bot.channel('llm-serving'));
    if (!template || !target) throw new Error('the first test saves one');
    for (let index = 0; index < maxSubscriptionsPerChannel; index++) {
      await bot.store.subscriptions.save({ ...template, id: `full${index}`, target: id }, { ...target, id });
    }
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'consensus' }, 'distributed-systems');
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('50 subscriptions');
    for (let index = 0; index < maxSubscriptionsPerChannel; index++)
      await bot.store.subscriptions.delete(`full${index}`);
  });
});

describe('/subscriptions', () => {
  it('lists what is posted where, to the asker alone, with the reason of a pause', async () => {
    await bot.store.targets.pause(bot.channel('llm-serving'), 'I cannot see this channel.', 0);
    const [reply] = await bot.ask('Mika', 'subscriptions list');
    await bot.store.targets.resume(bot.channel('llm-serving'));
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.embeds[0]?.title).toBe('4 subscriptions of this server');
    expect(reply?.embeds[0]?.description).toContain(
      `**<#${bot.channel('llm-serving')}>** (paused) I cannot see this channel. Once that is mended, posts go on by themselves, a day later at most; \`/subscriptions edit\` one of these, and they go on at once.`,
    );
    expect(reply?.embeds[0]?.description).toContain('- `"LLM serving" OR inference` in cs.DC, digest, at most 9 a day');
  });

  it('lists this channel alone where asked', async () => {
    const [reply] = await bot.ask('Mika', 'subscriptions list', { of: 'channel' }, 'federated-learning');
    expect(reply?.embeds[0]?.title).toBe('1 subscription of this channel');
    const [none] = await bot.ask('Mika', 'subscriptions list', { of: 'channel' }, 'general');
    expect(none?.content).toContain('no subscriptions yet');
  });

  it('suggests ids by channel and query', async () => {
    const [saved] = await subscriptionsOf('federated-learning');
    const choices = await bot.complete('Ada', 'subscriptions delete', { id: 'FEDER' }, 'id');
    expect(choices).toEqual([{ name: '#federated-learning: federated', value: saved?.id }]);
  });

  it('deletes for who manages the channel, and for nobody else', async () => {
    const [saved] = await subscriptionsOf('federated-learning');
    const [refusal] = await bot.ask('Mika', 'subscriptions delete', { id: saved?.id });
    expect(refusal?.content).toContain('Manage Channels');
    expect(await subscriptionsOf('federated-learning')).toHaveLength(1);

    const [done] = await bot.ask('Ada', 'subscriptions delete', { id: saved?.id });
    expect(done?.content).toBe(`<#${bot.channel('federated-learning')}> is no longer subscribed to \`federated\`.`);
    expect(await subscriptionsOf('federated-learning')).toEqual([]);
  });

  it('says that it has no such subscription', async () => {
    const [reply] = await bot.ask('Ada', 'subscriptions delete', { id: 'nowhere' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('no subscription of that id');
  });
});
