import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, describe, onTestFinished } from 'vitest';
import { z } from 'zod';
import { syntheticGuilds } from '../../src/sandbox/world.ts';
import { environmentFor, paperboy, startPaperboy, temporaryFolder } from '../builders/paperboy.ts';

const sandboxSchema = z.object({ api: z.string(), token: z.string(), control: z.string() });
const limitsSchema = z.object({ mode: z.string(), invalidRequests: z.object({ count: z.int() }) });
const messagesSchema = z.array(z.object({ embeds: z.array(z.object({ url: z.string().optional() })) }));

/** Channels with one message each, and some with more than a channel takes in five seconds. */
const quick = { count: 195, papers: 1 };
const full = { count: 5, papers: 7 };

async function read(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

describe('a morning under the limits of the real Discord', () => {
  it('brings every post of 200 channels once, and no request is refused', async () => {
    const folder = temporaryFolder();
    const guilds = syntheticGuilds(quick.count + full.count);
    const env = environmentFor(folder);
    const sandbox = await startPaperboy(
      ['sandbox', '--port', '0', '--limits', 'real', '--guilds', String(guilds.length)],
      env,
    );
    onTestFinished(async () => void (await sandbox.stop()));
    const { api, token, control } = sandboxSchema.parse(sandbox.ready);
    const subscriptions = guilds.map(({ id, channels }, at) => ({
      guild: id,
      channel: channels[0]?.id ?? '',
      categories: ['cs.DC'],
      maxPapers: at < full.count ? full.papers : quick.papers,
    }));
    const file = join(folder, 'subscriptions.json');
    await writeFile(file, JSON.stringify(subscriptions));
    expect(await paperboy(['subscriptions', 'import', file], { env })).toMatchObject({ code: 0 });
    const ingested = await paperboy(['ingest', 'seeds/cs.DC-2025-05-23.txt'], { env });
    const queued = quick.count * quick.papers + full.count * full.papers;
    expect(JSON.parse(ingested.stdout)).toMatchObject({ deliveries: queued });

    const delivered = await paperboy(['deliver', '--once'], {
      env: { ...env, DISCORD_TOKEN: token, DISCORD_API_URL: api },
    });

    expect(delivered).toMatchObject({ code: 0, stderr: '' });
    const limits = limitsSchema.parse(await read(`${control}/limits`));
    expect(limits).toMatchObject({ mode: 'real', invalidRequests: { count: 0 } });
    const perChannel = await Promise.all(
      subscriptions.map(async ({ channel, maxPapers }) => {
        const messages = messagesSchema.parse(await read(`${control}/channels/${channel}/messages`));
        return {
          maxPapers,
          messages: messages.length,
          papers: new Set(messages.map((one) => one.embeds[0]?.url)).size,
        };
      }),
    );
    expect(
      perChannel.filter(({ maxPapers, messages, papers }) => messages !== maxPapers || papers !== maxPapers),
    ).toEqual([]);
    // One attempt each: a limit was waited for, and not run into.
    expect(delivered.stdout.trim().split('\n')).toHaveLength(queued);
  }, 60_000);
});
