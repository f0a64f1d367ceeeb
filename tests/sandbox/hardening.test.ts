import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

const mebibyte = 1024 * 1024;

/** What nobody caught while these tests ran: in a sandbox of its own process it would be the end. */
const uncaught: unknown[] = [];
const note = (error: unknown) => uncaught.push(error);
beforeAll(() => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
});

/** A sandbox that must be alive, and have failed at nothing, when the test is over. */
async function attacked(attack: (sandbox: RunningSandbox, messages: string) => Promise<unknown>): Promise<void> {
  const sandbox = await runSandbox();
  const messages = `/channels/${sandbox.general}/messages`;
  await attack(sandbox, messages);
  expect(await sandbox.api('POST', messages, { content: 'alive' })).toMatchObject({ status: 200 });
  const log = (await sandbox.control<{ status: number | null }[]>('GET', '/log')).body;
  expect(log.filter(({ status }) => (status ?? 0) >= 500)).toEqual([]);
  // No connection that was left half open may hold it up.
  await sandbox.close();
  expect(uncaught).toEqual([]);
}

/** A socket that says `head` and what is sent; nothing that happens to it matters. */
async function openSocket(sandbox: RunningSandbox, head = ''): Promise<Socket> {
  const { hostname, port } = new URL(sandbox.ready.api);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(head);
  return socket;
}

/** The status line of what is answered; empty where the connection ends without. */
async function statusLine(socket: Socket): Promise<string> {
  const [chunk] = await Promise.race([once(socket, 'data'), once(socket, 'end'), once(socket, 'close')]);
  return chunk instanceof Buffer ? (chunk.toString('latin1').split('\r\n')[0] ?? '') : '';
}

const head = (sandbox: RunningSandbox, first: string, ...more: string[]) =>
  [
    first,
    'Host: 127.0.0.1',
    'User-Agent: DiscordBot (test)',
    `Authorization: Bot ${sandbox.ready.token}`,
    ...more,
    '',
    '',
  ].join('\r\n');

/** Sends a body of any kind with the bot's token. */
async function send(sandbox: RunningSandbox, path: string, init: RequestInit & { duplex?: 'half' }) {
  const headers = { authorization: `Bot ${sandbox.ready.token}`, ...Object.fromEntries(new Headers(init.headers)) };
  const response = await fetch(`${sandbox.ready.api}/v10${path}`, { method: 'POST', ...init, headers });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

const files = (count: number, bytes: number): [string, Blob][] =>
  Array.from({ length: count }, (_, n) => [`files[${String(n)}]`, new Blob([new Uint8Array(bytes)])]);

function formOf(fields: readonly (readonly [string, string | Blob])[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, `${name}.bin`);
  }
  return form;
}

/** A message of exactly so many bytes. */
const messageOf = (bytes: number) => `{"content":"x","ignored":"${'x'.repeat(bytes - 28)}"}`;
/** A form of one part. */
const formOfOne = (partHead: string, text: string) => `--b\r\n${partHead}\r\n\r\n${text}\r\n--b--\r\n`;
const partOf = (disposition: string) => formOfOne(`Content-Disposition: ${disposition}`, 'x');

/** Bodies of 25 MiB that cost seconds to parse, and what Discord makes of them. */
function endlessBodies() {
  const json = 'application/json';
  const urlencoded = 'application/x-www-form-urlencoded';
  const multipart = 'multipart/form-data; boundary=b';
  const size = 25 * mebibyte - 1_000;
  const filledBy = (unit: string, bytes = size) => unit.repeat(Math.floor(bytes / unit.length));
  const numbered = (unit: (n: string) => string) => {
    const length = Math.floor(size / unit('0000000').length);
    return Array.from({ length }, (_, n) => unit(String(n).padStart(7, '0'))).join('');
  };
  const part = 'Content-Disposition: form-data; name="content"';
  const fill = filledBy('x');
  return [
    { name: 'distinct keys', type: urlencoded, body: numbered((n) => `k${n}=&`), status: 413, code: 40005 },
    { name: '1 MiB of keys', type: urlencoded, body: filledBy('k=&', mebibyte), status: 400, code: 50035 },
    {
      name: 'tiny files',
      type: multipart,
      body: numbered((n) => `--b\r\nContent-Disposition: form-data; name="f${n}"; filename="x"\r\n\r\nx\r\n`),
      status: 400,
      code: 30015,
    },
    { name: 'a long name', type: multipart, body: formOfOne(`${part}${fill}`, 'x'), status: 400, code: 50109 },
    { name: 'many heads', type: multipart, body: formOfOne(filledBy('a: b\r\n'), 'x'), status: 400, code: 50109 },
    { name: 'a long field', type: multipart, body: formOfOne(part, fill), status: 413, code: 40005 },
    { name: 'nested', type: json, body: filledBy('[', size / 2) + filledBy(']', size / 2), status: 413, code: 40005 },
    { name: '4 MB of depth', type: json, body: filledBy('[', 4_000_000), status: 400, code: 50109 },
    {
      name: 'depth in a form',
      type: multipart,
      body: formOfOne(part.replace('content', 'payload_json'), '['.repeat(4_000_000)),
      status: 400,
      code: 50109,
    },
    { name: 'unbalanced', type: json, body: filledBy('{"a":'), status: 413, code: 40005 },
    { name: 'empty lists', type: json, body: `[${filledBy('[],')}[]]`, status: 413, code: 40005 },
    { name: '4 MB of lists', type: json, body: `[${filledBy('[],', 4_000_000)}[]]`, status: 400, code: 50035 },
    {
      name: 'many lists of lists',
      type: json,
      body: `[${`[${'[],'.repeat(900)}0],`.repeat(900)}0]`,
      status: 400,
      code: 50035,
    },
    { name: 'long text', type: json, body: `{"content":"${fill}"}`, status: 413, code: 40005 },
    { name: '4 MB of text', type: json, body: `{"content":"${'🙂'.repeat(1_000_000)}"}`, status: 400, code: 50035 },
    { name: '4 MB of blanks', type: json, body: `{"content":"${' '.repeat(4_000_000)}"}`, status: 400, code: 50006 },
    { name: 'escapes', type: json, body: `{"content":"${filledBy('\\"', 4_000_000)}"}`, status: 400, code: 50035 },
    { name: 'no end', type: json, body: `{"content":"${filledBy('\\"', 4_000_000)}`, status: 400, code: 50109 },
  ];
}

describe('a hostile client', () => {
  it('gets Discord’s refusal for a body of the wrong shape, at every level', async () => {
    await attacked(async (sandbox, messages) => {
      const wrong: unknown[] = [null, true, 0, -1, 1e308, 'x', '\0', [], [[]], {}, { length: 1 }, 'x'.repeat(5_000)];
      const fields = [
        'content',
        'embeds',
        'components',
        'flags',
        'nonce',
        'tts',
        'allowed_mentions',
        'attachments',
        'message_reference',
        'poll',
        'sticker_ids',
      ];
      const nested = [
        (value: unknown) => ({ embeds: [value] }),
        (value: unknown) => ({ embeds: [{ fields: value, footer: value, author: value }] }),
        (value: unknown) => ({ embeds: [{ fields: [value], title: value, color: value }] }),
        (value: unknown) => ({ components: [value] }),
        (value: unknown) => ({ components: [{ type: value, components: value }] }),
        (value: unknown) => ({ components: [{ type: 1, components: [value] }] }),
        (value: unknown) => ({ components: [{ type: 1, components: [{ type: 2, style: value, custom_id: value }] }] }),
        (value: unknown) => ({ flags: 1 << 15, components: [{ type: 9, components: [value], accessory: value }] }),
        (value: unknown) => ({ allowed_mentions: { parse: value, users: [value] } }),
      ];
      for (const value of wrong) {
        const bodies = [value, ...fields.map((name) => ({ [name]: value })), ...nested.map((wrap) => wrap(value))];
        const answers = await Promise.all(bodies.map((body) => sandbox.api('POST', messages, JSON.stringify(body))));
        expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 400)).toEqual([]);
      }
      const application = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body.id;
      for (const body of [null, 1, {}, [null], [[]], [{ name: {}, options: [{}] }], { name: [] }]) {
        const commands = `/applications/${application}/commands`;
        expect((await sandbox.api('PUT', commands, JSON.stringify(body))).status).toBe(400);
        expect((await sandbox.api('POST', '/users/@me/channels', JSON.stringify(body))).status).toBe(400);
        expect((await sandbox.api('POST', '/interactions/1/x/callback', JSON.stringify(body))).status).toBe(404);
      }
    });
  });

  it('gets text back as it was sent, NUL and half characters too', async () => {
    await attacked(async (sandbox, messages) => {
      for (const content of ['a\0b', 'a\uD800b', '\uDFFF!', '\u202Ex', '\uFEFFx', '🙂'.repeat(2_000)]) {
        const sent = await sandbox.api<{ content: string }>('POST', messages, { content });
        expect([200, 400]).toContain(sent.status);
      }
      const invalid = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
      const headers = { 'content-type': 'application/json' };
      expect(await send(sandbox, messages, { body: invalid, headers })).toMatchObject({
        status: 400,
        body: { code: 50109 },
      });
    });
  });

  it('cannot hold it up with endless or bottomless bodies', async () => {
    await attacked(async (sandbox, messages) => {
      const zeros = `[${'0,'.repeat(1_000_000)}0]`;
      const keys = Array.from({ length: 200_000 }, (_, n) => `"k${String(n)}":0`).join(',');
      const wide = `{"embeds":[${`{"fields":[${'0,'.repeat(900)}0]},`.repeat(900)}{}]}`;
      for (const body of [zeros, `{"embeds":${zeros}}`, `{"embeds":[{"fields":${zeros}}]}`, `{${keys}}`, wide]) {
        expect(await sandbox.api('POST', messages, body)).toMatchObject({ status: 400, body: { code: 50035 } });
      }
      const bad = `{"embeds":[${`{"fields":[${'0,'.repeat(200)}0]},`.repeat(200)}{}]}`;
      expect(await sandbox.api('POST', messages, bad)).toMatchObject({ status: 400, body: { code: 50035 } });
      // Faults by the ten thousand, below and above the longest list that is looked at.
      for (const length of [999, 20_000]) {
        const parse = Array.from({ length }, () => 0);
        const mentions = Array.from({ length: 10 }, () => ({ allowed_mentions: { parse } }));
        const refused = await Promise.all(mentions.map((body) => sandbox.api('POST', messages, body)));
        expect(refused.filter(({ status }) => status !== 400)).toEqual([]);
      }
      const deep = `${'{"embeds":['.repeat(100_000)}${']}'.repeat(100_000)}`;
      expect(await sandbox.api('POST', messages, deep)).toMatchObject({ status: 400, body: { code: 50109 } });
    });
  });

  it.each([true, false])(
    'is refused whatever fills its 25 MiB (token: %s), while others are served',
    async (hasToken) => {
      await attacked(async (sandbox, messages) => {
        const bodies = endlessBodies();
        let isOver = false;
        const others = (async () => {
          let asked = 0;
          while (!isOver) {
            expect((await sandbox.api('GET', messages)).status).toBe(200);
            asked += 1;
          }
          return asked;
        })();
        const authorization = hasToken ? {} : { authorization: 'Bot wrong' };
        for (const { name, type, body, status, code } of bodies) {
          const headers = { ...authorization, 'content-type': type };
          const answer = await sandbox.api('POST', messages, body, headers);
          expect({ name, ...answer }).toMatchObject({
            name,
            ...(hasToken ? { status, body: { code } } : { status: 401, body: { code: 0 } }),
          });
        }
        isOver = true;
        expect(await others).toBeGreaterThan(0);
      });
    },
  );

  it('may register a hundred long commands in several languages at once', async () => {
    await attacked(async (sandbox) => {
      const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
      const description = 'd'.repeat(98);
      const languages = ['de', 'fr', 'ja', 'ko', 'ru', 'uk', 'pl', 'es-ES', 'it'];
      const options = Array.from({ length: 25 }, (_, n) => ({
        type: 3,
        name: `o${String(n)}`,
        description,
        description_localizations: Object.fromEntries(languages.map((language) => [language, description])),
        choices: [{ name: 'n'.repeat(80), value: 'v'.repeat(80) }],
      }));
      const commands = Array.from({ length: 100 }, (_, n) => ({ name: `c${String(n)}`, description: 'd', options }));
      expect(JSON.stringify(commands).length).toBeGreaterThan(3 * mebibyte);
      const set = await sandbox.api<unknown[]>('PUT', `/applications/${id}/commands`, commands);
      expect([set.status, set.body.length]).toEqual([200, 100]);
    });
  });

  it('cannot hold up the control API by a body without a bottom or an end', async () => {
    await attacked(async (sandbox) => {
      const options = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
      const deep = `{"user":"Ada","channel":"general","command":"x","options":${options}}`;
      for (const body of [deep, '['.repeat(25 * mebibyte)]) {
        expect(await sandbox.control('POST', '/interactions', body)).toMatchObject({
          status: 400,
          body: { message: 'The body is nested too deep.' },
        });
      }
      expect(await sandbox.control('POST', '/messages', `[${'[],'.repeat(2_000_000)}[]]`)).toMatchObject({
        status: 400,
        body: { message: 'The body holds too many values.' },
      });
      const user = 'x'.repeat(20 * mebibyte);
      expect(await sandbox.control('POST', '/messages', { user, channel: 'general', content: 'x' })).toMatchObject({
        status: 404,
        body: { message: `There is no user “${'x'.repeat(101)}…”.` },
      });
    });
  });

  it('gets 401 for every token but the bot’s', async () => {
    await attacked(async (sandbox) => {
      const { token } = sandbox.ready;
      for (const authorization of [
        `Bearer ${token}`,
        token,
        'Bot',
        'Bot ',
        'Bot null',
        `Bot ${token}x`,
        `Bot ${token} x`,
      ]) {
        expect(await sandbox.api('GET', '/users/@me', undefined, { authorization })).toMatchObject({
          status: 401,
          body: { message: '401: Unauthorized', code: 0 },
        });
      }
      const absent = await fetch(`${sandbox.ready.api}/v10/users/@me`);
      expect(absent.status).toBe(401);
    });
  });

  it('is shut out where it does not say what it is', async () => {
    await attacked(async (sandbox) => {
      const socket = await openSocket(sandbox, 'GET /api/v10/gateway HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      let text = '';
      for await (const chunk of socket) text += String(chunk);
      expect(text).toMatch(/^HTTP\/1\.1 403 /);
      expect(text).toContain('{"message":"internal network error","code":40333}');
      expect(text).not.toMatch(/^via:/im);
    });
  });

  it('gets 404 for unknown paths and 405 for unknown methods', async () => {
    await attacked(async (sandbox, messages) => {
      for (const path of [
        '',
        '/',
        '//',
        '/channels',
        '/channels//messages',
        '/%00',
        '/%',
        '/..%2f..%2fetc',
        '/users/@me/x',
      ]) {
        expect(await sandbox.api('GET', path)).toMatchObject({ status: 404, body: { code: 0 } });
      }
      for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
        expect(await sandbox.api(method, messages)).toMatchObject({
          status: 405,
          body: { message: '405: Method Not Allowed', code: 0 },
        });
      }
      expect((await sandbox.api('HEAD', '/users/@me')).status).toBe(200);
    });
  });

  it('is heard up to 4 MiB of JSON and 25 MiB of files, with a length or without', async () => {
    await attacked(async (sandbox, messages) => {
      const headers = { 'content-type': 'application/json' };
      const chunked = (text: string) =>
        new ReadableStream({
          start(controller) {
            const bytes = new TextEncoder().encode(text);
            for (let at = 0; at < bytes.length; at += mebibyte) controller.enqueue(bytes.subarray(at, at + mebibyte));
            controller.close();
          },
        });
      expect(await send(sandbox, messages, { headers, body: messageOf(4 * mebibyte) })).toMatchObject({ status: 200 });
      const tooLarge = { status: 413, body: { code: 40005 } };
      for (const bytes of [4 * mebibyte + 1, 25 * mebibyte, 25 * mebibyte + 1]) {
        expect(await send(sandbox, messages, { headers, body: messageOf(bytes) })).toMatchObject(tooLarge);
      }
      expect(
        await send(sandbox, messages, { headers, body: chunked(messageOf(4 * mebibyte)), duplex: 'half' }),
      ).toMatchObject({ status: 200 });
      expect(
        await send(sandbox, messages, { headers, body: chunked(messageOf(4 * mebibyte + 1)), duplex: 'half' }),
      ).toMatchObject(tooLarge);
      expect(await send(sandbox, messages, { body: formOf(files(3, 8 * mebibyte)) })).toMatchObject({ status: 200 });
      expect(await send(sandbox, messages, { body: formOf(files(3, 9 * mebibyte)) })).toMatchObject(tooLarge);
      expect(await send(sandbox, messages, { body: formOf(files(1, 10 * mebibyte)) })).toMatchObject({ status: 200 });
      expect(await send(sandbox, messages, { body: formOf(files(1, 10 * mebibyte + 1)) })).toMatchObject(tooLarge);
    });
  });

  it('may send odd forms', async () => {
    await attacked(async (sandbox, messages) => {
      const post = (fields: readonly (readonly [string, string | Blob])[]) =>
        send(sandbox, messages, { body: formOf(fields) });
      expect(await post(files(10, 1))).toMatchObject({ status: 200 });
      expect(await post(files(11, 1))).toMatchObject({ status: 400, body: { code: 30015 } });
      expect(await post([['content', 'by field']])).toMatchObject({ status: 200, body: { content: 'by field' } });
      expect(await post([['payload_json', '{"content":'], ...files(1, 1)])).toMatchObject({ body: { code: 50109 } });
      expect(await post([['payload_json', '[]'], ...files(1, 1)])).toMatchObject({ body: { code: 50035 } });
      expect(await post([['payload_json', new Blob(['{"content":"x"}'])]])).toMatchObject({ status: 200 });
      expect(await post([['', new Blob(['x'])]])).toMatchObject({ status: 200, body: { attachments: [{ size: 1 }] } });
      expect(await post([])).toMatchObject({ status: 400 });

      const raw = (body: string, type = 'multipart/form-data; boundary=b') =>
        send(sandbox, messages, { body, headers: { 'content-type': type } });
      for (const disposition of [
        'form-data',
        'form-data; filename=x',
        'attachment; name=x',
        'form-data; name="a',
        '',
      ]) {
        expect(await raw(partOf(disposition))).toMatchObject({ status: 400 });
      }
      expect(await raw(partOf('form-data; name=x'), 'multipart/form-data')).toMatchObject({ body: { code: 50109 } });
      expect(await raw(partOf('form-data; name=x').slice(0, -8))).toMatchObject({ status: 400 });
      expect(await raw('no form at all')).toMatchObject({ status: 400, body: { code: 50109 } });
    });
  });

  it('must say what kind of body it sends', async () => {
    await attacked(async (sandbox, messages) => {
      const body = '{"content":"x"}';
      for (const type of ['text/plain', 'application/xml', 'application/jsonx', 'nonsense']) {
        expect(await send(sandbox, messages, { body, headers: { 'content-type': type } })).toMatchObject({
          status: 400,
          body: { code: 50035, message: expect.stringContaining('Expected "Content-Type" header') },
        });
      }
      for (const type of ['application/json; charset=utf-8', 'Application/JSON']) {
        expect(await send(sandbox, messages, { body, headers: { 'content-type': type } })).toMatchObject({
          status: 200,
        });
      }
      expect(await send(sandbox, messages, { body: new URLSearchParams({ content: 'x' }) })).toMatchObject({
        status: 200,
      });
    });
  });

  it('blocks nobody by a head or a body that never ends, and nothing by going away', async () => {
    await attacked(async (sandbox, messages) => {
      const begun = head(
        sandbox,
        `POST /api/v10${messages} HTTP/1.1`,
        'Content-Type: application/json',
        'Content-Length: 99',
      );
      for (let n = 0; n < 50; n += 1) {
        await openSocket(sandbox, 'GET /api/v10/users/@me HTTP/1.1\r\nHost: x\r\nX-');
        await openSocket(sandbox, `${begun}{"content":`);
      }
      expect((await sandbox.api('GET', '/users/@me')).status).toBe(200);
      for (let n = 0; n < 20; n += 1) {
        const socket = await openSocket(sandbox, `${begun}{"content":"x"`);
        if (n % 2 === 0) socket.resetAndDestroy();
        else socket.end();
      }
      const read = async () => (await sandbox.api<unknown[]>('GET', messages)).body;
      expect(await read()).toEqual([]);
    });
  });

  it('may send what is no HTTP, or ask for what is no gateway', async () => {
    await attacked(async (sandbox) => {
      const upgrade = (target: string) =>
        head(
          sandbox,
          `GET ${target} HTTP/1.1`,
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        );
      for (const said of [
        '\0\0\0\0\r\n\r\n',
        'GET\r\n\r\n',
        'GET / HTTP/9.9\r\n\r\n',
        'GET /api/v10/gateway HTTP/1.1\r\n\r\n',
        'GET /api/v10/gateway HTTP/1.0\r\nUser-Agent: x\r\n\r\n',
        `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
        head(sandbox, 'GET \\ HTTP/1.1'),
        head(sandbox, 'GET http://[/api HTTP/1.1'),
        head(sandbox, 'POST /api/v10/gateway HTTP/1.1', 'Content-Length: 1', 'Transfer-Encoding: chunked'),
        head(sandbox, 'POST /api/v10/gateway HTTP/1.1', 'Content-Length: -1'),
        `${head(sandbox, 'POST /api/v10/gateway HTTP/1.1', 'Transfer-Encoding: chunked')}zz\r\n`,
        upgrade('/nowhere'),
        upgrade('//'),
        upgrade('http://['),
        upgrade('/gateway').replace('Version: 13', 'Version: 99'),
      ]) {
        expect(await statusLine(await openSocket(sandbox, said)), said.slice(0, 60)).toMatch(/^HTTP\/1\.1 4\d\d /);
      }
      for (let n = 0; n < 20; n += 1) {
        (await openSocket(sandbox, upgrade(n % 2 === 0 ? '/nowhere' : '/gateway'))).resetAndDestroy();
      }
    });
  });

  it('is one of a thousand sockets of every kind, and the next one is served', async () => {
    await attacked(async (sandbox, messages) => {
      const each = Array.from({ length: 334 });
      const silent = await Promise.all(each.map(() => openSocket(sandbox)));
      const kept = await Promise.all(
        each.map(async () => {
          const socket = await openSocket(sandbox, head(sandbox, 'GET /api/v10/users/@me HTTP/1.1'));
          expect(await statusLine(socket)).toBe('HTTP/1.1 200 OK');
          return socket;
        }),
      );
      const gateway = sandbox.ready.api.replace('http', 'ws').replace('/api', '/gateway');
      const sockets = await Promise.all(
        each.map(async () => {
          const socket = new WebSocket(`${gateway}/?v=10&encoding=json`);
          onTestFinished(() => socket.terminate());
          await once(socket, 'message');
          return socket;
        }),
      );
      expect((await sandbox.api('POST', messages, { content: 'x' })).status).toBe(200);
      expect(silent.filter(({ destroyed }) => destroyed)).toEqual([]);
      expect(kept.filter(({ destroyed }) => destroyed)).toEqual([]);
      expect(sockets.filter(({ readyState }) => readyState !== WebSocket.OPEN)).toEqual([]);
    });
  });
});
