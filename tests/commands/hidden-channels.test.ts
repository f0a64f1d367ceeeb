import { ChannelType, PermissionFlagsBits as Permission } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import type { Json } from './retouched-discord.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownMessage } from './start-bot.ts';

const publicThread = '1325760000000000011';
const privateThread = '1325760000000000012';
const hiddenThread = '1325760000000000013';
const gone = '1325760000000000099';

/** What Mika may do in the channel she asks in, where a test says so. */
let granted: bigint | null = null;

/** #workflows is hidden from members. It has a thread, and so has #general, beside a private one. */
function retouch(event: string, body: Json): Json {
  if (event === 'INTERACTION_CREATE' && granted !== null) {
    return { ...body, member: { ...record(body['member']), permissions: String(granted) } };
  }
  if (event !== 'GUILD_CREATE') return body;
  const everyone = { id: body['id'], type: 0, allow: '0', deny: String(Permission.ViewChannel) };
  const channels = list(body['channels']).map((channel) =>
    channel['name'] === 'workflows' ? { ...channel, permission_overwrites: [everyone] } : channel,
  );
  const idOf = (name: string) => channels.find((channel) => channel['name'] === name)?.['id'];
  const threads = [
    thread(publicThread, 'open-thread', ChannelType.PublicThread, idOf('general')),
    thread(privateThread, 'private-thread', ChannelType.PrivateThread, idOf('general')),
    thread(hiddenThread, 'hidden-thread', ChannelType.PublicThread, idOf('workflows')),
  ].map((one) => ({ ...one, guild_id: body['id'] }));
  return { ...body, channels, threads };
}

function thread(id: string, name: string, type: ChannelType, parent: unknown): Json {
  const metadata = {
    archived: false,
    locked: false,
    auto_archive_duration: 1_440,
    archive_timestamp: '2025-05-01T00:00:00Z',
  };
  return { id, name, type, parent_id: parent, thread_metadata: metadata };
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(null, createLog('silent'), retouch);
});
afterAll(() => bot.close());

const places = () => ({
  open: bot.channel('federated-learning'),
  hidden: bot.channel('workflows'),
  publicThread,
  privateThread,
  hiddenThread,
  gone,
});

beforeEach(async () => {
  granted = null;
  for (const [id, target] of Object.entries(places())) {
    await bot.store.subscriptions.save(
      {
        id,
        query: `secret-${id}`,
        categories: [],
        interests: '',
        authors: [],
        kinds: ['new'],
        minScore: 0,
        maxPapers: 5,
        perDay: null,
        target,
        style: 'digest',
        hour: null,
        quiet: null,
        zone: 'UTC',
        createdBy: null,
        createdAt: 0,
      },
      { id: target, kind: 'channel', guildId: bot.ready.guild, userId: null, state: 'active', pausedReason: null },
    );
  }
});

async function listed(who: string): Promise<string[]> {
  const [reply] = await bot.ask(who, 'subscriptions list');
  return shownIds(JSON.stringify(reply));
}

async function suggested(who: string): Promise<string[]> {
  const choices = await bot.complete(who, 'subscriptions delete', { id: '' }, 'id');
  return choices.map(({ value }) => value).toSorted();
}

function shownIds(text: string): string[] {
  return Object.keys(places())
    .filter((id) => text.includes(`secret-${id}\``))
    .toSorted();
}

const isPrivate = (message: ShownMessage | undefined) => ((message?.flags ?? 0) & 64) !== 0;
const member = Permission.ViewChannel | Permission.SendMessages;

describe('/subscriptions list and its suggestions', () => {
  it('show a member what is posted where that member looks, and nothing else', async () => {
    expect(await listed('Mika')).toEqual(['open', 'publicThread']);
    expect(await suggested('Mika')).toEqual(['open', 'publicThread']);
  });

  it('show everything to an administrator, what is gone included', async () => {
    expect(await listed('Ada')).toEqual(Object.keys(places()).toSorted());
    expect(await suggested('Ada')).toEqual(Object.keys(places()).toSorted());
  });

  it('name threads like channels', async () => {
    const choices = await bot.complete('Mika', 'subscriptions delete', { id: 'open-thread' }, 'id');
    expect(choices).toEqual([{ name: '#open-thread: secret-publicThread', value: 'publicThread' }]);
  });

  it('count what they show', async () => {
    const [reply] = await bot.ask('Mika', 'subscriptions list');
    expect(reply?.embeds[0]?.title).toBe('2 subscriptions of this server');
  });

  it('show who manages the server what is posted to channels that are gone', async () => {
    granted = member | Permission.ManageGuild;
    expect(await listed('Mika')).toEqual(['gone', 'open', 'publicThread']);
  });

  it('say so where there is nothing that the member may see', async () => {
    await bot.store.subscriptions.delete('open');
    await bot.store.subscriptions.delete('publicThread');
    const [reply] = await bot.ask('Mika', 'subscriptions list');
    expect(reply?.content).toContain('This server has no subscriptions that you can see');
  });
});

describe('/subscriptions show and /why', () => {
  it('tell a member as much as the list does', async () => {
    const [open] = await bot.ask('Mika', 'subscriptions show', { id: 'open' });
    expect(open?.embeds[0]?.title).toBe('Subscription open');
    expect(open?.components).toEqual([]);
    for (const id of ['hidden', 'privateThread', 'hiddenThread', 'gone']) {
      const [shown] = await bot.ask('Mika', 'subscriptions show', { id });
      expect(shown?.content).toContain('This server has no subscription of that id');
      const [why] = await bot.ask('Mika', 'why', { paper: '2505.10001', subscription: id });
      expect(why?.content).toContain('I know no subscription of that id that you can see');
    }
    const choices = await bot.complete('Mika', 'why', { paper: 'x', subscription: '' }, 'subscription');
    expect(choices.map(({ value }) => value).toSorted()).toEqual(['open', 'publicThread']);
  });
});

describe('/subscriptions edit', () => {
  it.each([
    ['open', '“Manage Channels”'],
    ['privateThread', 'no subscription of that id'],
    ['hidden', 'no subscription of that id'],
    ['gone', '“Manage Server”'],
  ])('opens no form of %s for who manages only the channel asked in', async (id, sentence) => {
    granted = member | Permission.ManageChannels;
    const [reply] = await bot.ask('Mika', 'subscriptions edit', { id });
    expect(reply?.content).toContain(sentence);
    expect(isPrivate(reply)).toBe(true);
  });
});

describe('/subscriptions delete', () => {
  it.each(['open', 'publicThread', 'privateThread', 'hidden', 'hiddenThread', 'gone'])(
    'keeps %s for who manages only the channel asked in',
    async (id) => {
      granted = member | Permission.ManageChannels;
      const [reply] = await bot.ask('Mika', 'subscriptions delete', { id });
      expect(await bot.store.subscriptions.get(id)).not.toBeNull();
      expect(isPrivate(reply)).toBe(true);
    },
  );

  it('does not tell of a subscription whose channel the member cannot see', async () => {
    granted = member | Permission.ManageChannels;
    const [reply] = await bot.ask('Mika', 'subscriptions delete', { id: 'hidden' });
    expect(reply?.content).toContain('no subscription of that id');
  });

  it('asks for “Manage Server” where the channel is gone', async () => {
    granted = member | Permission.ManageChannels;
    const [refusal] = await bot.ask('Mika', 'subscriptions delete', { id: 'gone' });
    expect(refusal?.content).toContain('“Manage Server”');

    granted = member | Permission.ManageGuild;
    await bot.ask('Mika', 'subscriptions delete', { id: 'gone' });
    expect(await bot.store.subscriptions.get('gone')).toBeNull();
  });

  it('ends a subscription of a thread for who manages its channel', async () => {
    await bot.ask('Ada', 'subscriptions delete', { id: 'publicThread' });
    expect(await bot.store.subscriptions.get('publicThread')).toBeNull();
  });

  it('quotes the query of another channel to the asker alone', async () => {
    const [elsewhere] = await bot.ask('Ada', 'subscriptions delete', { id: 'hidden' });
    expect(elsewhere?.content).toContain('secret-hidden');
    expect(isPrivate(elsewhere)).toBe(true);
    const [here] = await bot.ask('Ada', 'subscriptions delete', { id: 'open' }, 'federated-learning');
    expect(isPrivate(here)).toBe(false);
  });
});
