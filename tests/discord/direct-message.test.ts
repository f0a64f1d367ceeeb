import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDm, sendDm } from '../../src/discord/direct-message.ts';
import { createRest } from '../../src/discord/rest.ts';
import { nonceOf } from '../../src/discord/send.ts';
import { startLocalApi } from './local-api.ts';
import type { LocalAnswer } from './local-api.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

/** An API that gives these answers in turn, the last one from then on. */
async function restOf(...answers: [LocalAnswer, ...LocalAnswer[]]) {
  const api = await startLocalApi((_request, count) => answers[count - 1] ?? answers.at(-1) ?? answers[0]);
  close = api.close;
  return { rest: createRest({ apiUrl: api.apiUrl, token: 'token' }), requests: api.requests };
}

describe('openDm', () => {
  it('gives the channel with that person', async () => {
    const { rest, requests } = await restOf({ status: 200, json: { id: '9', type: 1 } });
    expect(await openDm(rest, '5')).toEqual({ ok: true, value: '9' });
    expect(requests).toMatchObject([{ path: '/api/v10/users/@me/channels', body: { recipient_id: '5' } }]);
  });

  it.each([
    [403, 50007, /Privacy Settings/, null],
    [403, 50278, /Privacy Settings/, null],
    [403, 40003, /only a few conversations at a time/, 120_000],
    [500, 0, /try again in a moment/, null],
  ])('says to the person what %i with code %i means for them', async (status, code, sentence, waitMs) => {
    const { rest } = await restOf({ status, json: { code, message: 'No' } });
    const error = { sentence: expect.stringMatching(sentence), waitMs };
    expect(await openDm(rest, '5')).toEqual({ ok: false, error });
  });

  it('says how long a limit lasts', async () => {
    const json = { message: 'You are being rate limited.', retry_after: 90, global: false };
    const { rest } = await restOf({ status: 429, json, headers: { 'retry-after': '90' } });
    expect(await openDm(rest, '5')).toMatchObject({ ok: false, error: { waitMs: expect.closeTo(90_000, -3) } });
  });

  it('stops at a refused token', async () => {
    const { rest } = await restOf({ status: 401, json: { code: 0, message: '401: Unauthorized' } });
    await expect(openDm(rest, '5')).rejects.toMatchObject({ code: 'token-refused' });
  });
});

describe('sendDm', () => {
  const message = { channelId: '9', body: { content: 'hello' }, key: 'alert:a1' };
  const slept: number[] = [];
  const deps = { sleep: (durationMs: number) => Promise.resolve(void slept.push(durationMs)) };
  beforeEach(() => void slept.splice(0));

  it('posts once under its key', async () => {
    const { rest, requests } = await restOf({ status: 200, json: { id: '10' } });
    expect(await sendDm(rest, message)).toEqual({ ok: true, value: '10' });
    expect(requests).toMatchObject([{ body: { content: 'hello', nonce: nonceOf('alert:a1'), enforce_nonce: true } }]);
  });

  it.each<[string, LocalAnswer]>([
    ['a gateway error', { status: 502, html: 'Bad Gateway' }],
    ['a connection that was cut', 'hang up'],
  ])('sends the same message once more after %s', async (_what, failure) => {
    const { rest, requests } = await restOf(failure, { status: 200, json: { id: '10' } });
    expect(await sendDm(rest, message, deps)).toEqual({ ok: true, value: '10' });
    expect(requests).toHaveLength(2);
    expect(requests[0]).toEqual(requests[1]);
    expect(slept).toHaveLength(1);
  });

  it('does not wait for a long rate limit', async () => {
    const json = { message: 'You are being rate limited.', retry_after: 60, global: false };
    const { rest, requests } = await restOf({ status: 429, json, headers: { 'retry-after': '60' } });
    expect(await sendDm(rest, message, deps)).toMatchObject({ ok: false });
    expect([requests.length, slept.length]).toEqual([1, 0]);
  });

  it.each<[string, LocalAnswer, RegExp, number]>([
    ['closed messages', { status: 403, json: { code: 50007, message: 'No' } }, /Privacy Settings/, 1],
    ['a failing Discord', { status: 503, json: {} }, /Discord answered 503/, 2],
  ])('gives the person a sentence about %s', async (_what, answer, sentence, tries) => {
    const { rest, requests } = await restOf(answer);
    expect(await sendDm(rest, message, deps)).toEqual({ ok: false, error: expect.stringMatching(sentence) });
    expect(requests).toHaveLength(tries);
  });
});
