import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openKnowledge } from '../../src/app/open-knowledge.ts';
import { holderName } from '../../src/app/this-process.ts';
import type { Store } from '../../src/domain/ports.ts';
import { createLog } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';
import { environmentFor, paperboy, temporaryFolder } from '../builders/paperboy.ts';
import { runSandbox } from '../sandbox/running-sandbox.ts';

const log = createLog('silent');

function lines(text: string): unknown[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

/** A local Discord, and a database in which two posts wait for its channel `general`. */
async function twoPosts() {
  const discord = await runSandbox();
  const { token, api } = discord.ready;
  const env = environmentFor(temporaryFolder(), { DISCORD_TOKEN: token, DISCORD_API_URL: api });
  const store = await openStore(env['DATABASE_URL'] ?? '', { log });
  onTestFinished(() => store.close());
  const target = discord.general;
  await store.subscriptions.save(aSubscription({ id: 's', target, query: 'gossip' }), aTarget({ id: target }));
  const entries = ['1', '2'].map((id) => anEntry({ id: `2505.0000${id}`, title: `Gossip ${id}` }));
  await announce(aListing(entries), null, {
    store,
    knowledge: openKnowledge(store),
    clock: Date,
    log,
    announcedAtMs: Date.now,
    isHoliday: () => false,
  });
  return {
    env,
    store,
    target,
    deliver: (args: readonly string[], onLog: (stderr: string) => void = () => {}) =>
      paperboy(['deliver', ...args], { env, onLog }),
    posts: async () => {
      const { body } = await discord.api<unknown[]>('GET', `/channels/${target}/messages`);
      return body.length;
    },
  };
}

/** Gives up the two posts: their ids. */
async function giveUp(store: Store): Promise<string[]> {
  const sender = 'the test';
  await store.leases.take('worker', null, sender);
  const ids: string[] = [];
  for (let post = 1; post <= 2; post++) {
    const [claimed] = await store.deliveries.claim({ sender, nowMs: Date.now(), limit: 1 });
    await store.deliveries.settle(
      sender,
      claimed?.id ?? '',
      { kind: 'dead', reason: `refused ${post}` },
      Date.now() + post,
    );
    ids.push(claimed?.id ?? '');
  }
  await store.leases.release('worker', sender);
  return ids;
}

/** The name of a holder whose process has ended. */
async function deadHolder(): Promise<string> {
  const child = spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return holderName().replace(`pid ${process.pid} on `, `pid ${child.pid} on `);
}

describe('paperboy deliver --once', () => {
  it('sends what is due and prints what came of each, then leaves the role to others', async () => {
    const { deliver, posts, store, target } = await twoPosts();
    const { code, stdout, stderr } = await deliver(['--once']);
    const sent = { delivery: expect.any(String), outcome: 'sent', channel: target, message: expect.any(String) };
    expect([code, stderr, lines(stdout)]).toEqual([0, '', [sent, sent]]);
    expect(await posts()).toBe(2);
    expect(await store.leases.get('worker')).toMatchObject({ holder: null });
    expect(await deliver(['--once'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('takes over from a holder that died, at once, and finishes what that had in hand', async () => {
    const { deliver, posts, store } = await twoPosts();
    const dead = await deadHolder();
    await store.leases.take('worker', null, dead);
    await store.deliveries.claim({ sender: dead, nowMs: Date.now(), limit: 1 });
    const { code, stdout, stderr } = await deliver(['--once']);
    expect([code, lines(stdout).length, await posts()]).toEqual([0, 2, 2]);
    expect(stderr).toContain('which has died');
  });

  it('waits, beside a holder that lives, until that one has drained what is due', async () => {
    const { deliver, posts, store } = await twoPosts();
    const living = holderName();
    await store.leases.take('worker', null, living);
    const beats = setInterval(() => void store.leases.beat('worker', living), 1_000);
    onTestFinished(() => clearInterval(beats));
    const standsBy = Promise.withResolvers<void>();
    let isOver = false;
    const waiting = deliver(['--once'], (stderr) => {
      if (stderr.includes('standing by')) standsBy.resolve();
    }).finally(() => (isOver = true));
    await Promise.race([standsBy.promise, waiting]);
    for (let post = 1; post <= 2; post++) {
      expect(isOver).toBe(false);
      const [claimed] = await store.deliveries.claim({ sender: living, nowMs: Date.now(), limit: 1 });
      await store.deliveries.settle(living, claimed?.id ?? '', { kind: 'sent', messageId: `${post}` }, Date.now());
    }
    expect(await waiting).toMatchObject({ code: 0, stdout: '' });
    expect(await posts()).toBe(0);
    expect(await store.leases.get('worker')).toMatchObject({ holder: living });
  });
});

describe('paperboy deliver --dead', () => {
  it('lists what was given up, latest first, and why', async () => {
    const { deliver, store, target } = await twoPosts();
    expect(await deliver(['--dead'])).toMatchObject({ code: 0, stdout: '' });
    const [first, second] = await giveUp(store);
    const { code, stdout } = await deliver(['--dead']);
    expect([code, lines(stdout)]).toEqual([
      0,
      [
        { delivery: second, outcome: 'dead', channel: target, papers: ['2505.00002'], reason: 'refused 2' },
        { delivery: first, outcome: 'dead', channel: target, papers: ['2505.00001'], reason: 'refused 1' },
      ],
    ]);
  });
});

describe('paperboy deliver --retry', () => {
  it('puts back those that are named, and says which were not given up', async () => {
    const { deliver, store } = await twoPosts();
    const [first = '', second = ''] = await giveUp(store);
    const { code, stdout, stderr } = await deliver(['--retry', second, 'unknown']);
    expect([code, lines(stdout)]).toEqual([1, [expect.objectContaining({ delivery: second, outcome: 'queued' })]]);
    expect(stderr).toBe('deliver: unknown is no delivery that was given up; `deliver --dead` lists those there are\n');
    expect(await store.deliveries.dead(9)).toMatchObject([{ id: first }]);
  });

  it('puts back all where none is named, and sends them with --once', async () => {
    const { deliver, store, posts } = await twoPosts();
    await giveUp(store);
    const { code, stdout } = await deliver(['--retry', '--once']);
    expect(code).toBe(0);
    expect(lines(stdout)).toMatchObject(['queued', 'queued', 'sent', 'sent'].map((outcome) => ({ outcome })));
    expect(await posts()).toBe(2);
  });
});

describe('paperboy deliver', () => {
  it.each([[[]], [['--dead', '--once']], [['--once', 'an-id']], [['an-id']]])(
    'ends with 2 on wrong usage: %j',
    async (args) => {
      const { code, stdout, stderr } = await paperboy(['deliver', ...args]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^error: /);
    },
  );
});
