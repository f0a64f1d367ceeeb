import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareCommands, registerCommands } from '../../src/discord/registration.ts';
import { startBot } from './start-bot.ts';
import type { Bot } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(null);
});
afterAll(() => bot.close());

describe('createRoutes', () => {
  it('gives commands that Discord takes', () => {
    const added = ['alert', 'help', 'paper', 'preview', 'search', 'subscribe', 'subscriptions', 'why'];
    expect(bot.registered).toEqual(added.map((name) => ({ name, change: 'added' })));
  });

  it('gives the same commands at every start, so that nothing is registered again', async () => {
    expect(await compareCommands(bot.rest, bot.applicationId, bot.data)).toEqual([]);
    const before = await overwrites();
    await registerCommands(bot.rest, bot.applicationId, bot.data);
    expect(await overwrites()).toBe(before);
  });

  it('stays within the 8,000 characters of a command', () => {
    const sizes = bot.data.map((command) => texts(command).join('').length);
    expect(Math.max(...sizes)).toBeLessThan(8_000);
  });

  it('answers before any listing was read', async () => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'gpu' });
    expect(reply?.embeds[0]?.title).toBe('No listing yet');
    const [none] = await bot.ask('Ada', 'search', { query: 'gpu' });
    expect(none?.embeds[0]?.description).toMatch(/^No listing yet/);
  });
});

async function overwrites(): Promise<number> {
  const log = await (await fetch(`${bot.ready.control}/log`)).text();
  return log.split('PUT /applications').length;
}

/** The names, descriptions and values of a command, which Discord counts together. */
function texts(node: object): string[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return ['name', 'description', 'value'].includes(key) ? [value] : [];
    return typeof value === 'object' && value !== null ? texts(value) : [];
  });
}
