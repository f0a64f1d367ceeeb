import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  CheckboxBuilder,
  CheckboxGroupBuilder,
  FileUploadBuilder,
  LabelBuilder,
  MentionableSelectMenuBuilder,
  MessageFlags,
  ModalBuilder,
  RadioGroupBuilder,
  RoleSelectMenuBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import type { ModalSubmitInteraction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { runListening } from '../listening-sandbox.ts';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

type Result = { message?: string; replies: { id: string; content: string; flags: number }[]; modal?: object };

const label = (text: string) => new LabelBuilder().setLabel(text);
const values = ['a', 'b', 'c'].map((value) => ({ label: value.toUpperCase(), value }));
const input = (id: string) => new TextInputBuilder().setCustomId(id).setStyle(TextInputStyle.Short);
const modal = (id: string) => new ModalBuilder().setCustomId(id).setTitle(id);

const boxes = modal('boxes').addLabelComponents(
  label('Text').setTextInputComponent(input('text').setMinLength(2).setMaxLength(5)),
  label('Radio').setRadioGroupComponent(new RadioGroupBuilder().setCustomId('radio').addOptions(values)),
  label('Group').setCheckboxGroupComponent(
    new CheckboxGroupBuilder().setCustomId('group').setRequired(false).addOptions(values),
  ),
  label('Box').setCheckboxComponent(new CheckboxBuilder().setCustomId('box')),
  label('File').setFileUploadComponent(new FileUploadBuilder().setCustomId('file').setMaxValues(2)),
);
const selects = modal('selects').addLabelComponents(
  label('String').setStringSelectMenuComponent(
    new StringSelectMenuBuilder().setCustomId('string').setMaxValues(2).addOptions(values),
  ),
  label('User').setUserSelectMenuComponent(new UserSelectMenuBuilder().setCustomId('user')),
  label('Role').setRoleSelectMenuComponent(new RoleSelectMenuBuilder().setCustomId('role')),
  label('Any').setMentionableSelectMenuComponent(
    new MentionableSelectMenuBuilder().setCustomId('any').setMaxValues(2).setRequired(false),
  ),
  label('Channel').setChannelSelectMenuComponent(new ChannelSelectMenuBuilder().setCustomId('channel')),
);
const prefilled = modal('told')
  .addTextDisplayComponents(new TextDisplayBuilder().setContent('Say it.'))
  .addLabelComponents(label('Text').setTextInputComponent(input('text').setValue('as it was')));
const forms: Readonly<Record<string, ModalBuilder>> = { boxes, selects, told: prefilled };

/** A bot whose command `form` opens one of the forms, and which tells of each that is sent. */
async function runForms(told: (interaction: ModalSubmitInteraction) => unknown) {
  const sandbox = await runSandbox();
  const client = await logIn(sandbox, async (interaction) => {
    if (interaction.isChatInputCommand()) {
      const form = forms[interaction.options.getString('name', true)];
      if (form !== undefined) await interaction.showModal(form);
    }
    if (interaction.isModalSubmit()) await interaction.reply(JSON.stringify(told(interaction)));
  });
  const name = { type: 3, name: 'name', description: 'x', required: true };
  await client.application.commands.set([{ name: 'form', description: 'x', options: [name] }]);
  const open = (form: string) => use(sandbox, { channel: 'general', command: 'form', options: { name: form } });
  const send = async (customId: string, fields: object) => {
    const { body } = await use(sandbox, { customId, fields });
    return body.message ?? JSON.parse(body.replies[0]?.content ?? 'null');
  };
  return { sandbox, client, open, send };
}

const use = (sandbox: RunningSandbox, body: object) =>
  sandbox.control<Result>('POST', '/interactions', { user: 'Mika', ...body });

const file = (name: string) => ({ name, type: 'text/plain', data: Buffer.from(name).toString('base64') });

const inLabel = (component: object) => ({ type: 18, label: 'x', component });

describe('modals', () => {
  it('bring text, boxes and files', async () => {
    const { open, send } = await runForms(({ fields }) => [
      fields.getTextInputValue('text'),
      fields.getRadioGroup('radio'),
      fields.getCheckboxGroup('group'),
      fields.getCheckbox('box'),
      fields.getUploadedFiles('file')?.map(({ name, size }) => [name, size]),
    ]);
    expect((await open('boxes')).body.modal).toMatchObject({ custom_id: 'boxes', title: 'boxes' });
    const files = [file('a.txt'), file('bb.txt')];
    const full = { text: 'hello', radio: 'b', group: ['a', 'c'], box: true, file: files };
    expect(await send('boxes', { ...full, text: 'x' })).toBe('The field “text” must be at least 2 characters long.');
    expect(await send('boxes', { ...full, radio: 'd' })).toBe('The select “radio” does not offer “d”; it has a, b, c.');
    expect(await send('boxes', { ...full, box: 'yes' })).toBe('The field “box” must be true or false.');
    expect(await send('boxes', { ...full, file: [] })).toBe('The field “file” is required.');
    expect(await send('boxes', { ...full, file: [...files, ...files] })).toBe(
      'The field “file” takes 1 to 2 values, not 4.',
    );
    expect(await send('boxes', { ...full, other: 'x' })).toBe(
      'The form has no field “other”; it has text, radio, group, box, file.',
    );
    expect(await send('boxes', full)).toEqual([
      'hello',
      'b',
      ['a', 'c'],
      true,
      [
        ['a.txt', 5],
        ['bb.txt', 6],
      ],
    ]);
    await open('boxes');
    const { group: _group, box: _box, ...least } = full;
    expect((await send('boxes', least)).slice(2, 4)).toEqual([[], false]);
  });

  it('bring what was chosen in selects of every kind', async () => {
    const { open, send } = await runForms(({ fields }) => [
      fields.getStringSelectValues('string'),
      fields.getSelectedUsers('user')?.map(({ username }) => username),
      fields.getSelectedMembers('user')?.size,
      fields.getSelectedRoles('role')?.map((role) => role?.name),
      fields.getSelectedMentionables('any')?.users.size ?? 0,
      fields.getSelectedChannels('channel')?.map((channel) => (channel && 'name' in channel ? channel.name : null)),
    ]);
    await open('selects');
    const full = { string: ['a', 'c'], user: 'Ada', role: 'Organisers', any: ['Mika'], channel: '#workflows' };
    expect(await send('selects', { ...full, user: 'Otto' })).toBe('The select “user” finds no user “Otto”.');
    expect(await send('selects', full)).toEqual([['a', 'c'], ['ada'], 1, ['Organisers'], 1, ['workflows']]);
    await open('selects');
    expect((await send('selects', { ...full, any: [] }))[4]).toBe(0);
  });

  it('show text, keep what the bot filled in, and make place for the next one', async () => {
    const { open, send } = await runForms(({ fields }) => fields.getTextInputValue('text'));
    await open('boxes');
    await open('told');
    expect(await send('boxes', {})).toBe('Mika has no form “boxes” open.');
    expect(await send('told', {})).toBe('as it was');
    expect(await send('told', {})).toBe('Mika has no form “told” open.');
  });

  it('open from a button of a message that one person alone sees, and change it', async () => {
    const sandbox = await runSandbox();
    const button = new ButtonBuilder().setCustomId('ask').setLabel('Ask').setStyle(ButtonStyle.Primary);
    const components = [new ActionRowBuilder<ButtonBuilder>().addComponents(button)];
    const client = await logIn(sandbox, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ components, flags: MessageFlags.Ephemeral });
      if (interaction.isButton()) await interaction.showModal(prefilled);
      if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        const isHidden = interaction.message.flags.has(MessageFlags.Ephemeral);
        await interaction.update({ content: `${interaction.fields.getTextInputValue('text')} ${String(isHidden)}` });
      }
    });
    await client.application.commands.set([{ name: 'start', description: 'x' }]);
    const [reply] = (await use(sandbox, { channel: 'general', command: 'start' })).body.replies;
    const pressed = await use(sandbox, { message: reply?.id, customId: 'ask' });
    expect(pressed.body.modal).toMatchObject({ custom_id: 'told' });
    expect((await use(sandbox, { customId: 'told', fields: { text: 'so' } })).body.replies).toMatchObject([
      { id: reply?.id, content: 'so true', flags: MessageFlags.Ephemeral },
    ]);
  });

  it('tell which interaction opened them', async () => {
    const { open, send, sandbox } = await runForms(() => 'x');
    await open('told');
    await send('told', {});
    const [message] = (await sandbox.api<object[]>('GET', `/channels/${sandbox.general}/messages`)).body;
    expect(message).toMatchObject({
      interaction_metadata: { type: 5, triggering_interaction_metadata: { type: 2, name: 'form' } },
    });
  });

  const text = { type: 4, custom_id: 'a', style: 1 };
  const select = { type: 3, custom_id: 'a', options: values };
  it.each([
    ['six components', Array.from({ length: 6 }, (_, at) => inLabel({ ...text, custom_id: String(at) }))],
    ['one custom id twice', [inLabel(text), inLabel(text)]],
    ['an old row whose text input has no label', [{ type: 1, components: [text] }]],
    ['a button', [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'a' }] }]],
    ['a disabled select', [inLabel({ ...select, disabled: true })]],
    ['a required select of which nothing need be chosen', [inLabel({ ...select, min_values: 0 })]],
    ['a radio group of one', [inLabel({ type: 21, custom_id: 'a', options: values.slice(1, 2) })]],
    ['lengths upside down', [inLabel({ ...text, min_length: 5, max_length: 2 })]],
    ['a label without a component', [{ type: 18, label: 'x' }]],
  ])('are refused with %s', async (_what, components) => {
    const { sandbox, gateway, use: run } = await runListening();
    const done = run({ command: 'alert list' });
    const heard = (await gateway.next<{ id: string; token: string }>()).d;
    const path = `/interactions/${heard.id}/${heard.token}/callback`;
    const data = { custom_id: 'form', title: 'Form', components };
    expect(await sandbox.api('POST', path, { type: 9, data })).toMatchObject({
      status: 400,
      body: { code: 50035, errors: { data: { components: expect.anything() } } },
    });
    await sandbox.api('POST', path, { type: 4, data: { content: 'x' } });
    await done;
  });

  it('are no answer to a modal', async () => {
    const { sandbox, gateway, use: run } = await runListening();
    const answer = async (body: object) => {
      const heard = (await gateway.next<{ id: string; token: string }>()).d;
      return await sandbox.api('POST', `/interactions/${heard.id}/${heard.token}/callback`, body);
    };
    const form = { type: 9, data: { custom_id: 'form', title: 'Form', components: [inLabel(text)] } };
    const opened = run({ command: 'alert list' });
    expect((await answer(form)).status).toBe(204);
    await opened;
    const sent = sandbox.control('POST', '/interactions', { user: 'Mika', customId: 'form', fields: { a: 'x' } });
    expect(await answer(form)).toMatchObject({ status: 400, body: { errors: { type: expect.anything() } } });
    await sent;
  });
});
