import { describe, expect, it } from 'vitest';
import { runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

type Sentence = { message: string };
type Thing = { id: string };
const group = 'Systems%20Reading%20Group';

async function refusal(sandbox: RunningSandbox, method: string, path: string, body?: unknown) {
  const answer = await sandbox.control<Sentence>(method, path, body);
  return `${String(answer.status)} ${answer.body.message}`;
}

describe('what the control API refuses', () => {
  it.each([
    ['POST', '/guilds', { name: 'x' }, '400 name: must be text of 2 to 100 characters.'],
    ['POST', '/guilds', { title: 'x' }, '400 name: must be text of 2 to 100 characters.'],
    ['POST', '/guilds', { name: 'xy', icon: 1 }, '400 The body: there is no “icon” here; it takes name.'],
    ['POST', '/guilds', '{', '400 The body is no JSON.'],
    ['POST', '/guilds', [], '400 The body: must be a JSON object with name.'],
    ['PATCH', `/guilds/${group}`, {}, '400 The body: changes nothing; it takes name, locale.'],
    ['PATCH', '/guilds/nowhere', { name: 'xy' }, '404 There is no server “nowhere”.'],
    [
      'DELETE',
      `/guilds/${group}`,
      undefined,
      '400 “Systems Reading Group” is the last server and stays: make another one first.',
    ],
    ['POST', `/guilds/${group}/outage`, { isUnavailable: 'yes' }, '400 isUnavailable: must be true or false.'],
  ])('of servers: %s %s %j', async (method, path, body, sentence) => {
    expect(await refusal(await runSandbox(), method, path, body)).toBe(sentence);
  });

  it('names the languages that there are', async () => {
    const sandbox = await runSandbox();
    const languages = /^400 locale: must be a language of Discord: id, en-US, .*, vi\.$/;
    expect(await refusal(sandbox, 'PATCH', `/guilds/${group}`, { locale: 'xx' })).toMatch(languages);
    expect(await refusal(sandbox, 'PATCH', '/people/Ada', { locale: 'xx' })).toMatch(languages);
  });

  it.each([
    ['PUT', '/Nobody', {}, '404 There is no user “Nobody”.'],
    ['PUT', '/Mika', { roles: 'x' }, '400 roles: must be a list of roles, by id or name.'],
    [
      'PUT',
      '/Mika',
      { roles: ['x'] },
      '404 There is no role “x” in “Systems Reading Group” (there are: @everyone, Organisers, Paperboy).',
    ],
    ['PUT', '/Mika', { roles: ['@everyone'] }, '400 Everybody has @everyone: leave it out.'],
    ['PUT', '/Mika', { roles: ['Paperboy'] }, "400 The role “Paperboy” is the bot's own: nobody else can have it."],
    ['DELETE', '/Ada', undefined, '400 Ada owns “Systems Reading Group” and cannot be thrown out: remove the server.'],
    ['DELETE', '/Otto', undefined, '404 Otto is not in “Systems Reading Group”.'],
  ])('of members: %s %s %j', async (method, path, body, sentence) => {
    expect(await refusal(await runSandbox(), method, `/guilds/${group}/members${path}`, body)).toBe(sentence);
  });

  it.each([
    ['POST', '', { name: '' }, '400 name: must be text of 1 to 100 characters.'],
    [
      'POST',
      '',
      { name: 'x', color: 'red' },
      '400 color: must be a number from 0 to 16777215, or text like "#d98c3f".',
    ],
    [
      'POST',
      '',
      { name: 'x', permissions: ['Fly'] },
      '400 permissions.0: “Fly” is no permission; they are named as in discord.js: ViewChannel, SendMessages, EmbedLinks, ManageMessages ….',
    ],
    [
      'POST',
      '',
      { name: 'x', permissions: '8' },
      '400 permissions: must be a list of names of permissions, such as ["ViewChannel", "SendMessages"].',
    ],
    ['PATCH', '/@everyone', { name: 'all' }, '400 The role @everyone keeps its name; its permissions can change.'],
    ['DELETE', '/@everyone', undefined, '400 The role @everyone cannot be removed: it is the server.'],
    ['DELETE', '/Paperboy', undefined, "400 The role “Paperboy” is the bot's own and goes with it: throw the bot out."],
  ])('of roles: %s %s %j', async (method, path, body, sentence) => {
    expect(await refusal(await runSandbox(), method, `/guilds/${group}/roles${path}`, body)).toBe(sentence);
  });

  it.each([
    [{ name: '' }, '400 name: must be text of 1 to 100 characters.'],
    [{ name: 'x', type: 'stage' }, '400 type: must be text, announcement, forum, category or voice.'],
    [{ name: 'x', parent: 'general' }, '404 There is no category “general” in “Systems Reading Group”.'],
    [{ name: 'x', type: 'category', parent: 'general' }, '400 #x: a category stands in no category.'],
    [
      { name: 'x', type: 'voice', topic: 'y' },
      '400 #x: only text channels, announcement channels and forums have a topic.',
    ],
    [{ name: 'x', tags: [{ name: 'y' }] }, '400 #x: only forums have tags.'],
    [
      { name: 'x', overwrites: [{ id: 'nobody' }] },
      '404 There is no role or user “nobody” to have permissions in “Systems Reading Group”.',
    ],
    [
      { name: 'x', overwrites: [{ id: 'Mika', allow: ['SendMessages'], deny: ['SendMessages'] }] },
      '400 “Mika” is both allowed and denied SendMessages: choose one.',
    ],
    [
      { name: 'x', overwrites: [{ id: 'Mika' }, { id: 'mika' }] },
      '400 overwrites: each role or member can stand there once.',
    ],
  ])('of new channels: %j', async (body, sentence) => {
    expect(await refusal(await runSandbox(), 'POST', `/guilds/${group}/channels`, body)).toBe(sentence);
  });

  it.each([
    ['PATCH', '/nowhere', { name: 'x' }, '404 There is no channel “nowhere”.'],
    ['PATCH', '/general', { type: 'forum' }, '400 type: must be text or announcement, which can become each other.'],
    [
      'PATCH',
      '/paper-talk',
      { type: 'text' },
      '400 #paper-talk stays what it is: only text and announcement become each other.',
    ],
    ['PATCH', '/general', { slowmode: 21_601 }, '400 slowmode: must be seconds from 0 to 21600.'],
    [
      'PATCH',
      '/general',
      { archived: true },
      '400 The body: there is no “archived” here; it takes name, type, topic, parent, overwrites, tags, requireTag, isAgeRestricted, slowmode.',
    ],
    ['DELETE', '/nowhere', undefined, '404 There is no channel “nowhere”.'],
  ])('of channels: %s %s %j', async (method, path, body, sentence) => {
    expect(await refusal(await runSandbox(), method, `/channels${path}`, body)).toBe(sentence);
  });

  it.each([
    ['POST', '', { name: 'ADA' }, '400 There is somebody called “ADA”: take another name.'],
    ['POST', '', { name: 'Eve', guilds: ['nowhere'] }, '404 There is no server “nowhere”.'],
    ['PATCH', '/Paperboy', { takesDirectMessages: false }, '404 There is no user “Paperboy”.'],
    ['PATCH', '/Ada', {}, '400 The body: changes nothing; it takes locale, takesDirectMessages.'],
  ])('of people: %s %s %j', async (method, path, body, sentence) => {
    const sandbox = await runSandbox();
    expect(await refusal(sandbox, method, `/people${path}`, body)).toBe(sentence);
    expect((await sandbox.control<{ users: Thing[] }>('GET', '/state')).body.users).toHaveLength(3);
  });

  it('of messages in a private channel that somebody else wrote', async () => {
    const sandbox = await runSandbox();
    const opened = await sandbox.api<Thing>('POST', '/users/@me/channels', { recipient_id: sandbox.userId('Mika') });
    const sent = await sandbox.api<Thing>('POST', `/channels/${opened.body.id}/messages`, { content: 'for you' });
    const message = sent.body.id;
    const refused = [
      await refusal(sandbox, 'DELETE', `/messages/${message}?user=Mika`),
      await refusal(sandbox, 'PUT', '/pins', { user: 'Ada', message }),
    ];
    expect(refused).toEqual([
      '403 In the private channel Mika can delete only their own messages.',
      `404 There is no channel “${opened.body.id}” that Ada can see.`,
    ]);
    expect((await sandbox.control('PUT', '/pins', { user: 'Mika', message })).status).toBe(200);
  });

  it('of replies to what is not there or stands elsewhere', async () => {
    const sandbox = await runSandbox();
    const say = (body: object) => sandbox.control<Thing & Sentence>('POST', '/messages', { user: 'Ada', ...body });
    const { id } = (await say({ channel: 'general', content: 'Here.' })).body;
    const reply = (channel: string, to: string) =>
      refusal(sandbox, 'POST', '/messages', { user: 'Ada', channel, content: 'Yes.', reply: to });
    expect(await reply('general', '1')).toBe('404 There is no message 1 that Ada can see.');
    expect(await reply('workflows', id)).toMatch(/^400 Message \d+ is none of .*workflows that can be replied to\.$/);
  });

  it('of marks and messages, to who may not', async () => {
    const sandbox = await runSandbox();
    const said = { user: 'Ada', channel: 'general', content: 'read this' };
    const { id: message } = (await sandbox.control<Thing>('POST', '/messages', said)).body;
    await sandbox.control('PATCH', '/channels/general', {
      overwrites: [{ id: 'Mika', deny: ['AddReactions', 'ReadMessageHistory'] }],
    });
    const star = { user: 'Mika', message, emoji: '⭐' };
    const refused = [
      await refusal(sandbox, 'PUT', '/reactions', star),
      await refusal(sandbox, 'PUT', '/reactions', { ...star, emoji: 'star' }),
      await refusal(sandbox, 'PUT', '/reactions', { ...star, message: '1' }),
      await refusal(sandbox, 'PUT', '/reactions', { ...star, user: 'Otto' }),
      await refusal(sandbox, 'PUT', '/pins', { user: 'Mika', message }),
      await refusal(sandbox, 'PATCH', `/messages/${message}`, { user: 'Mika', content: 'mine' }),
      await refusal(sandbox, 'PATCH', `/messages/${message}`, { user: 'Ada', content: '' }),
      await refusal(sandbox, 'DELETE', `/messages/${message}`),
      await refusal(sandbox, 'DELETE', `/messages/${message}?user=Mika`),
    ];
    expect(refused).toEqual([
      '403 Mika lacks AddReactions and ReadMessageHistory in #general.',
      '400 “star” is no emoji: one of Unicode is needed, such as ⭐.',
      '404 There is no message 1 that Mika can see.',
      '403 Otto is not in this server and cannot see #general.',
      '403 Mika lacks PinMessages in #general.',
      '403 Mika can edit only what Mika wrote.',
      '400 content: must be text of 1 to 2000 characters.',
      '400 Say who deletes it: ?user=, by id or name.',
      '403 Mika lacks ManageMessages in #general.',
    ]);
  });
});
