import { onTestFinished, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { botEnvironment, startBot } from '../builders/bot-process.ts';
import type { BotProcess } from '../builders/bot-process.ts';
import { expectContract } from '../builders/contract.ts';
import { startDiscord } from '../builders/discord-process.ts';
import type { DiscordProcess } from '../builders/discord-process.ts';
import { leaseHolders, verifyExactlyOnce } from '../builders/exactly-once.ts';
import { rowsOf } from '../builders/ledger.ts';
import { openPostingWorld } from '../builders/posting-world.ts';
import type { PostingWorld } from '../builders/posting-world.ts';
import { databaseKinds, emptyDatabase } from '../builders/temporary-database.ts';

type Stage = { readonly url: string; readonly discord: DiscordProcess; readonly world: PostingWorld };

async function setStage(kind: (typeof databaseKinds)[number]): Promise<Stage> {
  const discord = await startDiscord();
  onTestFinished(() => discord.stop());
  const url = await emptyDatabase(kind);
  return { url, discord, world: await openPostingWorld(url, discord) };
}

/** A bot that is gone after the test, however that ends. */
async function aBot({ url, discord }: Stage, role: 'all' | 'worker' = 'worker'): Promise<BotProcess> {
  const bot = await startBot(role, botEnvironment(url, discord));
  onTestFinished(async () => {
    bot.signal('SIGKILL');
    await bot.ended;
  });
  return bot;
}

/** Seconds until the lease of the sender is the process's. */
async function secondsUntilHeldBy(stage: Stage, bot: BotProcess): Promise<number> {
  const startedAt = performance.now();
  const isHeld = async () => (await leaseHolders(stage.url)).some((held) => held.startsWith(`worker: pid ${bot.pid} `));
  await expect.poll(isHeld, { timeout: 30_000, interval: 50 }).toBe(true);
  return Math.round((performance.now() - startedAt) / 100) / 10;
}

async function expectEachOnce({ url, discord, world }: Stage): Promise<void> {
  await expect.poll(world.pending, { timeout: 30_000 }).toBe(0);
  expect(await verifyExactlyOnce(url, discord)).toMatchObject({ faults: [], duplicates: 0, losses: 0 });
  await expectContract(discord.control);
}

function say(kind: string, what: string, seconds: number): void {
  process.stdout.write(`two senders on ${kind}: ${what} after ${seconds} s\n`);
}

/** Every request that makes a post waits so long, so that a moment of sending can be met. */
const slowly = { route: 'POST /channels/:id/messages', status: 'slow', when: 'after', count: 1_000, delayMs: 400 };

describe.each(databaseKinds)('two bots that send from one database, on %s', (kind) => {
  it('take turns: the second goes on at once where the first is killed or stopped', async () => {
    const stage = await setStage(kind);
    const first = await aBot(stage);
    const second = await aBot(stage);
    expect([first.ready.standingBy, second.ready.standingBy]).toEqual([[], ['worker']]);
    expect(second.complaints()).toMatch(/pid \d+ on .* is the worker on this database; standing by/);

    await stage.discord.order('POST', '/faults', slowly);
    await stage.world.bring(4);
    await expect
      .poll(async () => (await stage.discord.posts()).length, { timeout: 30_000, interval: 20 })
      .toBeGreaterThan(0);
    first.signal('SIGKILL');
    await first.ended;
    say(kind, 'the second took over from one that was killed', await secondsUntilHeldBy(stage, second));
    expect(second.complaints()).toMatch(/took over worker from pid \d+ .*, which has died/);
    await expectEachOnce(stage);

    const third = await aBot(stage);
    await stage.world.bring(2);
    expect((await second.stop()).code).toBe(0);
    say(kind, 'the third took over from one that stopped', await secondsUntilHeldBy(stage, third));
    await expectEachOnce(stage);
    expect((await third.stop()).code).toBe(0);
    expect(await leaseHolders(stage.url)).toEqual([]);
  }, 120_000);

  it('do not both send where the first was frozen, and comes to again', async () => {
    const stage = await setStage(kind);
    const first = await aBot(stage);
    const second = await aBot(stage);
    await stage.discord.order('POST', '/faults', slowly);
    await stage.world.bring(5);
    await expect
      .poll(async () => (await stage.discord.posts()).length, { timeout: 30_000, interval: 20 })
      .toBeGreaterThan(0);
    first.signal('SIGSTOP');
    say(kind, 'the second took over from one that was frozen', await secondsUntilHeldBy(stage, second));
    // While the second one sends.
    first.signal('SIGCONT');
    await expect.poll(first.complaints, { timeout: 20_000 }).toMatch(/another process has taken over/);
    await expectEachOnce(stage);
    await stage.world.bring(2);
    await expectEachOnce(stage);
    expect(await leaseHolders(stage.url)).toEqual([expect.stringContaining(`pid ${second.pid} `)]);
    expect((await first.health()).healthy).toBe(true);

    expect((await second.stop()).code).toBe(0);
    say(kind, 'the one that had been frozen took over again', await secondsUntilHeldBy(stage, first));
    await stage.world.bring(1);
    await expectEachOnce(stage);
    expect((await first.stop()).code).toBe(0);
  }, 120_000);

  it('that are started whole answer a command once, and post once', async () => {
    const stage = await setStage(kind);
    const first = await aBot(stage, 'all');
    const second = await aBot(stage, 'all');
    expect([first.ready.standingBy, second.ready.standingBy]).toEqual([[], ['gateway', 'worker']]);
    expect(second.complaints()).toMatch(
      /is the gateway on this database; standing by[\s\S]*is the worker on this database; standing by/,
    );
    const help = async () => {
      const asked = { user: 'Ada', channel: 'general', command: 'help', options: {} };
      const answer = await stage.discord.order('POST', '/interactions', asked);
      return z.object({ ackMs: z.number(), replies: z.array(z.unknown()) }).parse(answer).replies.length;
    };
    expect(await help()).toBe(1);
    await stage.world.bring(2);
    await expectEachOnceBesides(stage);

    first.signal('SIGKILL');
    await first.ended;
    await secondsUntilHeldBy(stage, second);
    await expect.poll(async () => (await second.health()).discord, { timeout: 30_000 }).toBe('connected');
    expect(await help()).toBe(1);
    await stage.world.bring(2);
    await expectEachOnceBesides(stage);
    expect((await second.stop()).code).toBe(0);
    expect(await leaseHolders(stage.url)).toEqual([]);
  }, 120_000);
});

describe.each(databaseKinds)('a bot on %s that is told to stop while it sends', (kind) => {
  it('finishes what it has in hand, leaves its lease, and is gone within ten seconds', async () => {
    const stage = await setStage(kind);
    const bot = await aBot(stage);
    await stage.discord.order('POST', '/faults', { ...slowly, delayMs: 1_500 });
    await stage.world.bring(3);
    await expect
      .poll(async () => (await stage.discord.posts()).length, { timeout: 30_000, interval: 20 })
      .toBeGreaterThan(0);
    const { code, milliseconds } = await bot.stop();
    expect([code, milliseconds < 10_000]).toEqual([0, true]);
    expect(await leaseHolders(stage.url)).toEqual([]);
    expect(await rowsOf(stage.url, "select id from deliveries where state in ('sending', 'uncertain')")).toEqual([]);
    await stage.discord.order('DELETE', '/faults');
    const next = await aBot(stage);
    await expectEachOnce(stage);
    await next.stop();
  }, 60_000);

  it('is gone within ten seconds where Discord does not answer, and the next one doubles nothing', async () => {
    const stage = await setStage(kind);
    const bot = await aBot(stage);
    await stage.discord.order('POST', '/faults', { ...slowly, delayMs: 60_000, count: 3 });
    await stage.world.bring(2);
    await expect.poll(async () => (await stage.discord.posts()).length, { timeout: 30_000, interval: 20 }).toBe(3);
    const { code, milliseconds } = await bot.stop();
    expect([code, milliseconds < 10_000]).toEqual([0, true]);
    expect(await leaseHolders(stage.url)).toEqual([]);
    const next = await aBot(stage);
    await expectEachOnce(stage);
    await next.stop();
  }, 60_000);
});

/** As `expectEachOnce`, where answers to commands are among the messages. */
async function expectEachOnceBesides({ url, discord, world }: Stage): Promise<void> {
  await expect.poll(world.pending, { timeout: 30_000 }).toBe(0);
  const verdict = await verifyExactlyOnce(url, discord);
  expect([verdict.duplicates, verdict.losses]).toEqual([0, 0]);
  await expectContract(discord.control);
}
