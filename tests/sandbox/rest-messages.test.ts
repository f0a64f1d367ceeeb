import { describe, expect, it } from 'vitest';
import { runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

type Sent = { id: string; content: string };

const send = async <T = Sent>(sandbox: RunningSandbox, body: unknown, channel = sandbox.general) =>
  await sandbox.api<T>('POST', `/channels/${channel}/messages`, body);

/** The refusal 50035 with one leaf at `path`. */
function invalidAt(path: string, code: string) {
  const leaf: object = { _errors: [expect.objectContaining({ code })] };
  return { code: 50035, errors: path.split('.').reduceRight<object>((inner, key) => ({ [key]: inner }), leaf) };
}

describe('messages', () => {
  it('come in pages before, after and around an id, youngest first', async () => {
    const sandbox = await runSandbox();
    const sent: Sent[] = [];
    for (let n = 0; n < 7; n += 1) sent.push((await send(sandbox, { content: String(n) })).body);
    const page = async (query: string) =>
      (await sandbox.api<Sent[]>('GET', `/channels/${sandbox.general}/messages?${query}`)).body.map(
        ({ content }) => content,
      );
    expect(await page('limit=2')).toEqual(['6', '5']);
    expect(await page(`limit=2&before=${sent[3]?.id ?? ''}`)).toEqual(['2', '1']);
    expect(await page(`limit=2&after=${sent[3]?.id ?? ''}`)).toEqual(['5', '4']);
    expect(await page(`limit=3&around=${sent[3]?.id ?? ''}`)).toEqual(['4', '3', '2']);
    const refused = await sandbox.api('GET', `/channels/${sandbox.general}/messages?limit=0`);
    expect(refused).toMatchObject({ status: 400, body: invalidAt('limit', 'NUMBER_TYPE_MIN') });
  });

  it('with one nonce are one message, in whatever channel, for five minutes', async () => {
    let nowMs = Date.UTC(2026, 10, 22);
    const sandbox = await runSandbox({ now: () => nowMs });
    const body = { content: 'x', nonce: 'delivery-1', enforce_nonce: true };
    const first = (await send(sandbox, body)).body;
    nowMs += 5 * 60_000 - 1;
    expect((await send(sandbox, body, sandbox.ready.channels[1]?.id)).body.id).toBe(first.id);
    expect((await send(sandbox, { ...body, enforce_nonce: false })).body.id).not.toBe(first.id);
    nowMs += 5 * 60_000 + 1;
    expect((await send(sandbox, body)).body.id).not.toBe(first.id);
  });

  it('that were deleted are unknown to a retry under their nonce', async () => {
    const sandbox = await runSandbox();
    const body = { content: 'x', nonce: 'n', enforce_nonce: true };
    const { id } = (await send(sandbox, body)).body;
    expect((await sandbox.api('DELETE', `/channels/${sandbox.general}/messages/${id}`)).status).toBe(204);
    expect(await send(sandbox, body)).toMatchObject({ status: 404, body: { code: 10008 } });
  });

  it.each([
    ['content', 'BASE_TYPE_MAX_LENGTH', { content: 'x'.repeat(2_001) }],
    ['embeds.0.title', 'BASE_TYPE_MAX_LENGTH', { embeds: [{ title: 'x'.repeat(257) }] }],
    ['embeds.0.fields.0.value', 'BASE_TYPE_REQUIRED', { embeds: [{ fields: [{ name: 'a', value: ' ' }] }] }],
    ['embeds.0.description', 'BASE_TYPE_REQUIRED', { embeds: [{}] }],
    [
      'embeds',
      'MAX_EMBED_SIZE_EXCEEDED',
      { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
    ],
    ['embeds', 'BASE_TYPE_BAD_LENGTH', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }],
    ['embeds.0.url', 'URL_TYPE_INVALID_SCHEME', { embeds: [{ title: 'x', url: 'javascript:alert(1)' }] }],
    ['embeds.0.timestamp', 'DATE_TIME_TYPE_PARSE', { embeds: [{ title: 'x', timestamp: 'soon' }] }],
    ['embeds.0.color', 'NUMBER_TYPE_MAX', { embeds: [{ title: 'x', color: 0x1_00_00_00 }] }],
    ['components.0.components', 'BASE_TYPE_BAD_LENGTH', { components: [{ type: 1, components: buttons(6) }] }],
    [
      'components',
      'BASE_TYPE_BAD_LENGTH',
      { components: Array.from({ length: 6 }, (_, n) => ({ type: 1, components: buttons(1, n) })) },
    ],
    [
      'components',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      { components: [{ type: 1, components: [...buttons(1), ...buttons(1)] }] },
    ],
    [
      'components.0.components.0.custom_id',
      'BASE_TYPE_BAD_LENGTH',
      { components: [{ type: 1, components: [{ ...buttons(1)[0], custom_id: 'x'.repeat(101) }] }] },
    ],
    [
      'components.0.components.0.url',
      'BASE_TYPE_REQUIRED',
      { components: [{ type: 1, components: [{ type: 2, style: 5, label: 'x' }] }] },
    ],
    ['components', 'UNION_TYPE_CHOICES', { components: [{ type: 10, content: 'only with the flag' }] }],
    [
      'content',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      { content: 'x', flags: 1 << 15, components: [{ type: 10, content: 'x' }] },
    ],
    ['nonce', 'BASE_TYPE_MAX_LENGTH', { content: 'x', nonce: 'x'.repeat(26) }],
    ['content', 'STRING_TYPE_CONVERT', { content: { toString: 1 } }],
  ])('are refused at %s with %s', async (path, code, body) => {
    const sandbox = await runSandbox();
    expect(await send(sandbox, body)).toMatchObject({ status: 400, body: invalidAt(path, code) });
  });

  it('exactly at the limits are taken', async () => {
    const sandbox = await runSandbox();
    const embeds = [
      { title: 'x'.repeat(256), description: '𝒳'.repeat(4_096) },
      { description: 'x'.repeat(6_000 - 256 - 4_096) },
    ];
    expect((await send(sandbox, { content: 'x'.repeat(2_000), embeds })).status).toBe(200);
  });

  it('are refused when they are empty, unknown, or somebody else’s', async () => {
    const sandbox = await runSandbox();
    expect(await send(sandbox, { embeds: [] })).toMatchObject({ status: 400, body: { code: 50006 } });
    expect(await send(sandbox, { content: 'x' }, '1')).toMatchObject({ status: 404, body: { code: 10003 } });
    const path = `/channels/${sandbox.general}/messages`;
    expect(await sandbox.api('GET', `${path}/1`)).toMatchObject({ status: 404, body: { code: 10008 } });
    const said = (
      await sandbox.control<Sent>('POST', '/messages', { user: 'Ada', channel: 'general', content: 'hello' })
    ).body;
    expect(await sandbox.api('PATCH', `${path}/${said.id}`, { content: 'no' })).toMatchObject({
      status: 403,
      body: { code: 50005 },
    });
    expect(await sandbox.api('DELETE', `${path}/${said.id}`)).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('carry files, which can be fetched and shown in embeds', async () => {
    const sandbox = await runSandbox();
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ embeds: [{ title: 'plot', image: { url: 'attachment://plot.png' } }] }));
    form.set('files[0]', new Blob(['pixels'], { type: 'image/png' }), 'plot.png');
    const response = await fetch(`${sandbox.ready.api}/channels/${sandbox.general}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${sandbox.ready.token}` },
      body: form,
    });
    const message: { attachments: { url: string }[]; embeds: { image: { url: string } }[] } = JSON.parse(
      await response.text(),
    );
    const url = message.attachments[0]?.url ?? '';
    expect(message.embeds[0]?.image.url).toBe(url);
    expect(await (await fetch(url)).text()).toBe('pixels');
  });
});

function buttons(count: number, from = 0) {
  return Array.from({ length: count }, (_, n) => ({
    type: 2,
    style: 1,
    label: 'x',
    custom_id: `b${String(from * 10 + n)}`,
  }));
}
