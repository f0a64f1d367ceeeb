import { afterEach, describe, expect, it } from 'vitest';
import { openDm, sendDm } from '../../src/discord/direct-message.ts';
import { createRest } from '../../src/discord/rest.ts';
import { nonceOf } from '../../src/discord/send.ts';
import { startLocalApi } from './local-api.ts';
import type { LocalAnswer } from './local-api.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function restOf(answer: LocalAnswer) {
  const api = await startLocalApi(() => answer);
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
    [403, 50007, /Privacy Settings/],
    [403, 50278, /Privacy Settings/],
    [403, 40003, /only a few direct messages/],
    [500, 0, /try again in a moment/],
  ])('says to the person what %i with code %i means for them', async (status, code, sentence) => {
    const { rest } = await restOf({ status, json: { code, message: 'No' } });
    expect(await openDm(rest, '5')).toEqual({ ok: false, error: expect.stringMatching(sentence) });
  });

  it('stops at a refused token', async () => {
    const { rest } = await restOf({ status: 401, json: { code: 0, message: '401: Unauthorized' } });
    await expect(openDm(rest, '5')).rejects.toMatchObject({ code: 'token-refused' });
  });
});

describe('sendDm', () => {
  const message = { channelId: '9', body: { content: 'hello' }, key: 'alert:a1' };

  it('posts once under its key', async () => {
    const { rest, requests } = await restOf({ status: 200, json: { id: '10' } });
    expect(await sendDm(rest, message)).toEqual({ ok: true, value: '10' });
    expect(requests).toMatchObject([{ body: { content: 'hello', nonce: nonceOf('alert:a1'), enforce_nonce: true } }]);
  });

  it.each<[string, LocalAnswer, RegExp]>([
    ['closed messages', { status: 403, json: { code: 50007, message: 'No' } }, /Privacy Settings/],
    ['a failing Discord', { status: 503, json: {} }, /Discord answered 503/],
  ])('gives the person a sentence about %s', async (_what, answer, sentence) => {
    const { rest } = await restOf(answer);
    expect(await sendDm(rest, message)).toEqual({ ok: false, error: expect.stringMatching(sentence) });
  });
});
