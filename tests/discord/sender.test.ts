import { ChannelFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createRest, requestsOf } from '../../src/discord/rest.ts';
import { createSender } from '../../src/discord/sender.ts';
import { aPaper } from '../builders/domain.ts';
import { runWithRights } from '../sandbox/run-with-rights.ts';
import { runSandbox } from '../sandbox/running-sandbox.ts';
import { startLocalApi } from './local-api.ts';
import { again, nowMs, stage } from './sender-stage.ts';

const papers = [aPaper({ id: '2505.1', title: 'One' }), aPaper({ id: '2505.2', title: 'Two' })];

describe('createSender, to a channel', () => {
  it('finds a message whose answer was lost, after Discord forgot its nonce', async () => {
    const { sandbox, ...on } = await setUp();
    const post = on.post({ target: on.general, kind: 'channel' });
    await on.fault({ route: 'POST /channels/:id/messages', status: 'reset', when: 'after' });
    expect(await on.sender()(post)).toMatchObject({ kind: 'retry', mayHaveArrived: true });
    const [message] = await on.messages(on.general);
    // Discord remembers a nonce for minutes; under another one it takes the message as a new one.
    const later = again(post, { id: 'forgotten' });
    await sandbox.control('POST', '/messages', { user: 'Mika', channel: 'general', content: 'arXiv:2505.1' });
    expect(await on.sender()(later)).toEqual({ kind: 'sent', messageId: message?.id });
    expect(await on.messages(on.general)).toHaveLength(2);
  });

  it('sends what is not there, and does not take what came before for it', async () => {
    const on = await setUp();
    const post = on.post({ target: on.general, kind: 'channel' });
    const before = await on.sender()(post);
    const after = before.kind === 'sent' ? before.messageId : '';
    expect(await on.sender()(again(post, { id: 'another', after }))).toMatchObject({ kind: 'sent' });
    expect(await on.messages(on.general)).toHaveLength(2);
  });

  it('looks behind what people said since', async () => {
    const { sandbox, ...on } = await setUp();
    const post = on.post({ target: on.general, kind: 'channel' });
    const sent = await on.sender()(post);
    for (let count = 0; count < 230; count++) {
      await sandbox.control('POST', '/messages', { user: 'Mika', channel: 'general', content: String(count) });
    }
    expect(await on.sender()(again(post))).toEqual({
      kind: 'sent',
      messageId: sent.kind === 'sent' ? sent.messageId : '',
    });
  });

  it('knows no more than before where it could not look', async () => {
    const on = await setUp();
    const post = on.post({ target: on.general, kind: 'channel' });
    for (const route of ['GET /users/@me', 'GET /channels/:id/messages']) {
      await on.fault({ route, status: 503 });
      expect(await on.sender()(again(post))).toMatchObject({ kind: 'retry', mayHaveArrived: true });
    }
    await on.fault({ route: 'GET /channels/:id/messages', status: 403, code: 50001 });
    expect(await on.sender()(again(post))).toMatchObject({ kind: 'pause', mayHaveArrived: true });
    await on.fault({ route: 'GET /channels/:id/messages', status: 429, retryAfter: 9 });
    expect(await on.sender()(again(post))).toMatchObject({ kind: 'retry', mayHaveArrived: true });
    expect(await on.messages(on.general)).toEqual([]);
  });

  it('looks again after a try that Discord had wait: what was not there may have come since', async () => {
    const on = await setUp();
    for (const [kind, target] of [
      ['channel', on.general],
      ['forum', on.forum],
    ] as const) {
      const post = on.post({ target, kind });
      const route = kind === 'forum' ? 'POST /channels/:id/threads' : 'POST /channels/:id/messages';
      await on.fault({ route, status: 429, retryAfter: 9 });
      expect(await on.sender()(again(post))).toMatchObject({ kind: 'retry', mayHaveArrived: true });
      await on.fault({ route, status: 403, code: 50013 });
      expect(await on.sender()(again(post))).toMatchObject({ kind: 'pause', mayHaveArrived: true });
    }
  });

  it('takes the page of a proxy for no answer', async () => {
    const api = await startLocalApi(() => ({ status: 200, html: '<h1>Please log in</h1>' }));
    const send = createSender(requestsOf(createRest({ apiUrl: api.apiUrl, token: 'token' })), {
      nowMs: () => nowMs,
      fromReal: (ms) => ms,
      random: () => 0,
    });
    const on = stage(await runSandbox());
    for (const kind of ['channel', 'forum'] as const) {
      const post = on.post({ target: on.general, kind });
      expect(await send(again(post))).toMatchObject({ kind: 'retry', mayHaveArrived: true });
    }
    await api.close();
  });

  it('sends again where it may not read, and Discord finds the nonce', async () => {
    const on = await setUp([], ['ReadMessageHistory']);
    const post = on.post({ target: on.general, kind: 'channel' });
    const first = await on.sender()(post);
    expect(await on.sender()(again(post))).toMatchObject({
      kind: 'sent',
      messageId: first.kind === 'sent' ? first.messageId : '',
    });
  });

  it('looks in direct messages', async () => {
    const { sandbox, ...on } = await setUp();
    const opened = await sandbox.api<{ id: string }>('POST', '/users/@me/channels', {
      recipient_id: sandbox.userId('Mika'),
    });
    const post = on.post({ target: opened.body.id, kind: 'dm' });
    const sent = await on.sender()(post);
    expect(await on.sender()(again(post, { id: 'forgotten' }))).toMatchObject({
      kind: 'sent',
      messageId: sent.kind === 'sent' ? sent.messageId : '',
    });
    expect(await on.messages(opened.body.id)).toHaveLength(1);
  });

  it('tells readers that a post is late', async () => {
    const on = await setUp();
    const post = { ...on.post({ target: on.general, kind: 'channel' }), lateSince: nowMs };
    await on.sender()(post);
    expect(await on.messages(on.general)).toMatchObject([{ content: '-# Late: this was due <t:1748005200:f>.' }]);
  });
});

describe('createSender, to a forum', () => {
  it('makes a post of its own of each message', async () => {
    const on = await setUp();
    const to = { target: on.forum, kind: 'forum' } as const;
    const digest = await on.sender()(on.post(to, {}, papers));
    const card = await on.sender()({ ...on.post(to, {}, papers.slice(0, 1)), lateSince: nowMs });
    expect(await on.posts()).toMatchObject([
      { id: card.kind === 'sent' && card.messageId, name: 'One' },
      { id: digest.kind === 'sent' && digest.messageId, name: '2 papers · Fri 23 May 2025' },
    ]);
    expect(await on.messages(card.kind === 'sent' ? card.messageId : '')).toMatchObject([
      { content: expect.stringContaining('Late'), embeds: [{ title: 'One' }] },
    ]);
  });

  it.each(['reset', 502, 'timeout'] as const)(
    'finds a post whose answer was lost (%s), and looks no earlier than Discord is done with it',
    async (status) => {
      const on = await setUp();
      const post = on.post({ target: on.forum, kind: 'forum' });
      const send = on.sender(500);
      await on.fault({ route: 'POST /channels/:id/threads', status, when: 'after' });
      const lost = await send(post);
      expect(lost).toMatchObject({ kind: 'retry', mayHaveArrived: true });
      expect(lost.kind === 'retry' && lost.atMs - nowMs).toBeGreaterThanOrEqual(30_000);
      const [thread] = await on.posts();
      expect(await on.sender()(again(post))).toEqual({ kind: 'sent', messageId: thread?.id });
      expect(await on.posts()).toHaveLength(1);
    },
  );

  it('posts what is not there, and does not take a post before it for it', async () => {
    const on = await setUp();
    const to = { target: on.forum, kind: 'forum' } as const;
    await on.fault({ route: 'POST /channels/:id/threads', status: 502, when: 'before' });
    const post = on.post(to, {}, papers.slice(0, 1));
    expect(await on.sender()(post)).toMatchObject({ kind: 'retry', mayHaveArrived: true });
    const other = await on.sender()(on.post(to, {}, papers.slice(1)));
    const after = other.kind === 'sent' ? other.messageId : '';
    expect(await on.sender()(again(post, { after }))).toMatchObject({ kind: 'sent' });
    expect(await on.sender()(again(on.post(to, {}, papers.slice(1)), { after }))).toMatchObject({ kind: 'sent' });
    expect(await on.posts()).toHaveLength(3);
  });

  it('finds a post that somebody closed', async () => {
    const { sandbox, ...on } = await setUp();
    const post = on.post({ target: on.forum, kind: 'forum' });
    const sent = await on.sender()(post);
    const id = sent.kind === 'sent' ? sent.messageId : '';
    await sandbox.control('PATCH', `/channels/${id}`, { archived: true });
    expect(await on.sender()(again(post))).toEqual({ kind: 'sent', messageId: id });
  });

  it('goes by the name where it may not read, and posts again what was closed', async () => {
    const { sandbox, ...on } = await setUp([], ['ReadMessageHistory']);
    const post = on.post({ target: on.forum, kind: 'forum' });
    const sent = await on.sender()(post);
    const id = sent.kind === 'sent' ? sent.messageId : '';
    expect(await on.sender()(again(post))).toEqual({ kind: 'sent', messageId: id });
    await sandbox.control('PATCH', `/channels/${id}`, { archived: true });
    expect(await on.sender()(again(post))).not.toMatchObject({ messageId: id });
  });

  it('passes over a post whose first message was deleted, and other people’s', async () => {
    const { sandbox, ...on } = await setUp();
    const post = on.post({ target: on.forum, kind: 'forum' });
    const sent = await on.sender()(post);
    const id = sent.kind === 'sent' ? sent.messageId : '';
    await sandbox.api('DELETE', `/channels/${id}/messages/${id}`);
    await sandbox.control('POST', `/channels/${on.forum}/threads`, {
      user: 'Mika',
      name: 'Paper 2505.1',
      content: 'x',
    });
    expect(await on.sender()(again(post))).toMatchObject({ kind: 'sent' });
    expect(await on.posts()).toHaveLength(3);
  });

  it('bears the tags that fit, and says what to mend where it must bear one and none fits', async () => {
    const { sandbox, ...on } = await setUp(['ManageChannels']);
    const post = on.post({ target: on.forum, kind: 'forum' });
    await sandbox.api('PATCH', `/channels/${on.forum}`, { flags: ChannelFlags.RequireTag });
    expect(await on.sender()(post)).toEqual({ kind: 'pause', reason: expect.stringContaining('“arXiv”') });
    const forum = await sandbox.api<{ available_tags: { id: string; name: string }[] }>(
      'PATCH',
      `/channels/${on.forum}`,
      { available_tags: [{ name: 'question' }, { name: 'arXiv' }] },
    );
    expect(await on.sender()(post)).toMatchObject({ kind: 'sent' });
    const tag = forum.body.available_tags.find(({ name }) => name === 'arXiv');
    expect(await on.posts()).toMatchObject([{ applied_tags: [tag?.id] }]);
  });

  it.each([
    ['too many posts are open', 'POST /channels/:id/threads', { status: 400, code: 160_006 }, { kind: 'retry' }],
    ['the moderators keep all tags', 'POST /channels/:id/threads', { status: 400, code: 40_066 }, { kind: 'pause' }],
    ['the forum is gone', 'GET /channels/:id', { status: 404, code: 10_003 }, { kind: 'gone' }],
    ['the server is gone', 'POST /channels/:id/threads', { status: 404, code: 10_004 }, { kind: 'gone' }],
  ])('says that %s', async (_name, route, fault, outcome) => {
    const on = await setUp();
    await on.fault({ route, ...fault });
    const came = await on.sender()(on.post({ target: on.forum, kind: 'forum' }));
    expect(came).toMatchObject(outcome);
    expect(came.kind === 'retry' && came.mayHaveArrived).toBe(false);
  });

  it('needs no look after a failure before anything was sent', async () => {
    const on = await setUp();
    await on.fault({ route: 'GET /channels/:id', status: 502 });
    expect(await on.sender()(on.post({ target: on.forum, kind: 'forum' }))).toMatchObject({
      kind: 'retry',
      mayHaveArrived: false,
    });
  });
});

async function setUp(...rights: Partial<Parameters<typeof runWithRights>>) {
  const [more = [], fewer = []] = rights;
  const sandbox = more.length + fewer.length > 0 ? await runWithRights(more, fewer) : await runSandbox();
  return { sandbox, ...stage(sandbox) };
}
