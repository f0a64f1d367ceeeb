import { afterEach, describe, expect, it } from 'vitest';
import { createRest, requestsOf } from '../../src/discord/rest.ts';
import { nonceOf, sendMessage } from '../../src/discord/send.ts';
import { startLocalApi } from './local-api.ts';
import type { LocalAnswer } from './local-api.ts';

const nowMs = Date.UTC(2025, 4, 23);
const message = {
  channelId: '1325752629315043397',
  body: { content: '@everyone' },
  deliveryId: 'd1',
  attempts: 0,
  firstTriedAt: null as number | null,
};
const deps = { nowMs: () => nowMs, fromReal: (realMs: number) => realMs, random: () => 0 };

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function sendTo(answer: LocalAnswer, changes: Partial<typeof message> = {}) {
  const api = await startLocalApi(() => answer);
  close = api.close;
  const rest = createRest({ apiUrl: api.apiUrl, token: 'token' });
  return {
    outcome: await sendMessage(requestsOf(rest), { ...message, ...changes }, deps),
    requests: api.requests,
    rest,
  };
}

describe('nonceOf', () => {
  it('is 24 characters, the same for a delivery and another for another one', () => {
    expect(nonceOf('d1')).toMatch(/^[\w-]{24}$/);
    expect(nonceOf('d1')).toBe(nonceOf('d1'));
    expect(nonceOf('d1')).not.toBe(nonceOf('d2'));
  });
});

describe('sendMessage', () => {
  it('posts once, with an enforced nonce and without pinging anybody', async () => {
    const { outcome, requests } = await sendTo({ status: 200, json: { id: '42' } });
    expect(outcome).toEqual({ kind: 'sent', messageId: '42', laneOpensAtMs: null });
    expect(requests).toEqual([
      {
        method: 'POST',
        path: '/api/v10/channels/1325752629315043397/messages',
        body: { content: '@everyone', allowed_mentions: { parse: [] }, nonce: nonceOf('d1'), enforce_nonce: true },
      },
    ]);
  });

  it('says until when Discord takes no other message there', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '4.5' };
    const { outcome } = await sendTo({ status: 200, json: { id: '42' }, headers });
    expect(outcome).toEqual({ kind: 'sent', messageId: '42', laneOpensAtMs: nowMs + 4_550 });
  });

  it('tries later when something else than Discord answers, for it may have arrived', async () => {
    const { outcome } = await sendTo({ status: 200, html: '<h1>Please log in</h1>' });
    expect(outcome).toMatchObject({ kind: 'retry', mayHaveArrived: true });
  });

  it('leaves trying again after a 502 to the outbox', async () => {
    const { outcome, requests } = await sendTo({ status: 502, html: '<h1>Bad Gateway</h1>' });
    expect(outcome).toEqual({ kind: 'retry', atMs: nowMs + 500, reason: 'Discord answered 502', mayHaveArrived: true });
    expect(requests).toHaveLength(1);
  });

  it('gives up what was first tried a day ago', async () => {
    const { outcome } = await sendTo(
      { status: 502, html: '' },
      { attempts: 9, firstTriedAt: nowMs - 24 * 60 * 60 * 1_000 },
    );
    expect(outcome).toMatchObject({ kind: 'dead' });
  });

  it('tries later when the connection breaks', async () => {
    const { outcome } = await sendTo('hang up');
    expect(outcome).toMatchObject({
      kind: 'retry',
      reason: expect.stringMatching(/^Discord could not be reached/),
    });
  });

  it('tries later when nobody listens', async () => {
    const rest = createRest({ apiUrl: 'http://127.0.0.1:9/api', token: 'token' });
    expect(await sendMessage(requestsOf(rest), message, deps)).toMatchObject({ kind: 'retry' });
  });

  it('hands a long rate limit back instead of holding the message', async () => {
    const { outcome } = await sendTo({
      status: 429,
      json: { message: 'You are being rate limited.', retry_after: 3600, global: false },
      headers: { 'retry-after': '3600', 'x-ratelimit-scope': 'user' },
    });
    expect(outcome.kind === 'retry' && outcome.atMs - nowMs).toBeGreaterThanOrEqual(3_600_000);
  });

  it('pauses the target that forbids it', async () => {
    const { outcome } = await sendTo({ status: 403, json: { code: 50013, message: 'Missing Permissions' } });
    expect(outcome).toMatchObject({ kind: 'pause' });
  });

  it('tries later when a firewall answers in place of Discord', async () => {
    const { outcome } = await sendTo({ status: 403, html: '<h1>Forbidden</h1>' });
    expect(outcome).toMatchObject({ kind: 'retry' });
  });

  it('refuses to go on with a token that Discord refuses, at the first call and at every later one', async () => {
    const api = await startLocalApi(() => ({ status: 401, json: { code: 0, message: '401: Unauthorized' } }));
    close = api.close;
    const rest = createRest({ apiUrl: api.apiUrl, token: 'token' });
    const refusal = expect.objectContaining({ code: 'token-refused' });
    await expect(sendMessage(requestsOf(rest), message, deps)).rejects.toThrow(refusal);
    await expect(sendMessage(requestsOf(rest), message, deps)).rejects.toThrow(refusal);
  });
});
