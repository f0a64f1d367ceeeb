import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { botEnvironment, startBot } from '../builders/bot-process.ts';
import type { BotProcess } from '../builders/bot-process.ts';
import { expectContract } from '../builders/contract.ts';
import { standBefore } from '../builders/discord-front.ts';
import { startDiscord } from '../builders/discord-process.ts';
import type { DiscordProcess } from '../builders/discord-process.ts';
import { openDoor } from '../builders/door.ts';
import { verifyExactlyOnce } from '../builders/exactly-once.ts';
import { openPostingWorld } from '../builders/posting-world.ts';
import type { PostingWorld } from '../builders/posting-world.ts';
import { emptyDatabase, temporaryDatabase, temporaryFolder } from '../builders/temporary-database.ts';

type Stage = { discord: DiscordProcess; readonly url: string; readonly world: PostingWorld; readonly bot: BotProcess };

type Setting = {
  readonly url?: string;
  readonly discord?: DiscordProcess;
  readonly role?: 'all' | 'worker';
  /** What the bot is told in place of the addresses that are true. */
  readonly environment?: (discord: DiscordProcess) => Promise<Record<string, string>>;
};

/** A local Discord, a database with wishes in it, and a bot that works. */
async function setStage({ role = 'worker', environment, ...given }: Setting = {}): Promise<Stage> {
  const discord = given.discord ?? (await startDiscord());
  const url = given.url ?? (await temporaryDatabase('sqlite'));
  const world = await openPostingWorld(url, discord);
  const bot = await startBot(role, botEnvironment(url, discord, await environment?.(discord)));
  const stage = { discord, url, world, bot };
  onTestFinished(async () => {
    bot.signal('SIGKILL');
    await bot.ended;
    await stage.discord.stop();
  });
  return stage;
}

const posts = 'POST /channels/:id/messages';

function postsIn({ discord }: Stage, channel: string): string {
  return `POST /channels/${discord.channel(channel)}/messages`;
}

function order(stage: Stage, fault: object): Promise<unknown> {
  return stage.discord.order('POST', '/faults', { route: posts, ...fault });
}

/** How things stand once the bot that was started at first has brought everything by itself. */
async function recovery({ discord, url, world, bot }: Stage) {
  await expect.poll(world.pending, { timeout: 60_000 }).toBe(0);
  const { faults, duplicates, losses } = await verifyExactlyOnce(url, discord);
  return { faults, duplicates, losses, healthy: bot.isAlive() && (await bot.health()).healthy };
}

/** Everything came once. */
const recovered = { faults: [], duplicates: 0, losses: 0, healthy: true };

/** No fault is left that was ordered. */
async function expectAllMet({ discord }: Stage): Promise<void> {
  expect(await discord.order('GET', '/faults')).toEqual({ faults: [] });
}

/** At the end of a test: it was polite through all of it, and leaves in peace. */
async function expectPoliteEnd({ discord, bot }: Stage): Promise<void> {
  await expectContract(discord.control);
  expect((await bot.stop()).code).toBe(0);
}

describe('a bot whose Discord', () => {
  it('fails before and after the effect, is slow, cuts connections or never answers, posts everything once', async () => {
    const stage = await setStage();
    const meets = (channel: string, when: 'before' | 'after', status: number | string) =>
      order(stage, { route: postsIn(stage, channel), when, status });
    // Two channels wait for an answer that never comes, while the third meets what comes at once.
    await meets('general', 'before', 'timeout');
    await meets('general', 'after', 500);
    await meets('workflows', 'after', 'timeout');
    await meets('workflows', 'after', 'reset');
    await meets('llm-serving', 'before', 503);
    await meets('llm-serving', 'before', 'reset');
    await meets('llm-serving', 'after', 502);
    await order(stage, { status: 'slow', when: 'after', delayMs: 1_000, count: 3 });
    await stage.world.bring(6);
    expect(await recovery(stage)).toEqual(recovered);
    await expectAllMet(stage);
    await expectPoliteEnd(stage);
  }, 90_000);

  it('asks it to wait, as a channel, as a bot or as everybody, waits and posts everything once', async () => {
    const stage = await setStage();
    for (const scope of ['shared', 'user', 'global'])
      await order(stage, { status: 429, scope, retryAfter: 0.7, count: 2 });
    await stage.world.bring(3);
    expect(await recovery(stage)).toEqual(recovered);
    await expectAllMet(stage);
    await expectPoliteEnd(stage);
  }, 60_000);

  it('stands behind somebody who refuses with a page, posts everything once', async () => {
    const discord = await startDiscord();
    const front = await standBefore(discord.api);
    onTestFinished(() => front.close());
    const stage = await setStage({ discord, environment: () => Promise.resolve({ DISCORD_API_URL: front.api }) });
    front.refuse(403, 2);
    front.refuse(429, 2);
    await stage.world.bring(2);
    expect(await recovery(stage)).toEqual(recovered);
    await expectPoliteEnd(stage);
  }, 60_000);

  it('closes the gateway in every manner, posts on and answers again', async () => {
    const stage = await setStage({ role: 'all' });
    for (const close of ['reconnect', 'invalid-resumable', 4_000, 'cut', 'invalid']) {
      await stage.discord.order('POST', '/gateway', { close });
      await stage.world.bring(1);
      await expect.poll(async () => (await stage.bot.health()).discord, { timeout: 20_000 }).toBe('connected');
    }
    await stage.discord.order('POST', '/gateway', { close: 'half-open' });
    await stage.world.bring(1);
    await expect.poll(stage.world.pending, { timeout: 20_000 }).toBe(0);
    await stage.discord.order('POST', '/gateway', { close: 'cut' });
    const isHeard = async () =>
      z.object({ isBotConnected: z.boolean() }).parse(await stage.discord.order('GET', '/state')).isBotConnected;
    await expect.poll(isHeard, { timeout: 20_000 }).toBe(true);
    expect(await recovery(stage)).toEqual(recovered);
    const asked = { user: 'Ada', channel: 'general', command: 'help', options: {} };
    expect(await stage.discord.order('POST', '/interactions', asked)).toMatchObject({ replies: [{}] });
    await expectPoliteEnd(stage);
  }, 90_000);

  it('is away for a while, posts everything once when it is back', async () => {
    const stateFile = join(temporaryFolder(), 'discord.db');
    const stage = await setStage({ discord: await startDiscord({ stateFile }), role: 'all' });
    await stage.world.bring(2);
    await expect
      .poll(async () => (await stage.discord.posts()).length, { timeout: 30_000, interval: 20 })
      .toBeGreaterThan(0);
    await stage.discord.stop();
    await stage.world.bring(2);
    await sleep(3_000);
    stage.discord = await startDiscord({ stateFile, port: stage.discord.port });
    await expect.poll(async () => (await stage.bot.health()).discord, { timeout: 40_000 }).toBe('connected');
    expect(await recovery(stage)).toEqual(recovered);
    await expectPoliteEnd(stage);
  }, 90_000);

  it('refuses the token in the middle of it, says so and ends with 1', async () => {
    const stage = await setStage({ role: 'all' });
    await stage.world.bring(1);
    await expect.poll(stage.world.pending, { timeout: 20_000 }).toBe(0);
    await stage.discord.order('POST', '/faults', { route: '* *', status: 401, count: 1_000 });
    await stage.world.bring(3);
    expect(await stage.bot.ended).toEqual({ code: 1, signal: null });
    expect(stage.bot.complaints().trimEnd().split('\n').at(-1)).toMatch(
      /^discord: the token in DISCORD_TOKEN was refused \(401\)\. .*$/,
    );
    // Nobody asked again and again.
    const log = z.array(z.object({ status: z.number().nullable() })).parse(await stage.discord.order('GET', '/log'));
    expect(log.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(3);
    // With a good token it goes on where it stopped.
    await stage.discord.order('DELETE', '/faults');
    const next = await startBot('worker', botEnvironment(stage.url, stage.discord));
    expect(await recovery({ ...stage, bot: next })).toEqual(recovered);
    expect((await next.stop()).code).toBe(0);
  }, 60_000);
});

describe('a bot whose database', () => {
  it('is locked by another process for seconds, posts everything once', async () => {
    const stage = await setStage();
    await order(stage, { status: 'slow', when: 'after', delayMs: 300, count: 10 });
    await stage.world.bring(4);
    await expect
      .poll(async () => (await stage.discord.posts()).length, { timeout: 30_000, interval: 20 })
      .toBeGreaterThan(0);
    const other = new DatabaseSync(stage.url.replace('sqlite:', ''), { timeout: 10_000 });
    other.exec('begin exclusive');
    await sleep(8_000);
    other.exec('rollback');
    other.close();
    expect(await recovery(stage)).toEqual(recovered);
    await expectPoliteEnd(stage);
  }, 60_000);

  it('is a PostgreSQL that ends connections and is away for a while, posts everything once', async () => {
    const url = await emptyDatabase('postgres');
    const address = new URL(url);
    const door = await openDoor({ host: address.hostname, port: Number(address.port) });
    onTestFinished(() => door.shut());
    address.port = String(door.port);
    const stage = await setStage({ url, environment: () => Promise.resolve({ DATABASE_URL: address.href }) });
    await order(stage, { status: 'slow', when: 'after', delayMs: 300, count: 100 });
    await stage.world.bring(4);
    for (const awayMs of [0, 0, 3_000]) {
      const before = (await stage.discord.posts()).length;
      await expect
        .poll(async () => (await stage.discord.posts()).length, { timeout: 20_000, interval: 20 })
        .toBeGreaterThan(before);
      await door.shut();
      await sleep(awayMs);
      await door.open();
    }
    expect(await recovery(stage)).toEqual(recovered);
    await expectPoliteEnd(stage);
  }, 90_000);

  it('is on a disk that is full for a while, posts everything once', async ({ skip }) => {
    const folder = temporaryFolder();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
    skip(mounted.status !== 0, 'this user may not mount a small disk (tmpfs): nothing is known of a full one');
    onTestFinished(() => void spawnSync('umount', ['-l', folder]));
    const stage = await setStage({ url: `sqlite:${join(folder, 'paperboy.db')}` });
    await order(stage, { status: 'slow', when: 'after', delayMs: 300, count: 100 });
    await stage.world.bring(8);
    await expect
      .poll(async () => (await stage.discord.posts()).length, { timeout: 30_000, interval: 20 })
      .toBeGreaterThan(0);
    const ballast = join(folder, 'ballast');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    await expect.poll(stage.bot.complaints, { timeout: 30_000 }).toMatch(/the disk is full: free some space/);
    await sleep(2_000);
    rmSync(ballast);
    expect(await recovery(stage)).toEqual(recovered);
    await expectPoliteEnd(stage);
  }, 90_000);
});
