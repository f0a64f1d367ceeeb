import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownForm, ShownMessage } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
});
afterAll(() => bot.close());

const isPrivate = (message: ShownMessage | undefined) => ((message?.flags ?? 0) & 64) !== 0;
const formId = 'v1:edit-channel:gpu';

/** #llm-serving has one subscription, #workflows two. */
beforeEach(async () => {
  for (const { id } of await bot.store.subscriptions.list()) await bot.store.subscriptions.delete(id);
  await subscribe({ id: 'gpu', query: 'gpu', categories: ['cs.DC'], maxPapers: 9, createdBy: 'u1', createdAt: 7 });
  await subscribe({ id: 'one', query: 'raft' }, 'workflows');
  await subscribe({ id: 'two', query: 'paxos' }, 'workflows');
});

async function subscribe(given: Parameters<typeof aSubscription>[0], where = 'llm-serving') {
  const target = bot.channel(where);
  const place = aTarget({ id: target, guildId: bot.ready.guild });
  await bot.store.subscriptions.save(aSubscription({ target, ...given }), place);
}

const openForm = (id: string, who = 'Ada', where = 'llm-serving') =>
  bot.form(who, { channel: bot.channel(where), command: 'subscriptions edit', options: { id } });

/** What stands in a form, by field. */
function filled(form: ShownForm) {
  return Object.fromEntries(
    form.components.map(({ component }) => [
      component.custom_id,
      component.options?.find((option) => option.default)?.value ?? component.value ?? '',
    ]),
  );
}

async function edit(id: string, fields: object): Promise<ShownMessage | undefined> {
  const { custom_id: customId } = await openForm(id);
  const [reply] = await bot.send('Ada', customId, fields);
  return reply;
}

function again(reply: ShownMessage | undefined): { message: string; customId: string } {
  const [button] = reply?.components[0]?.components ?? [];
  if (!reply || button?.label !== 'Edit again') throw new Error(`no button under ${reply?.content}`);
  return { message: reply.id, customId: button.custom_id ?? '' };
}

/** Changes the server by the control API. */
async function change(method: string, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const url = `${bot.ready.control}/guilds/${bot.ready.guild}${path}`;
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  expect(response.ok, `${method} ${path}`).toBe(true);
}

const target = () => bot.channel('llm-serving');

/** Takes rights away from the bot in #llm-serving; none: gives them back. */
async function deny(rights: readonly string[]): Promise<void> {
  const response = await fetch(`${bot.ready.control}/channels/llm-serving`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ overwrites: [{ id: 'Paperboy', deny: rights }] }),
  });
  expect(response.ok).toBe(true);
}

describe('/subscriptions edit', () => {
  it('opens a form with what there is', async () => {
    const form = await openForm('gpu');
    expect(form).toMatchObject({ custom_id: formId, title: 'Change a subscription' });
    expect(form.components.map(({ label }) => label)).toEqual(['Query', 'Interests', 'Categories', 'Style', 'Max']);
    expect(filled(form)).toEqual({ query: 'gpu', interests: '', categories: 'cs.DC', style: 'cards', max: '9' });
  });

  it('changes what was changed, and says to the asker alone what it is now and would have brought', async () => {
    const before = await bot.store.subscriptions.get('gpu');
    const reply = await edit('gpu', { query: '"LLM serving" | inference', style: ['digest'], max: '5' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toBe(
      `Changed: <#${bot.channel('llm-serving')}> is subscribed to \`"LLM serving" OR inference\` in cs.DC. New papers come as soon as arXiv announces them, ten to a message, at most 5 a day.`,
    );
    expect(reply?.embeds[0]?.title).toBe('The listing of Fri 23 May 2025 would have brought 2 papers');
    const changed = { query: '"LLM serving" | inference', style: 'digest', maxPapers: 5 };
    expect(await bot.store.subscriptions.get('gpu')).toEqual({ ...before, ...changed });
  });

  it('says that nothing was changed', async () => {
    const reply = await edit('gpu', { query: '(gpu)' });
    expect(reply?.content).toBe(
      `Nothing was changed: <#${bot.channel('llm-serving')}> is subscribed to \`gpu\` in cs.DC, as before.`,
    );
    expect(reply?.components).toEqual([]);
    expect(await bot.store.subscriptions.get('gpu')).toMatchObject({ query: 'gpu' });
  });

  it.each([
    [{ query: 'a OR' }, 'I cannot read that query, column 5: '],
    [{ categories: 'cs.DC, cooking' }, 'arXiv has no archive “cooking”.'],
    [{ max: 'ten' }, '`max` takes a whole number.'],
    [{ max: '101' }, '`max` takes a number up to 100.'],
    [{ query: '', categories: '' }, 'Please say what to look for, such as `federated learning`.'],
  ])('says what is wrong with %j, and changes nothing', async (fields, problem) => {
    const before = await bot.store.subscriptions.get('gpu');
    const reply = await edit('gpu', fields);
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain(problem);
    expect(reply?.content).toMatch(/\nNothing was changed\.$/);
    expect(await bot.store.subscriptions.get('gpu')).toEqual(before);
  });

  it('opens the form again with what was typed, and answers in place of the problem', async () => {
    const wrong = again(
      await edit('gpu', { query: 'a OR', interests: 'memory\nand time', style: ['digest'], max: '3' }),
    );
    const form = await bot.form('Ada', wrong);
    expect(filled(form)).toEqual({
      query: 'a OR',
      interests: 'memory\nand time',
      categories: 'cs.DC',
      style: 'digest',
      max: '3',
    });
    const [still] = await bot.send('Ada', form.custom_id, { query: 'b OR' });
    expect(still).toMatchObject({ id: wrong.message });
    expect(again(still).customId).not.toBe(wrong.customId);

    const { custom_id: customId } = await bot.form('Ada', again(still));
    const [reply] = await bot.send('Ada', customId, { query: 'b' });
    expect(reply).toMatchObject({ id: wrong.message, components: [] });
    expect(isPrivate(reply)).toBe(true);
    expect(await bot.store.subscriptions.get('gpu')).toMatchObject({
      query: 'b',
      interests: 'memory\nand time',
      style: 'digest',
      maxPapers: 3,
    });
  });

  it('refuses what the channel is subscribed to already', async () => {
    const { custom_id: customId } = await openForm('one');
    const [reply] = await bot.send('Ada', customId, { query: '(paxos)' });
    expect(reply?.content).toBe(
      `There is one like that already (\`two\`): <#${bot.channel('workflows')}> is subscribed to \`paxos\`. Nothing was changed.`,
    );
    expect(filled(await bot.form('Ada', again(reply)))).toMatchObject({ query: '(paxos)' });
    expect(await bot.store.subscriptions.get('one')).toMatchObject({ query: 'raft' });
  });

  it('changes how a subscription looks though another one is like it', async () => {
    await subscribe({ id: 'twin', query: 'raft' }, 'workflows');
    expect((await edit('one', { max: '3' }))?.content).toMatch(/^Changed: /);
  });

  it('says that the subscription is gone meanwhile, and does not bring it back', async () => {
    const { custom_id: customId } = await openForm('gpu');
    await bot.store.subscriptions.delete('gpu');
    const [reply] = await bot.send('Ada', customId, { query: 'cache' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toBe('It is gone: somebody has removed it while you were writing. Nothing was changed.');
    expect(await bot.store.subscriptions.get('gpu')).toBeNull();
  });

  it('knows no subscription of another id', async () => {
    const [reply] = await bot.ask('Ada', 'subscriptions edit', { id: 'nowhere' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('no subscription of that id');
  });

  it('opens for a subscription of interests alone, and keeps the archives that a file named', async () => {
    await subscribe({ id: 'gpu', query: '', interests: 'memory of machines', categories: ['cs.*'], hour: 8 });
    const reply = await edit('gpu', { interests: 'serving models' });
    expect(reply?.content).toContain(
      'papers close to `serving models` in cs.*. New papers come at 8:00 (America/New_York)',
    );
    expect(await bot.store.subscriptions.get('gpu')).toMatchObject({ query: '', categories: ['cs.*'] });
  });

  it('sends who wants to change what does not fit into a form to its file', async () => {
    await subscribe({ id: 'reading group: gpu', query: 'gpu' });
    const [reply] = await bot.ask('Ada', 'subscriptions edit', { id: 'reading group: gpu' });
    expect(reply?.content).toMatch(/^This one came from a file/);
  });

  it('suggests what /subscriptions delete does', async () => {
    const choices = await bot.complete('Ada', 'subscriptions edit', { id: 'RAFT' }, 'id');
    expect(choices).toEqual([{ name: '#workflows: raft', value: 'one' }]);
  });
});

describe('/subscriptions edit of a paused channel', () => {
  beforeEach(() => bot.store.targets.pause(target(), 'I may not post in this channel.', 0));
  afterEach(async () => {
    await deny([]);
    await bot.store.targets.resume(target());
  });

  it.each([
    [{ query: 'cache' }, /^Changed: .* a day\. <#\d+> was paused; I post there again\.$/],
    [{}, /^Nothing was changed: .*, as before\. <#\d+> was paused; I post there again\.$/],
  ])('with %j lets posts go on where the bot may post', async (fields, sentence) => {
    const reply = await edit('gpu', fields);
    expect(reply?.content).toMatch(sentence);
    expect(await bot.store.targets.get(target())).toMatchObject({ state: 'active', pausedReason: null });
  });

  it('says what the bot lacks where it may not, and leaves it paused', async () => {
    await deny(['SendMessages']);
    const reply = await edit('gpu', { query: 'cache' });
    expect(reply?.content).toMatch(/^Changed: .* I cannot post in <#\d+> yet: I lack “Send Messages” there\./);
    expect(await bot.store.subscriptions.get('gpu')).toMatchObject({ query: 'cache' });
    expect(await bot.store.targets.get(target())).toMatchObject({ state: 'paused' });
  });

  it('leaves one paused that is gone', async () => {
    const place = aTarget({ id: '1325760000000000099', guildId: bot.ready.guild });
    await bot.store.subscriptions.save(aSubscription({ id: 'lost', query: 'gpu', target: place.id }), place);
    await bot.store.targets.pause(place.id, 'The channel is gone.', 0);
    const reply = await edit('lost', {});
    expect(reply?.content).toContain('stays paused: it is gone, or I cannot see it.');
    expect(await bot.store.targets.get(place.id)).toMatchObject({ state: 'paused' });
  });
});

describe('who edits', () => {
  beforeAll(async () => {
    await change('POST', '/roles', { name: 'keeper', permissions: ['ManageChannels'] });
  });
  beforeEach(() => change('PUT', '/members/Mika', { roles: ['keeper'] }));

  it('must be allowed to when the form opens', async () => {
    await change('PUT', '/members/Mika', { roles: [] });
    const [reply] = await bot.ask('Mika', 'subscriptions edit', { id: 'gpu' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('“Manage Channels”');
  });

  it('must be allowed to still when it is sent', async () => {
    const { custom_id: customId } = await openForm('gpu', 'Mika');
    await change('PUT', '/members/Mika', { roles: [] });
    const [reply] = await bot.send('Mika', customId, { query: 'cache' });
    expect(reply?.content).toContain('“Manage Channels”');
    expect(await bot.store.subscriptions.get('gpu')).toMatchObject({ query: 'gpu' });
  });

  it('wins by being the last', async () => {
    const ada = await openForm('gpu', 'Ada');
    const mika = await openForm('gpu', 'Mika');
    await bot.send('Ada', ada.custom_id, { query: 'first', max: '1' });
    const [reply] = await bot.send('Mika', mika.custom_id, { query: 'second' });
    expect(reply?.content).toMatch(/^Changed: /);
    expect(await bot.store.subscriptions.get('gpu')).toMatchObject({ query: 'second', maxPapers: 9 });
  });
});
