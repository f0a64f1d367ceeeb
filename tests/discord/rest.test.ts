import { RequestMethod, Routes } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { discordFailure } from '../../src/discord/failure.ts';
import { createInvalidRequests } from '../../src/discord/invalid-requests.ts';
import { createRest, requestsOf, sendersRequests } from '../../src/discord/rest.ts';
import type { DiscordRequest } from '../../src/discord/rest.ts';
import { AppError } from '../../src/lib/errors.ts';
import { createLog } from '../../src/lib/log.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { runSandbox } from '../sandbox/running-sandbox.ts';
import { startLocalApi } from './local-api.ts';
import type { LocalAnswer } from './local-api.ts';

const log = createLog('silent');
const posted = { status: 200, json: { id: '42' } } as const;

/** The sender's requests to `apiUrl`, on a clock that jumps: how far it got is how long the sender was silent. */
function sendersOf({ api, token }: { readonly api: string; readonly token: string }, most = 5_000) {
  const clock = jumpingClock();
  const invalidRequests = createInvalidRequests(clock, log, most);
  let mayLeaveUntil = Infinity;
  const requireRight = () => {
    if (clock.monotonic() >= mayLeaveUntil) throw new AppError('lease-lost', 'another process may send now');
  };
  const request = sendersRequests({ apiUrl: api, token, perSecond: 40 }, { clock, invalidRequests, requireRight });
  return { clock, invalidRequests, request, loseRightAt: (at: number) => void (mayLeaveUntil = at) };
}

/** Posts to a channel: what Discord answered, or the failure that it met. */
async function post(request: DiscordRequest, channel = '1001') {
  const body = { content: 'hello' };
  return request({ method: RequestMethod.Post, route: Routes.channelMessages(channel), body }).catch(discordFailure);
}

/** A local Discord with Discord's own limits; faults are ordered from it, and its log is told. */
async function limitedDiscord() {
  const sandbox = await runSandbox({ limits: 'real' });
  const [first, second] = sandbox.ready.channels.filter(({ type }) => type === 0);
  return {
    ready: sandbox.ready,
    first: first?.id ?? '',
    second: second?.id ?? '',
    order: async (fault: object) => {
      expect(await sandbox.control('POST', '/faults', fault)).toMatchObject({ status: 200 });
    },
    posts: async () => {
      const { body } = await sandbox.control<readonly { method: string }[]>('GET', '/log');
      return body.filter(({ method }) => method === 'POST').length;
    },
  };
}

async function localApi(answer: LocalAnswer) {
  const api = await startLocalApi(() => answer);
  onTestFinished(api.close);
  return { ...api, api: api.apiUrl, token: 'token' };
}

describe('requestsOf', () => {
  it('tells what was answered, and that the bucket takes more', async () => {
    const headers = { 'x-ratelimit-remaining': '4', 'x-ratelimit-reset-after': '5.0' };
    const request = requestsOf(createRest(await localApiSettings({ ...posted, headers })));
    expect(await post(request)).toEqual({ body: { id: '42' }, opensInMs: 0 });
  });

  it('tells for how long the bucket is shut, a little longer than Discord says', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '4.2' };
    const request = requestsOf(createRest(await localApiSettings({ ...posted, headers })));
    expect(await post(request)).toEqual({ body: { id: '42' }, opensInMs: 4_250 });
  });

  it('takes a page of somebody else’s, with a status of success, for no answer', async () => {
    const request = requestsOf(createRest(await localApiSettings({ status: 200, html: '<h1>Please log in</h1>' })));
    expect(await post(request)).toEqual({ body: null, opensInMs: 0 });
  });

  it('is not limited by itself where the machine’s clock is set back', async () => {
    const request = requestsOf(createRest(await localApiSettings(posted)));
    await post(request);
    setClockBack();
    for (let count = 0; count < 60; count++) expect(await post(request)).toMatchObject({ body: { id: '42' } });
  });
});

describe('sendersRequests', () => {
  it('does not wait for a bucket that is shut, nor ask Discord, while others go on', async () => {
    const discord = await limitedDiscord();
    const { request } = sendersOf(discord.ready);
    // The first one takes longer.
    await post(request, discord.second);
    const answers = [];
    for (let count = 0; count < 6; count++) answers.push(await post(request, discord.first));
    expect(answers.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => expect.objectContaining({ opensInMs: 0 })));
    const opensInMs = answers[4] !== null && answers[4] && 'opensInMs' in answers[4] ? answers[4].opensInMs : 0;
    expect(opensInMs).toBeGreaterThan(0);
    expect(answers[5]).toEqual({ kind: 'limited', retryAfterMs: expect.any(Number) });
    expect(await discord.posts()).toBe(6);
    expect(await post(request, discord.second)).toMatchObject({ opensInMs: 0 });
  });

  it('is silent while Discord limits the whole bot', async () => {
    const discord = await limitedDiscord();
    const { request, clock, invalidRequests } = sendersOf(discord.ready, 1);
    await discord.order({ route: 'POST /channels/:id/messages', status: 429, scope: 'global', retryAfter: 3 });
    expect(await post(request, discord.first)).toEqual({ kind: 'limited', retryAfterMs: expect.any(Number) });
    expect(invalidRequests.isTooMany()).toBe(true);
    await post(request, discord.second);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(3_000);
    expect(await discord.posts()).toBe(1);
  });

  it('makes none that waited until somebody else may send', async () => {
    const discord = await limitedDiscord();
    const { request, loseRightAt } = sendersOf(discord.ready);
    await discord.order({ route: 'POST /channels/:id/messages', status: 429, scope: 'global', retryAfter: 3 });
    await post(request, discord.first);
    loseRightAt(2_000);
    const body = { content: 'hello' };
    const waiting = request({ method: RequestMethod.Post, route: Routes.channelMessages(discord.second), body });
    await expect(waiting).rejects.toMatchObject({ code: 'lease-lost' });
    expect(await discord.posts()).toBe(1);
  });

  it.each(['user', 'shared'])('goes on in other channels when a limit is that of one (%s)', async (scope) => {
    const discord = await limitedDiscord();
    const { request, clock } = sendersOf(discord.ready);
    await discord.order({ route: 'POST /channels/:id/messages', status: 429, scope, retryAfter: 3 });
    expect(await post(request, discord.first)).toMatchObject({ kind: 'limited' });
    expect(await post(request, discord.second)).toMatchObject({ opensInMs: 0 });
    expect(clock.monotonic()).toBeLessThan(1_000);
  });

  it.each([
    ['for as long as it says', { 'retry-after': '60' }, 60_000],
    ['for some seconds where it says a date', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 5_000],
    ['for some seconds where it does not say', {}, 5_000],
  ])('is silent when the gate before Discord limits our address, %s', async (_how, headers, silentMs) => {
    const api = await localApi({ status: 429, json: { message: 'error code: 1015' }, headers });
    const { request, clock } = sendersOf(api);
    const failure = await post(request);
    expect(failure).toMatchObject({ kind: 'limited' });
    expect(failure && 'retryAfterMs' in failure && failure.retryAfterMs).toBeGreaterThanOrEqual(silentMs);
    await post(request, '1002');
    expect(clock.monotonic()).toBeGreaterThanOrEqual(silentMs);
    expect(api.requests).toHaveLength(2);
  });

  it('asks again in a channel whose bucket was shut when the machine’s clock is set back', async () => {
    const headers = { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '5.0' };
    const api = await localApi({ ...posted, headers });
    const { request } = sendersOf(api);
    await post(request);
    expect(await post(request)).toMatchObject({ kind: 'limited' });
    setClockBack();
    expect(await post(request)).toMatchObject({ body: { id: '42' } });
  });

  it('tells of a lost answer as of the network, and posts once', async () => {
    const discord = await limitedDiscord();
    const { request } = sendersOf(discord.ready);
    await discord.order({ route: 'POST /channels/:id/messages', status: 'reset', when: 'after' });
    expect(await post(request, discord.first)).toMatchObject({ kind: 'network' });
    expect(await discord.posts()).toBe(1);
  });
});

async function localApiSettings(answer: LocalAnswer) {
  const { apiUrl, token } = await localApi(answer);
  return { apiUrl, token };
}

/** Sets the machine's clock back by an hour until the test is over. */
function setClockBack(): void {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
  onTestFinished(() => void vi.restoreAllMocks());
}
