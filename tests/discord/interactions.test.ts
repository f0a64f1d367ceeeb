import { Routes as RestRoutes } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { privately } from '../../src/discord/command.ts';
import type { Command, Forms } from '../../src/discord/command.ts';
import { textField } from '../../src/discord/form.ts';
import type { Form } from '../../src/discord/form.ts';
import { openGateway } from '../../src/discord/gateway.ts';
import type { Gateway } from '../../src/discord/gateway.ts';
import { registerCommands } from '../../src/discord/registration.ts';
import { createRest } from '../../src/discord/rest.ts';
import { noticeMessage } from '../../src/discord/tell-notices.ts';
import type { Notice } from '../../src/domain/ports.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Log } from '../../src/lib/log.ts';
import { startLocalDiscord } from '../builders/local-discord.ts';

type Shown = { readonly id: string; readonly content: string; readonly flags?: number };
type Result = { readonly replies: Shown[]; readonly modal?: { readonly custom_id: string } };

function command(name: string, run: Command['run'], complete?: Command['complete']): Command {
  const options = complete ? [{ type: 3 as const, name: 'id', description: 'Id', autocomplete: true }] : [];
  const data = { name, description: name, contexts: [0], integration_types: [0], options };
  return complete ? { data, run, complete } : { data, run };
}

function form(customId: string): Form {
  const field = { name: 'word', label: 'Word', description: 'Any' };
  const text = { value: '', shape: 'line', longest: 9, isRequired: true } as const;
  return { custom_id: customId, title: 'A form', components: [textField(field, text)] };
}

const commands = [
  command('asks', () => Promise.resolve({ form: form('v1:edit-alert:s1') })),
  command('asks-old', () => Promise.resolve({ form: form('v0:edit-alert:s1') })),
  command('asks-like-a-button', () => Promise.resolve({ form: form('v1:up:2505.10001') })),
  command('asks-later', async (_asked, defer) => {
    await defer('private');
    return { form: form('v1:edit-alert:s1') };
  }),
  command('at-once', () => Promise.resolve({ place: 'public', body: { content: 'done' } })),
  command('later', async (_asked, defer) => {
    await defer('public');
    await defer('private');
    return { place: 'public', body: { content: 'done' } };
  }),
  command('soon', async (_asked, defer) => {
    await defer('public', 'if-slow');
    return privately('between us');
  }),
  command('slow', async (_asked, defer) => {
    await defer('public', 'if-slow');
    await announced();
    return { place: 'public', body: { content: 'done' } };
  }),
  command('aside', async (_asked, defer) => {
    await defer('public');
    return privately('between us');
  }),
  command('fails-at-once', () => Promise.reject(new Error('no store'))),
  command('fails-later', async (_asked, defer) => {
    await defer('public');
    throw new Error('no store');
  }),
  command('says-nothing', () => Promise.resolve({ place: 'public', body: {} })),
  command(
    'suggests',
    () => Promise.resolve(privately('')),
    ({ focused }) =>
      focused.value === ''
        ? Promise.reject(new Error('no store'))
        : Promise.resolve(Array.from({ length: 40 }, (_, index) => ({ name: `${focused.value}${index}`, value: 'x' }))),
  ),
];

/** What waits to be told, and what was marked as told. */
const waiting: Notice[] = [];
const told: number[] = [];
const notices = {
  untold: () => Promise.resolve(waiting.filter(({ id }) => !told.includes(id))),
  tell: (ids: readonly number[]) => Promise.resolve(void told.push(...ids)),
};

const send: Forms['edit-alert'] = async ({ form: { subscription }, fields }, defer) => {
  await defer('update');
  if (fields['word'] === 'fails') throw new Error('no store');
  return { place: 'update', body: { content: `${subscription}: ${fields['word']}` } };
};
const press = () => Promise.resolve({ place: 'update' as const, body: { content: 'pressed' } });
const button = (id: string) => ({ type: 2, style: 2, label: id, custom_id: id });

const errors: { readonly fields: object; readonly message: string }[] = [];
const log: Log = { ...createLog('silent'), error: (fields, message) => void errors.push({ fields, message }) };

let sandbox: Awaited<ReturnType<typeof startLocalDiscord>>;
let gateway: Gateway;
beforeAll(async () => {
  // One of the commands says nothing, which is what its test is about.
  sandbox = await startLocalDiscord({ onPurpose: ({ why }) => why.includes('/data: empty message (50006)') });
  const settings = { apiUrl: sandbox.ready.api, token: sandbox.ready.token };
  const buttons = {
    search: press,
    more: press,
    similar: press,
    up: press,
    down: press,
    list: press,
    again: press,
    forget: press,
  };
  const forms = { 'edit-channel': send, 'edit-alert': send };
  gateway = await openGateway(
    settings,
    { commands, buttons, forms },
    { log, newId: () => 'i7', onFatal: () => undefined, notices },
  );
  await registerCommands(
    createRest(settings),
    gateway.applicationId,
    commands.map(({ data }) => data),
  );
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});
beforeEach(() => {
  errors.splice(0);
  waiting.splice(0);
  told.splice(0);
});

async function control<T>(path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const asked = { user: sandbox.ready.users[0]?.id, ...body };
  const response = await fetch(sandbox.ready.control + path, { method: 'POST', headers, body: JSON.stringify(asked) });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is the sandbox's contract
  return (await response.json()) as T;
}

async function ask(name: string): Promise<Shown[]> {
  const body = { channel: sandbox.ready.channels[0]?.id, command: name, options: {} };
  return (await control<Result>('/interactions', body)).replies;
}

/** The answer to the form of a command, filled in with a word. */
async function fillIn(name: string, word: string): Promise<Shown[]> {
  const body = { channel: sandbox.ready.channels[0]?.id, command: name, options: {} };
  const { modal } = await control<Result>('/interactions', body);
  return (await control<Result>('/interactions', { customId: modal?.custom_id, fields: { word } })).replies;
}

const callback = 'POST /interactions/:id/:token/callback';

async function requests(): Promise<{ readonly route: string; readonly body: object }[]> {
  const response = await fetch(`${sandbox.ready.control}/log`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is the sandbox's contract
  return (await response.json()) as { route: string; body: object }[];
}

/** Resolves once Discord was told that the answer to the last interaction is on its way. */
async function announced(): Promise<void> {
  await vi.waitUntil(
    async () => {
      const last = (await requests()).at(-1);
      return last?.route === callback && 'type' in last.body && last.body.type === 5;
    },
    { timeout: 5_000 },
  );
}

async function lost(status: number | 'reset', when: 'before' | 'after'): Promise<void> {
  const ordered = await control<{ faults: object[] }>('/faults', { user: undefined, route: callback, status, when });
  expect(ordered.faults).toHaveLength(1);
}

const isPrivate = (message: Shown | undefined) => ((message?.flags ?? 0) & 64) !== 0;

describe('createInteractionRouter', () => {
  it.each(['at-once', 'later', 'slow'])('answers %s', async (name) => {
    expect(await ask(name)).toMatchObject([{ content: 'done' }]);
    expect(errors).toEqual([]);
  });

  it('sends an answer that would be announced only if it was slow at once, to the place it is for', async () => {
    const before = (await requests()).length;
    const [reply] = await ask('soon');
    expect(isPrivate(reply)).toBe(true);
    const said = (await requests()).slice(before);
    expect(said).toMatchObject([{ route: callback, body: { type: 4, data: { flags: 64 } } }]);
  });

  it('turns an answer that was announced to all into one for the asker', async () => {
    const [reply] = await ask('aside');
    expect(reply?.content).toBe('between us');
    expect(isPrivate(reply)).toBe(true);
  });

  it.each(['fails-at-once', 'fails-later', 'says-nothing'])(
    'gives the asker of %s an incident number that the log bears too',
    async (name) => {
      const [reply] = await ask(name);
      expect(isPrivate(reply)).toBe(true);
      expect(reply?.content).toContain('this number: `i7`');
      expect(errors).toMatchObject([{ fields: { incident: 'i7' }, message: `/${name} failed` }]);
    },
  );

  it('opens a form, and routes what was sent by its action', async () => {
    const [reply] = await fillIn('asks', 'gpu');
    expect(reply?.content).toBe('s1: gpu');
    expect(isPrivate(reply)).toBe(true);
    expect(errors).toEqual([]);
  });

  it.each(['asks-old', 'asks-like-a-button'])('says so when the form of %s is none of today’s', async (name) => {
    const [reply] = await fillIn(name, 'gpu');
    expect(reply?.content).toMatch(/^This form is too old/);
    expect(isPrivate(reply)).toBe(true);
  });

  it('gives an incident number to who sent a form that met a bug, and where a form comes too late', async () => {
    const [failed] = await fillIn('asks', 'fails');
    expect(failed?.content).toContain('this number: `i7`');
    const [late] = await ask('asks-later');
    expect(late?.content).toContain('this number: `i7`');
    expect(errors).toMatchObject([{ message: 'form v1:edit-alert:s1 failed' }, { message: '/asks-later failed' }]);
  });

  it('suggests 25 choices at most, and none when something fails', async () => {
    const ask25 = { channel: sandbox.ready.channels[0]?.id, command: 'suggests', focused: 'id' };
    const many = await control<{ choices: object[] }>('/autocomplete', { ...ask25, options: { id: 'a' } });
    expect(many.choices).toHaveLength(25);
    expect(many.choices[0]).toMatchObject({ name: 'a0' });
  });

  it('routes a button by its action, and says so when it is too old', async () => {
    const rest = createRest({ apiUrl: sandbox.ready.api, token: sandbox.ready.token });
    const body = {
      content: 'x',
      components: [{ type: 1, components: ['v1:up:2505.10001', 'v0:up:1', 'v1:edit-alert:s1'].map(button) }],
    };
    const posted = await rest.post(RestRoutes.channelMessages(sandbox.ready.channels[0]?.id ?? ''), { body });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a message as Discord answers it
    const message = (posted as Shown).id;

    for (const customId of ['v0:up:1', 'v1:edit-alert:s1']) {
      const old = await control<Result>('/interactions', { message, customId });
      expect(old.replies[0]?.content).toMatch(/^This button is too old/);
      expect(isPrivate(old.replies[0])).toBe(true);
    }
    const pressed = await control<{ replies: Shown[] }>('/interactions', { message, customId: 'v1:up:2505.10001' });
    expect(pressed.replies).toMatchObject([{ id: message, content: 'pressed' }]);
  });

  it.each([
    ['later', 502, 'after'],
    ['later', 502, 'before'],
    ['later', 'reset', 'after'],
    ['at-once', 502, 'after'],
    ['at-once', 'reset', 'before'],
  ] as const)(
    'answers %s although what Discord said to its first word (%s) was lost %s its effect',
    async (...given) => {
      const [name, status, when] = given;
      await lost(status, when);
      expect(await ask(name)).toMatchObject([{ content: 'done' }]);
      expect(errors).toEqual([]);
    },
  );

  it('answers the asker alone where the announcement to all seemed lost', async () => {
    await lost(502, 'after');
    const [reply] = await ask('aside');
    expect(reply?.content).toBe('between us');
    expect(isPrivate(reply)).toBe(true);
  });

  it('answers a form whose announcement seemed lost', async () => {
    const body = { channel: sandbox.ready.channels[0]?.id, command: 'asks', options: {} };
    const { modal } = await control<Result>('/interactions', body);
    await lost(502, 'after');
    const sent = { customId: modal?.custom_id, fields: { word: 'gpu' } };
    expect((await control<Result>('/interactions', sent)).replies).toMatchObject([{ content: 's1: gpu' }]);
    expect(errors).toEqual([]);
  });

  it('opens a form once, although the first word of it was lost', async () => {
    await lost(502, 'after');
    const [reply] = await fillIn('asks', 'gpu');
    expect(reply?.content).toBe('s1: gpu');
    expect(errors).toEqual([]);
  });
});

function notice(id: number): Notice {
  return { id, text: `news ${id}`, createdAt: Date.UTC(2025, 4, 23, 12) };
}

describe('createNoticeTeller', () => {
  it.each(['at-once', 'later', 'aside'])(
    'tells what waits after the answer to %s, privately and once',
    async (name) => {
      waiting.push(notice(1), notice(2));
      const first = (await ask(name)).at(0);
      await vi.waitUntil(() => told.length === 2, { timeout: 10_000 });
      expect(first?.content).not.toContain('news');
      const said = (await requests()).filter(({ body }) => JSON.stringify(body).includes('news 1'));
      expect(said.at(-1)).toMatchObject({
        route: 'POST /webhooks/:id/:token',
        body: { flags: 64, content: '**Fri 23 May 2025** news 1\n**Fri 23 May 2025** news 2' },
      });
      await ask(name);
      expect((await requests()).filter(({ body }) => JSON.stringify(body).includes('news 1'))).toHaveLength(
        said.length,
      );
    },
  );

  it('tells again what could not be told', async () => {
    waiting.push(notice(1));
    await control('/faults', {
      user: undefined,
      route: 'POST /webhooks/:id/:token',
      status: 400,
      code: 50035,
      count: 1,
    });
    expect(await ask('at-once')).toMatchObject([{ content: 'done' }]);
    expect(errors).toEqual([]);
    await expect.poll(async () => (await ask('at-once')).length > 0 && told).toEqual([1]);
  });

  it('waits with what a form cannot be followed by, and tells it after what was sent', async () => {
    waiting.push(notice(1));
    expect(await fillIn('asks', 'gpu')).not.toEqual([]);
    await vi.waitUntil(() => told.length === 1, { timeout: 10_000 });
  });
});

describe('noticeMessage', () => {
  it('holds as many as one message can, oldest first', () => {
    const long = Array.from({ length: 9 }, (_, id) => ({ id, text: 'x'.repeat(500), createdAt: 0 }));
    const { body, ids } = noticeMessage(long);
    expect(ids).toEqual([0, 1, 2]);
    expect(body.content?.length).toBeLessThanOrEqual(2_000);
    expect(noticeMessage([{ id: 7, text: 'x'.repeat(5_000), createdAt: 0 }]).ids).toEqual([7]);
  });
});
