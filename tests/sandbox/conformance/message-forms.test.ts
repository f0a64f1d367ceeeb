import { AttachmentBuilder, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { runWithRights } from '../run-with-rights.ts';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

const v2 = MessageFlags.IsComponentsV2;
const linkTo = (url: string) => [{ type: 1, components: [{ type: 2, style: 5, label: 'x', url }] }];
const text = { type: 10, content: 'x' };
const file = (name: string) => new AttachmentBuilder(Buffer.from('x'), { name, description: `the ${name}` });

describe('addresses in components', () => {
  it.each([
    ['URL_TYPE_INVALID_SCHEME', { components: linkTo('javascript:alert(1)') }],
    ['URL_TYPE_INVALID_SCHEME', { components: linkTo('attachment://plot.png') }],
    ['URL_TYPE_INVALID_URL', { components: linkTo('nonsense') }],
    [
      'URL_TYPE_INVALID_SCHEME',
      { flags: v2, components: [{ type: 12, items: [{ media: { url: 'javascript:alert(1)' } }] }] },
    ],
    ['URL_TYPE_INVALID_SCHEME', { flags: v2, components: [{ type: 13, file: { url: 'https://arxiv.org/x.pdf' } }] }],
    [
      'URL_TYPE_INVALID_URL',
      {
        flags: v2,
        components: [{ type: 9, components: [text], accessory: { type: 11, media: { url: 'nonsense' } } }],
      },
    ],
  ])('are refused by %s', async (code, body) => {
    const sandbox = await runSandbox();
    const answer = await sandbox.api('POST', `/channels/${sandbox.general}/messages`, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(JSON.stringify(answer.body)).toContain(code);
  });

  it('are taken where Discord takes them', async () => {
    const sandbox = await runSandbox();
    const answer = await sandbox.api('POST', `/channels/${sandbox.general}/messages`, {
      flags: v2,
      components: [
        ...linkTo('https://arxiv.org'),
        { type: 12, items: [{ media: { url: 'https://arxiv.org/x.png' } }] },
      ],
    });
    expect(answer.status).toBe(200);
  });
});

describe('edits', () => {
  it('make a message one of Components V2 only where text and embeds go', async () => {
    const sandbox = await runSandbox();
    const path = `/channels/${sandbox.general}/messages`;
    const { id } = (await sandbox.api<{ id: string }>('POST', path, { content: 'x', embeds: [{ title: 'x' }] })).body;
    const edit = (more: object) =>
      sandbox.api('PATCH', `${path}/${id}`, { flags: v2, components: [{ type: 10, content: 'y' }], ...more });
    const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
    const left = { _errors: [{ code }] };
    expect(await edit({})).toMatchObject({ status: 400, body: { errors: { content: left, embeds: left } } });
    expect(await edit({ content: null, embeds: null })).toMatchObject({ body: { errors: { embeds: left } } });
    expect(await edit({ content: null, embeds: [] })).toMatchObject({ status: 200, body: { content: '', flags: v2 } });
  });

  it('hide embeds and show them again, and never take Components V2 away', async () => {
    const sandbox = await runSandbox();
    const path = `/channels/${sandbox.general}/messages`;
    const flagsAfter = async (body: object, ...edits: number[]) => {
      const { id } = (await sandbox.api<{ id: string }>('POST', path, body)).body;
      const seen = [];
      for (const flags of edits)
        seen.push((await sandbox.api<{ flags: number }>('PATCH', `${path}/${id}`, { flags })).body.flags);
      return seen;
    };
    const hidden = MessageFlags.SuppressEmbeds;
    expect(await flagsAfter({ content: 'x' }, hidden, 0)).toEqual([hidden, 0]);
    expect(await flagsAfter({ flags: v2, components: [text] }, hidden, 0)).toEqual([v2 | hidden, v2]);
  });
});

describe('files of a message', () => {
  it('are described and named by their number, in whatever order they are told of', async () => {
    const { sandbox, channel } = await setUp();
    const attachments = [
      { id: '1', description: 'second' },
      { id: '0', description: 'first', filename: 'renamed.txt' },
    ];
    const response = await upload(sandbox, 'POST', `/channels/${channel.id}/messages`, ['a.txt', 'b.txt'], {
      attachments,
    });
    expect(await response.json()).toMatchObject({
      attachments: [
        { filename: 'renamed.txt', description: 'first' },
        { filename: 'b.txt', description: 'second' },
      ],
    });
  });

  it('stand in the icons of embeds, under names that are cleansed alike', async () => {
    const { channel } = await setUp();
    const message = await channel.send({
      files: [{ attachment: Buffer.from('%PNG'), name: 'a+plot.png' }],
      embeds: [
        {
          title: 'x',
          footer: { text: 'x', icon_url: 'attachment://a+plot.png' },
          author: { name: 'x', icon_url: 'attachment://a_plot.png' },
        },
      ],
    });
    const url = message.attachments.first()?.url;
    expect(message.embeds[0]?.footer).toMatchObject({ iconURL: url, proxyIconURL: url });
    expect(message.embeds[0]?.author?.iconURL).toBe(url);
  });

  it('are described when they come by an edit, and are ten at most', async () => {
    const { sandbox, channel } = await setUp();
    const message = await channel.send({ files: [file('a')] });
    const edited = await message.edit({ files: [file('b')], attachments: [...message.attachments.values()] });
    expect(edited.attachments.map(({ description }) => description)).toEqual(['the a', 'the b']);
    const nine = Array.from({ length: 9 }, (_, at) => String(at));
    const refused = await upload(sandbox, 'PATCH', `/channels/${channel.id}/messages/${message.id}`, nine, {});
    expect(await refused.json()).toMatchObject({ code: 30015 });
  });
});

describe('spoken messages', () => {
  it('need a right of their own', async () => {
    const body = { content: 'x', tts: true };
    const plain = await runSandbox();
    expect(await plain.api('POST', `/channels/${plain.general}/messages`, body)).toMatchObject({
      status: 403,
      body: { code: 50013 },
    });
    const allowed = await runWithRights(['SendTTSMessages']);
    expect(await allowed.api('POST', `/channels/${allowed.general}/messages`, body)).toMatchObject({
      status: 200,
      body: { tts: true },
    });
  });
});

/** A request with files of these names, and `payload` beside them. */
async function upload(
  sandbox: RunningSandbox,
  method: string,
  path: string,
  names: readonly string[],
  payload: object,
): Promise<Response> {
  const body = new FormData();
  body.set('payload_json', JSON.stringify(payload));
  for (const [at, name] of names.entries()) body.set(`files[${String(at)}]`, new Blob([name]), name);
  const headers = { authorization: `Bot ${sandbox.ready.token}` };
  return fetch(`${sandbox.ready.api}/v10${path}`, { method, headers, body });
}

async function setUp() {
  const sandbox = await runSandbox();
  const client = await logIn(sandbox);
  const channel = client.channels.cache.get(sandbox.general);
  if (channel?.isSendable() !== true) throw new Error('no #general');
  return { sandbox, channel };
}
