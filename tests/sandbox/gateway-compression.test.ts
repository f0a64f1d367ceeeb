import { constants, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openGateway, runSandbox } from './running-sandbox.ts';

/** Frames as they come, with whether each is binary. */
function frames(gateway: ReturnType<typeof openGateway>) {
  const queue: { bytes: Buffer; isBinary: boolean }[] = [];
  const takers: (() => void)[] = [];
  gateway.socket.on('message', (bytes: Buffer, isBinary) => {
    queue.push({ bytes, isBinary });
    for (const taker of takers.splice(0)) taker();
  });
  return {
    queue,
    async atLeast(count: number): Promise<void> {
      while (queue.length < count) await new Promise<void>((resolve) => takers.push(resolve));
    },
  };
}

describe('compression', () => {
  it('zlib-stream: one stream for the connection, flushed after each payload', async () => {
    const sandbox = await runSandbox();
    const gateway = openGateway(sandbox, 'v=10&encoding=json&compress=zlib-stream');
    const { queue, atLeast } = frames(gateway);
    await atLeast(1);
    gateway.identify();
    await atLeast(3);
    expect(queue.every(({ isBinary }) => isBinary)).toBe(true);
    const ends = queue.map(({ bytes }) => bytes.subarray(-4).toString('hex'));
    expect(ends).toEqual(['0000ffff', '0000ffff', '0000ffff']);
    // Each further payload can be read only by who has inflated those before it.
    let text = '';
    const payloads = queue.map((_, index) => {
      const stream = Buffer.concat(queue.slice(0, index + 1).map(({ bytes }) => bytes));
      const whole = inflateSync(stream, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
      const own = whole.slice(text.length);
      text = whole;
      return JSON.parse(own);
    });
    expect(payloads).toMatchObject([{ op: 10 }, { t: 'READY', s: 1 }, { t: 'GUILD_CREATE', s: 2 }]);
    expect(() => inflateSync(queue[1]?.bytes ?? '')).toThrow('incorrect header check');
  });

  it('of payloads: long ones by themselves, short ones not', async () => {
    const sandbox = await runSandbox();
    const gateway = openGateway(sandbox);
    const { queue, atLeast } = frames(gateway);
    await atLeast(1);
    gateway.identify({ compress: true });
    await atLeast(3);
    gateway.send({ op: 1, d: 2 });
    await atLeast(4);
    const [, , create, ack] = queue;
    expect([create?.isBinary, ack?.isBinary]).toEqual([true, false]);
    expect(JSON.parse(inflateSync(create?.bytes ?? '').toString('utf8'))).toMatchObject({ t: 'GUILD_CREATE', s: 2 });
  });

  it.each(['v=10&encoding=etf', 'v=10&encoding=json&compress=zstd-stream'])(
    'closes on %s, which it cannot',
    async (query) => {
      const sandbox = await runSandbox();
      expect(await openGateway(sandbox, query).closed).toBe(4002);
    },
  );
});
