import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openBrowser } from '../builders/browser.ts';
import { checkedSoFar, hasContract } from '../builders/contract.ts';
import { environmentFor, paperboy, startPaperboy, temporaryFolder } from '../builders/paperboy.ts';
import type { Running } from '../builders/paperboy.ts';

const messagesSchema = z.array(
  z.object({ embeds: z.array(z.object({ description: z.string().optional() })), components: z.array(z.unknown()) }),
);
const readySchema = z.object({
  page: z.string(),
  health: z.string(),
  sandbox: z.object({
    api: z.string(),
    token: z.string(),
    channels: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});

const folder = temporaryFolder();
const env = environmentFor(folder);
/** What the seed brings to the example subscriptions, by channel: papers for cards, messages for digests. */
const expectedPosts = { general: 0, 'llm-serving': 4, 'federated-learning': 3, 'distributed-systems': 1, workflows: 2 };

let browser: Browser;
let bot: Running;

beforeAll(async () => {
  browser = await openBrowser();
  bot = await startPaperboy(['start'], env);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await bot?.stop();
});

function ready() {
  return readySchema.parse(bot.ready);
}

async function messagesOf(name: string): Promise<z.infer<typeof messagesSchema>> {
  const { api, token, channels } = ready().sandbox;
  const id = channels.find((channel) => channel.name === name)?.id;
  const answer = await fetch(`${api}/v10/channels/${id}/messages?limit=100`, {
    headers: { authorization: `Bot ${token}` },
  });
  return messagesSchema.parse(await answer.json());
}

async function postCounts(): Promise<Record<string, number>> {
  const counts = await Promise.all(
    Object.keys(expectedPosts).map(async (name) => [name, (await messagesOf(name)).length] as const),
  );
  return Object.fromEntries(counts);
}

async function openPage(options: { width?: number; height?: number } = {}): Promise<Page> {
  const viewport = { width: options.width ?? 1280, height: options.height ?? 860 };
  const page = await browser.newPage({ viewport, colorScheme: 'dark' });
  await page.goto(ready().page);
  return page;
}

async function openChannel(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByText(name, { exact: true }).first().click();
}

async function type(page: Page, line: string): Promise<void> {
  await page.getByRole('textbox').fill('');
  await page.getByRole('textbox').pressSequentially(line);
  await page.keyboard.press('Enter');
}

describe('npm start', () => {
  it('posts the papers of the seed to the channels that asked for them', async () => {
    await expect.poll(postCounts, { timeout: 20_000 }).toEqual(expectedPosts);
    const [post] = await messagesOf('federated-learning');
    expect(post?.embeds[0]?.description).toMatch(/Why: .*\*\*federated learning\*\*/);
    expect(post?.components).not.toEqual([]);
  });

  it('shows them on the page, with buttons that answer', async () => {
    const page = await openPage();
    await openChannel(page, 'federated-learning');
    const log = page.getByRole('log');
    await log.getByText('Multimodal Online Federated Learning').first().waitFor();
    await log.getByRole('button', { name: 'Abstract' }).last().click();
    await log.getByText('Only you can see this').waitFor();
    // The answer is deferred: its text comes after its place.
    await expect.poll(() => log.getByText('Internet of Things (IoT) ecosystem').count()).toBeGreaterThan(1);
    if (process.env['PAPERBOY_SCREENSHOT']) {
      await page.reload();
      await openChannel(page, 'llm-serving');
      await log.getByText('Recursive Offloading').first().waitFor();
      await page.screenshot({ path: 'docs/page.png' });
    }
    await page.close();
  });

  it('answers /search typed on the page', async () => {
    const page = await openPage();
    await openChannel(page, 'general');
    await type(page, '/search federated');
    const answer = page.getByRole('article').last();
    await answer.getByText('Search: federated').waitFor();
    await answer.getByText('Multimodal Online').first().waitFor();
    expect(await answer.getByRole('button', { name: /^\d$/ }).allInnerTexts()).toEqual(['1', '2', '3']);
    await page.close();
  });

  it('shows a new post live when another process ingests a listing', async () => {
    const page = await openPage();
    await openChannel(page, 'general');
    await type(page, '/subscribe query: biclique');
    await page.getByText('would have brought').waitFor();
    const papers = join(folder, 'next-day.txt');
    await writeNextDay(papers);
    const ingested = await paperboy(['ingest', papers], { env });
    expect([ingested.code, ingested.stderr]).toEqual([0, '']);
    expect(JSON.parse(ingested.stdout)).toMatchObject({ date: '2025-05-26', matches: 1, deliveries: 1 });
    await page.getByText('Counting Bicliques').first().waitFor();
    await page.close();
  });

  it('is healthy', async () => {
    const answer = await fetch(ready().health);
    const deliveries = { pending: 0, due: 0, sent: expect.any(Number), dead: 0 };
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { healthy: true, discord: 'connected', database: 'open', deliveries },
    ]);
  });

  it('finishes and leaves when Ctrl+C reaches it and everything it started', async () => {
    const other = await startPaperboy(['start'], environmentFor(temporaryFolder()));
    expect(await other.interrupt()).toBe(0);
  });

  it('says that a port is taken, and ends with 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stderr } = await paperboy(['start'], {
      env: environmentFor(temporaryFolder(), { PORT: String(port) }),
    });
    server.close();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^[^\\n]*${port}[^\\n]* is taken[^\\n]*\\n$`)),
    ]);
  });

  it('says that a token is refused, and ends with 1', async () => {
    const wrong = { DISCORD_TOKEN: 'wrong', DISCORD_API_URL: ready().sandbox.api };
    const { code, stderr } = await paperboy(['start'], { env: environmentFor(temporaryFolder(), wrong) });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^[^\n]*DISCORD_TOKEN was refused[^\n]*\n$/)]);
  });

  it('posts nothing again after a restart, or after it was killed', async () => {
    const before = await postCounts();
    expect(await bot.stop()).toBe(0);
    await startAndTick();
    expect(await postCounts()).toEqual(before);
    await bot.stop('SIGKILL');
    await startAndTick();
    expect(await postCounts()).toEqual(before);
  }, 60_000);

  it.skipIf(!hasContract)('was held against Discord’s contract all the while', async () => {
    await bot.stop();
    // 155 of each on 22 November 2026; how often `postCounts` polls differs.
    const { requests, answers } = checkedSoFar();
    expect(requests).toBeGreaterThan(50);
    expect(answers).toBeGreaterThan(50);
  });
});

/** Starts the bot again, and waits until it has looked for what is due and sent it. */
async function startAndTick(): Promise<void> {
  const ticked = await demoClock();
  bot = await startPaperboy(['start'], env);
  await expect.poll(demoClock, { timeout: 20_000 }).toBeGreaterThan(ticked);
  const delivered = await paperboy(['deliver', '--once'], {
    env: { ...env, DISCORD_TOKEN: ready().sandbox.token, DISCORD_API_URL: ready().sandbox.api },
  });
  // The bot that runs is the sender: what is due is its own to post.
  const standsBy = expect.stringMatching(/^[^\n]* is the worker on this database; standing by[^\n]*\n$/);
  expect(delivered).toEqual({ code: 0, stdout: '', stderr: standsBy });
}

/** Where the demo's clock stood at the end of its last tick. */
async function demoClock(): Promise<number> {
  const store = await openStore(env['DATABASE_URL'] ?? '', { log: createLog('silent') });
  const clock = await store.settings.get('demo.clock');
  await store.close();
  return Number(clock);
}

async function writeNextDay(path: string): Promise<void> {
  await writeFile(
    path,
    [
      'Distributed, Parallel, and Cluster Computing',
      'See recent articles',
      'Showing new listings for Monday, 26 May 2025',
      '- [1] arXiv:2505.17001 [pdf, html, other]',
      '-',
      'Title: Counting Bicliques in StreamsComments: 9 pagesSubjects: Distributed, Parallel, and Cluster Computing (cs.DC)',
      'We count every biclique of a graph that arrives edge by edge.',
      'New submissions (showing 1 of 1 entries)',
      '',
    ].join('\n'),
  );
}
