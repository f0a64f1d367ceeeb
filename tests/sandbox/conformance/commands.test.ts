import { once } from 'node:events';
import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType as Type,
  ApplicationIntegrationType,
  Events,
  Locale,
  MessageType,
  PermissionFlagsBits,
} from 'discord.js';
import type { ApplicationCommandDataResolvable, Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

type Result = { replies: { id: string; content: string; type: number }[] };

const use = (sandbox: RunningSandbox, body: object) =>
  sandbox.control<Result>('POST', '/interactions', { user: 'Mika', channel: 'general', ...body });

const textsOf = async (sandbox: RunningSandbox, body: object) => {
  const { status, body: result } = await use(sandbox, body);
  return status === 200 ? result.replies.map(({ content }) => content) : result;
};

const localised = {
  name: 'search',
  nameLocalizations: { de: 'suche', 'en-GB': 'find' },
  description: 'Search papers',
  descriptionLocalizations: { de: 'Artikel suchen' },
  options: [
    {
      type: Option.String,
      name: 'query',
      nameLocalizations: { de: 'frage' },
      description: 'What',
      required: true,
    },
  ],
} satisfies ApplicationCommandDataResolvable;

const leaf = (type: number, name: string) => ({ type, name, description: name });
const withOptions = (...options: object[]) => ({ name: 'a', description: 'x', options });
const many = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, at) => ({ name: `${prefix}${String(at)}`, description: 'x' }));

describe('commands', () => {
  it('are registered for all servers or for one, changed, and deleted', async () => {
    const sandbox = await runSandbox();
    const { commands } = (await logIn(sandbox)).application;
    const global = await commands.create({ name: 'papers', description: 'Papers' });
    const { version } = global;
    const own = await commands.create({ name: 'papers', description: 'Papers here' }, sandbox.ready.guild);
    const again = await commands.create({ name: 'papers', description: 'More papers' });
    expect(own.guildId).toBe(sandbox.ready.guild);
    expect(again).toMatchObject({ id: global.id, description: 'More papers' });
    expect(again.version).not.toBe(version);
    const edited = await commands.edit(global.id, { description: 'All papers' });
    const editedVersion = edited.version;
    expect(edited).toMatchObject({ name: 'papers', description: 'All papers' });
    await commands.set([{ name: 'papers', description: 'All papers' }]);
    const kept = await commands.fetch(global.id);
    expect(kept.version).toBe(editedVersion);
    await commands.delete(global.id);
    await expect(commands.fetch(global.id, { force: true })).rejects.toMatchObject({ code: 10063 });
    expect((await commands.fetch({ guildId: sandbox.ready.guild })).map(({ description }) => description)).toEqual([
      'Papers here',
    ]);
  });

  it('are listed in the language of whoever asks, or with all translations', async () => {
    const sandbox = await runSandbox();
    const { commands } = (await logIn(sandbox)).application;
    await commands.set([localised]);
    const german = (await commands.fetch({ locale: Locale.German })).first();
    expect(german).toMatchObject({
      nameLocalized: 'suche',
      descriptionLocalized: 'Artikel suchen',
      options: [{ nameLocalized: 'frage' }],
    });
    expect((await commands.fetch({ withLocalizations: true })).first()).toMatchObject({
      nameLocalizations: { de: 'suche' },
    });
    const path = `/applications/${german?.applicationId ?? ''}/commands`;
    const asked = async (headers: Record<string, string>) =>
      (await sandbox.api<object[]>('GET', path, undefined, headers)).body[0];
    expect(await asked({ 'x-discord-locale': 'fr' })).not.toHaveProperty('name_localized');
    expect(await asked({ 'accept-language': 'de,en;q=0.5' })).toMatchObject({ name_localized: 'suche' });
    // English of one kind serves those who read another.
    expect(await asked({})).toMatchObject({ name: 'search', name_localized: 'find' });
    expect(await asked({})).not.toHaveProperty('name_localizations');
  });

  it('are typed in the language of the client or by their default names, which the bot hears', async () => {
    const sandbox = await runSandbox();
    await sandbox.control('PATCH', '/people/Mika', { locale: 'de' });
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { commandName, options, locale } = interaction;
      await interaction.reply(`${commandName} ${options.getString('query', true)} ${locale}`);
    });
    await client.application.commands.set([localised]);
    expect(await textsOf(sandbox, { command: 'suche', options: { frage: 'x' } })).toEqual(['search x de']);
    expect(await textsOf(sandbox, { command: 'search', options: { query: 'x' } })).toEqual(['search x de']);
    expect(await textsOf(sandbox, { user: 'Ada', command: 'find', options: { query: 'x' } })).toEqual([
      'search x en-US',
    ]);
    expect((await use(sandbox, { user: 'Ada', command: 'suche', options: { frage: 'x' } })).body).toEqual({
      message: 'There is no command /suche (known: /find).',
    });
  });

  it('hold sub-commands and groups of them, and options of every kind', async () => {
    const sandbox = await runSandbox();
    const heard: unknown[] = [];
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { options } = interaction;
      const file = options.getAttachment('file', true);
      heard.push([
        options.getSubcommandGroup(),
        options.getSubcommand(),
        options.getInteger('count'),
        options.getNumber('weight'),
        options.getBoolean('loud'),
        options.getUser('person')?.username,
        options.getRole('role')?.name,
        options.getMentionable('whom') !== null,
        options.getChannel('where')?.name,
        file.name,
        file.size,
      ]);
      await interaction.reply(await (await fetch(file.url)).text());
    });
    const options = [
      { ...leaf(Option.Attachment, 'file'), required: true, file_types: ['.txt'] },
      leaf(Option.Integer, 'count'),
      leaf(Option.Number, 'weight'),
      leaf(Option.Boolean, 'loud'),
      leaf(Option.User, 'person'),
      leaf(Option.Role, 'role'),
      leaf(Option.Mentionable, 'whom'),
      leaf(Option.Channel, 'where'),
    ];
    const group = {
      ...leaf(Option.SubcommandGroup, 'list'),
      options: [{ ...leaf(Option.Subcommand, 'add'), options }],
    };
    const path = `/applications/${client.application.id}/commands`;
    const put = await sandbox.api('PUT', path, [{ name: 'alert', description: 'x', options: [group] }]);
    expect(put.status).toBe(200);
    const file = { name: 'note.txt', type: 'text/plain', data: Buffer.from('hello').toString('base64') };
    const given = { file, count: 3, weight: 0.5, loud: true, person: 'Ada', role: 'Organisers', whom: 'Mika' };
    const typed = { command: 'alert list add', options: { ...given, where: '#workflows' } };
    expect(await textsOf(sandbox, typed)).toEqual(['hello']);
    expect(heard).toEqual([['list', 'add', 3, 0.5, true, 'ada', 'Organisers', true, 'workflows', 'note.txt', 5]]);
    expect(
      (await use(sandbox, { command: 'alert list add', options: { file: { ...file, name: 'a.pdf' } } })).body,
    ).toEqual({ message: '/alert list add: the option “file” takes only files of .txt.' });
  });

  it('stand in the context menus of people and messages', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction: Interaction) => {
      if (interaction.isUserContextMenuCommand()) {
        await interaction.reply(`${interaction.targetUser.username} ${String(interaction.targetMember !== null)}`);
      }
      if (interaction.isMessageContextMenuCommand()) await interaction.reply(interaction.targetMessage.content);
    });
    await client.application.commands.set([
      { name: 'Who is this?', type: Type.User },
      { name: 'Save paper', type: Type.Message },
    ]);
    const said = { user: 'Ada', channel: 'general', content: 'read this' };
    const target = (await sandbox.control<{ id: string }>('POST', '/messages', said)).body.id;
    expect(await textsOf(sandbox, { command: 'Who is this?', target: 'Ada' })).toEqual(['ada true']);
    const saved = (await use(sandbox, { command: 'Save paper', target })).body;
    expect(saved.replies).toMatchObject([
      {
        content: 'read this',
        type: MessageType.ContextMenuCommand,
        message_reference: { message_id: target },
        interaction_metadata: { target_message_id: target },
      },
    ]);
    expect((await use(sandbox, { command: 'Save paper', target: 'Ada' })).body).toEqual({
      message: 'There is no command “Save paper” for people (known: “Who is this?”).',
    });
    expect((await use(sandbox, { command: 'Save paper', target: '1' })).status).toBe(404);
  });

  it('suggest values of the option’s own kind', async () => {
    const sandbox = await runSandbox();
    const refused: unknown[] = [];
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const choices = interaction.options.getFocused() === 'bad' ? [{ name: 'one', value: 'one' }] : [];
      const respond = interaction.respond([{ name: 'One', nameLocalizations: { 'en-US': '1' }, value: 1 }, ...choices]);
      await respond.catch((error: unknown) => refused.push(error));
    });
    await client.application.commands.set([
      {
        name: 'pick',
        description: 'x',
        options: [{ type: Option.Integer, name: 'number', description: 'x', autocomplete: true }],
      },
    ]);
    const ask = async (number: string) => {
      const asked = { user: 'Mika', channel: 'general', command: 'pick', options: { number }, focused: 'number' };
      return (await sandbox.control('POST', '/autocomplete', asked)).body;
    };
    expect(await ask('1')).toEqual({ choices: [{ name: '1', value: 1 }] });
    expect(await ask('bad')).toEqual({ choices: [] });
    expect(refused).toMatchObject([{ code: 50035 }]);
  });

  it('are for whom and where the server says, which the bot hears and reads', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('done');
    });
    const { commands } = client.application;
    const [command] = (
      await commands.set([
        { name: 'subscribe', description: 'x', defaultMemberPermissions: PermissionFlagsBits.ManageGuild },
      ])
    ).values();
    const id = command?.id ?? '';
    const mika = sandbox.userId('Mika');
    const guild = sandbox.ready.guild;
    await expect(commands.permissions.fetch({ guild, command: id })).rejects.toMatchObject({ code: 10066 });
    expect((await use(sandbox, { command: 'subscribe' })).status).toBe(403);

    const permit = (permissions: object[], of = 'subscribe') =>
      sandbox.control('PUT', `/commands/${of}/permissions`, { guild, permissions });
    const updated = once(client, Events.ApplicationCommandPermissionsUpdate);
    expect((await permit([{ id: 'Mika', permission: true }])).status).toBe(200);
    expect(await updated).toMatchObject([{ id, guildId: guild, permissions: [{ id: mika, type: 2 }] }]);
    expect(await commands.permissions.fetch({ guild, command: id })).toEqual([{ id: mika, type: 2, permission: true }]);
    expect(await textsOf(sandbox, { command: 'subscribe' })).toEqual(['done']);

    await permit([
      { id: 'everyone', permission: true },
      { id: 'all channels', permission: false },
      { id: '#workflows', permission: true },
    ]);
    expect((await use(sandbox, { command: 'subscribe' })).body).toEqual({
      message: '/subscribe is switched off in #general.',
    });
    expect(await textsOf(sandbox, { command: 'subscribe', channel: 'workflows' })).toEqual(['done']);
    await permit([{ id: 'Mika', permission: false }]);
    expect((await use(sandbox, { command: 'subscribe' })).status).toBe(403);
    // Administrators may always, and renaming takes the permissions away.
    expect(await textsOf(sandbox, { user: 'Ada', command: 'subscribe' })).toEqual(['done']);
    await commands.edit(id, { name: 'follow' });
    await expect(commands.permissions.fetch({ guild, command: id })).rejects.toMatchObject({ code: 10066 });
  });

  it('that are age-restricted work only in such channels', async () => {
    const sandbox = await runSandbox();
    await sandbox.control('PATCH', '/channels/workflows', { isAgeRestricted: true });
    const client = await logIn(sandbox, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('done');
    });
    await client.application.commands.set([{ name: 'wild', description: 'x', nsfw: true }]);
    expect((await use(sandbox, { command: 'wild' })).body).toEqual({
      message: '/wild is for age-restricted channels, which #general is not.',
    });
    expect(await textsOf(sandbox, { command: 'wild', channel: 'workflows' })).toEqual(['done']);
  });

  it('that people install for themselves alone are offered to nobody, as servers install the bot here', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('done');
    });
    await client.application.commands.set([
      { name: 'mine', description: 'x', integrationTypes: [ApplicationIntegrationType.UserInstall] },
      {
        name: 'ours',
        description: 'x',
        integrationTypes: [ApplicationIntegrationType.UserInstall, ApplicationIntegrationType.GuildInstall],
      },
    ]);
    for (const channel of ['general', '@me']) {
      const message = 'There is no command /mine (known: /ours).';
      expect((await use(sandbox, { command: 'mine', channel })).body).toEqual({ message });
      expect(await textsOf(sandbox, { command: 'ours', channel })).toEqual(['done']);
    }
  });

  const option = { type: 3, name: 'a', description: 'x' };
  it.each([
    ['a name with capitals', { name: 'Search', description: 'x' }, ['name'], 'APPLICATION_COMMAND_INVALID_NAME'],
    ['no description', { name: 'a' }, ['description'], 'BASE_TYPE_REQUIRED'],
    [
      'a description of a context menu',
      { name: 'A', type: 2, description: 'x' },
      ['description'],
      'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED',
    ],
    ['an entry point', { name: 'a', type: 4 }, ['type'], 'BASE_TYPE_CHOICES'],
    [
      'an unknown language',
      { name: 'a', description: 'x', name_localizations: { de: 'b', tlh: 'c' } },
      ['name_localizations', 'tlh'],
      'BASE_TYPE_CHOICES',
    ],
    [
      'a bad translation',
      { name: 'a', description: 'x', name_localizations: { de: 'B b' } },
      ['name_localizations'],
      'APPLICATION_COMMAND_INVALID_NAME',
    ],
    ['an unknown context', { name: 'a', description: 'x', contexts: [3] }, ['contexts', '0'], 'BASE_TYPE_CHOICES'],
    [
      'a required option after an optional one',
      withOptions(option, { ...option, name: 'b', required: true }),
      ['options', '1'],
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'sub-commands beside options',
      withOptions(option, { type: 1, name: 'b', description: 'x' }),
      ['options', '1'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      'a group within a group',
      withOptions({
        type: 2,
        name: 'b',
        description: 'x',
        options: [{ type: 2, name: 'c', description: 'x', options: [] }],
      }),
      ['options', '0', 'options', '0', 'type'],
      'UNION_TYPE_CHOICES',
    ],
    [
      'one name twice',
      withOptions(option, option),
      ['options', '1', 'name'],
      'APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
    ],
    [
      'a translation that is another option’s name',
      withOptions({ ...option, name_localizations: { de: 'b' } }, { ...option, name: 'b' }),
      ['options', '0', 'name_localizations', 'de'],
      'APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
    ],
    [
      'autocomplete beside choices',
      withOptions({ ...option, autocomplete: true, choices: [{ name: 'x', value: 'x' }] }),
      ['options', '0', 'autocomplete'],
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
    ],
    [
      'a choice of another kind',
      withOptions({ ...option, type: 4, choices: [{ name: 'x', value: 'x' }] }),
      ['options', '0', 'choices', '0', 'value'],
      'NUMBER_TYPE_COERCE',
    ],
    [
      'bounds upside down',
      withOptions({ ...option, type: 4, min_value: 2, max_value: 1 }),
      ['options', '0', 'max_value'],
      'NUMBER_TYPE_MIN',
    ],
    [
      'more than 8,000 characters',
      withOptions(
        ...Array.from({ length: 4 }, (_, at) => ({
          ...option,
          name: `o${String(at)}`,
          choices: Array.from({ length: 25 }, (_2, n) => ({
            name: `${String(n)}-${'x'.repeat(90)}`,
            value: String(n),
          })),
        })),
      ),
      [],
      'APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('are refused with %s', async (_what, command, path, code) => {
    const sandbox = await runSandbox();
    const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
    const { status, body } = await sandbox.api<{ errors: unknown }>('POST', `/applications/${id}/commands`, command);
    expect(status).toBe(400);
    const expected = path.reduceRight<object>((inner, key) => ({ [key]: inner }), { _errors: [{ code }] });
    expect(body.errors).toMatchObject(expected);
  });

  it('are refused beyond what one application may have, make in a day, and change', async () => {
    const sandbox = await runSandbox({ limits: 'real' });
    const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
    const root = `/applications/${id}/commands`;
    const put = (list: object[]) => sandbox.api<{ id: string }[]>('PUT', root, list);
    expect((await put(many(101, 'a'))).body).toMatchObject({ code: 30032 });
    expect((await put(Array.from({ length: 16 }, (_, at) => ({ name: String(at), type: 3 })))).body).toMatchObject({
      code: 30032,
    });
    expect((await put([...many(2, 'a'), ...many(1, 'a')])).body).toMatchObject({
      errors: { 2: { _errors: [{ code: 'APPLICATION_COMMANDS_DUPLICATE_NAME' }] } },
    });
    const first = await put(many(100, 'a'));
    expect((await sandbox.api('PATCH', `${root}/${first.body[0]?.id ?? ''}`, { name: 'a1' })).body).toMatchObject({
      code: 40041,
    });
    // Those that are there already do not count.
    expect((await put(many(100, 'a'))).status).toBe(200);
    expect((await put(many(100, 'b'))).status).toBe(200);
    expect(await put(many(1, 'c'))).toMatchObject({ status: 400, body: { code: 30034 } });
    const own = `/applications/${id}/guilds/${sandbox.ready.guild}/commands`;
    expect((await sandbox.api('PUT', own, many(1, 'c'))).status).toBe(200);
  });

  it('have permissions that a bot cannot set', async () => {
    const sandbox = await runSandbox();
    const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
    const root = `/applications/${id}/guilds/${sandbox.ready.guild}/commands`;
    expect((await sandbox.api('GET', `${root}/permissions`)).body).toEqual([]);
    expect((await sandbox.api('GET', `${root}/1/permissions`)).body).toMatchObject({ code: 10063 });
    expect((await sandbox.api('GET', `${root}/${id}/permissions`)).body).toMatchObject({ code: 10066 });
    expect(await sandbox.api('PUT', `${root}/1/permissions`, { permissions: [] })).toMatchObject({
      status: 403,
      body: { code: 20001 },
    });
    expect((await sandbox.api('PUT', `${root}/permissions`, [])).status).toBe(405);
    expect((await sandbox.api('GET', '/applications/1/commands')).body).toMatchObject({ code: 20012 });
  });
});
