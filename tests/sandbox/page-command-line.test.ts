import { describe, expect, it } from 'vitest';

type Option = {
  name: string;
  description: string;
  type: number;
  required?: boolean;
  autocomplete?: boolean;
  min_value?: number;
  max_value?: number;
  choices?: { name: string; value: string | number }[];
  options?: Option[];
};
type Command = { path: string; name: string; description: string; options: Option[]; allowed: boolean };
type Line = { typed: string; command: Command | null; arguments: { option: Option; text: string }[] };
// The modules of the page are JavaScript for the browser: TypeScript learns here what they export.
type Modules = {
  commandsHere: (registered: unknown[], here?: object) => Command[];
  typedCommands: (commands: Command[]) => Command[];
  readLine: (text: string, commands: Command[]) => Line | null;
  optionValues: (line: Line, meanings: object) => { options: object } | { error: string; option: string };
  sentText: (text: string, nameable: object) => string;
  suggest: (
    text: string,
    caret: number,
    offers: object,
  ) => { heading: string; items: { label: string; text: string }[]; first: boolean } | null;
};
const load = (name: string): Promise<Modules> =>
  import(new URL(`../../src/sandbox/page/${name}`, import.meta.url).href);
const { commandsHere, typedCommands, readLine } = await load('command-line.js');
const { optionValues } = await load('option-values.js');
const { suggest } = await load('suggestions.js');

const { sentText } = await load('sent-text.js');

const query: Option = { name: 'query', description: 'What to look for', type: 3, required: true };
const typedIn = (here: object, ...registered: unknown[]) => typedCommands(commandsHere(registered, here));
const commands = typedIn(
  {},
  {
    name: 'search',
    description: 'Search',
    options: [
      query,
      { name: 'author', description: 'Author', type: 3 },
      {
        name: 'sort',
        description: 'Order',
        type: 3,
        choices: [
          { name: 'By date', value: 'date' },
          { name: 'Relevance', value: 'relevance' },
        ],
      },
      { name: 'limit', description: 'Number', type: 4, min_value: 1, max_value: 10 },
      { name: 'category', description: 'Category', type: 3, autocomplete: true },
    ],
  },
  {
    name: 'subscribe',
    description: 'Subscribe',
    options: [
      query,
      { name: 'channel', description: 'Where', type: 7, required: true },
      { name: 'digest', description: 'One a day', type: 5 },
    ],
  },
  {
    name: 'alert',
    description: 'Alerts',
    options: [
      { name: 'add', description: 'Add', type: 1, options: [query] },
      { name: 'list', description: 'List', type: 1 },
    ],
  },
  { name: 'help', description: 'Help' },
  {
    name: 'rate',
    description: 'Rate',
    options: [
      { name: 'by', description: 'By whom', type: 9, required: true },
      { name: 'title', description: 'Title', type: 3, min_length: 2, max_length: 5 },
      { name: 'paper', description: 'Paper', type: 11 },
      { name: 'news', description: 'Where', type: 7, channel_types: [5] },
    ],
  },
  { name: 'Ask about this', description: '', type: 3 },
);
const meanings = {
  channels: [{ id: '11', name: 'llm-serving' }],
  users: [{ id: '21', name: 'Ada' }],
  roles: [{ id: '31', name: 'Readers' }],
  picked: new Map([['category: Distributed computing', 'cs.DC']]),
};
const offers = { ...meanings, commands, choices: [{ name: 'cs.DC' }] };
const read = (line: string) => {
  const reading = readLine(line, commands);
  return (
    reading && {
      command: reading.command?.path,
      arguments: Object.fromEntries(reading.arguments.map((argument) => [argument.option.name, argument.text])),
    }
  );
};
const valuesOf = (line: string) => {
  const reading = readLine(line, commands);
  return reading && optionValues(reading, meanings);
};

const suggested = (line: string, caret = line.length) => {
  const offered = suggest(line, caret, offers);
  return (
    offered && { items: offered.items.map(({ label }) => label), first: offered.first, taken: offered.items[0]?.text }
  );
};

describe('typedCommands', () => {
  it('lists slash commands and sub-commands as they are typed', () => {
    expect(commands.map(({ path }) => path)).toEqual([
      'alert add',
      'alert list',
      'help',
      'rate',
      'search',
      'subscribe',
    ]);
  });
});

const named = (name: string, change: object = {}) => ({ name, description: '', ...change });
const pathsIn = (here: object, ...registered: object[]) => typedIn(here, ...registered).map(({ path }) => path);

describe('typedCommands in a place', () => {
  it('lists groups of sub-commands, and keeps the names that the bot registered', () => {
    const sub = { ...named('file'), name_localizations: { de: 'datei' }, type: 1, options: [] };
    const list = named('list', {
      name_localizations: { de: 'liste' },
      options: [{ ...named('import'), type: 2, options: [sub] }],
    });
    expect(typedIn({ locale: 'de' }, list)).toMatchObject([{ path: 'liste import datei', name: 'list import file' }]);
  });

  it.each([
    ['en-GB', { 'en-US': 'color' }, 'color'],
    ['es-419', { 'es-ES': 'fijar' }, 'fijar'],
    ['fr', { de: 'farbe' }, 'colour'],
  ])('reads %s as Discord does', (locale, names, expected) => {
    expect(pathsIn({ locale }, named('colour', { name_localizations: names }))).toEqual([expected]);
  });

  it('offers the commands of the server, over global ones of the same name, where the bot is', () => {
    const registered = [
      named('a'),
      named('a', { guild_id: '1' }),
      named('b', { guild_id: '2' }),
      named('c', { contexts: [1] }),
    ];
    expect(pathsIn({ guild: '1' }, ...registered)).toEqual(['a']);
    expect(pathsIn({ guild: '1', hasBot: false }, ...registered)).toEqual([]);
    expect(pathsIn({ isDirect: true }, ...registered)).toEqual(['a', 'c']);
    expect(pathsIn({ isDirect: true }, named('d', { dm_permission: false }), named('e', { contexts: [0] }))).toEqual(
      [],
    );
    expect(pathsIn({ guild: '1' }, named('f', { nsfw: true }))).toEqual([]);
    expect(pathsIn({ guild: '1', isNsfw: true }, named('f', { nsfw: true }))).toEqual(['f']);
  });

  it.each([
    ['32', String(1n << 31n), false],
    ['32', String((1n << 31n) | 32n), true],
    ['32', '32', false],
    ['0', String((1n << 31n) | 32n), false],
    ['0', '8', true],
    [null, String(1n << 31n), true],
  ])('knows whether %s is held by %s', (needed, permissions, expected) => {
    const [command] = typedIn({ guild: '1', permissions }, named('x', { default_member_permissions: needed }));
    expect(command?.allowed).toBe(expected);
  });
});

describe('readLine', () => {
  it.each([
    ['/search federated learning', { command: 'search', arguments: { query: 'federated learning' } }],
    ['/search query: federated learning', { command: 'search', arguments: { query: 'federated learning' } }],
    ['/search query:federated', { command: 'search', arguments: { query: 'federated' } }],
    [
      '/search query: a b sort: date limit: 3',
      { command: 'search', arguments: { query: 'a b', sort: 'date', limit: '3' } },
    ],
    ['/search graphs sort:date', { command: 'search', arguments: { query: 'graphs', sort: 'date' } }],
    [
      '/search query: author:"j hinton" OR title:x',
      { command: 'search', arguments: { query: 'author:"j hinton" OR title:x' } },
    ],
    ['/search author:hinton', { command: 'search', arguments: { query: 'author:hinton' } }],
    ['/search author: hinton query: x', { command: 'search', arguments: { author: 'hinton', query: 'x' } }],
    ['/alert add query: "a b" -c', { command: 'alert add', arguments: { query: '"a b" -c' } }],
    ['/alert add x', { command: 'alert add', arguments: { query: 'x' } }],
    ['/help', { command: 'help', arguments: {} }],
    ['/sea', { command: undefined, arguments: {} }],
    ['/searching', { command: undefined, arguments: {} }],
    ['hello', null],
  ])('reads %s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });
});

describe('optionValues', () => {
  it.each([
    ['/search x sort: by date limit: 3', { options: { query: 'x', sort: 'date', limit: 3 } }],
    ['/search x category: Distributed computing', { options: { query: 'x', category: 'cs.DC' } }],
    ['/subscribe x channel: #llm-serving digest: true', { options: { query: 'x', channel: '11', digest: true } }],
    ['/search x sort: ', { options: { query: 'x' } }],
    ['/search', { error: 'query: This option is required. Specify a value.', option: 'query' }],
    ['/search query: ', { error: 'query: This option is required. Specify a value.', option: 'query' }],
    ['/search x limit: 11', { error: 'limit: Enter a whole number from 1 to 10.', option: 'limit' }],
    ['/search x sort: random', { error: 'sort: Choose one of By date, Relevance.', option: 'sort' }],
    ['/subscribe x channel: #nowhere', { error: 'channel: This is no channel of the server.', option: 'channel' }],
    ['/rate a', { error: 'by: Nobody and no role here has this name.', option: 'by' }],
    ['/rate Readers title: abcdef', { error: 'title: Enter 2 to 5 characters.', option: 'title' }],
    ['/rate Readers title: 👍', { error: 'title: Enter 2 to 5 characters.', option: 'title' }],
    ['/rate @Readers title: abc', { options: { by: '31', title: 'abc' } }],
    ['/rate @ada paper: x.pdf', { error: 'paper: Choose a file.', option: 'paper' }],
    [
      '/rate @ada news: #llm-serving',
      {
        error: 'news: That kind of channel does not fit here; choose an announcement channel.',
        option: 'news',
      },
    ],
    ['/subscribe x channel: 11 digest: maybe', { error: 'digest: Choose True or False.', option: 'digest' }],
  ])('of %s', (line, expected) => {
    expect(valuesOf(line)).toEqual(expected);
  });
});

describe('suggest', () => {
  it('offers commands, and begins the first required option of the one taken', () => {
    expect(suggested('/se')).toEqual({ items: ['/search'], first: true, taken: '/search query: ' });
    expect(suggested('/alert')).toEqual({
      items: ['/alert add', '/alert list'],
      first: true,
      taken: '/alert add query: ',
    });
    expect(suggested('text')).toBeNull();
  });

  it('offers the options that are left, required ones first, without choosing for a person who types freely', () => {
    expect(suggested('/subscribe ')).toEqual({
      items: ['query', 'channel', 'digest'],
      first: true,
      taken: '/subscribe query: ',
    });
    expect(suggested('/search query: x')).toEqual({
      items: ['author', 'sort', 'limit', 'category'],
      first: false,
      taken: '/search query: x author: ',
    });
  });

  it('offers values, and goes on to the next required option', () => {
    expect(suggested('/search query: x sort: ')).toEqual({
      items: ['By date', 'Relevance'],
      first: true,
      taken: '/search query: x sort: By date ',
    });
    expect(suggested('/subscribe channel: #l')).toEqual({
      items: ['#llm-serving'],
      first: true,
      taken: '/subscribe channel: #llm-serving query: ',
    });
    expect(suggested('/search query: x category: dist')).toEqual({
      items: ['cs.DC'],
      first: false,
      taken: '/search query: x category: cs.DC ',
    });
  });

  it('says why there is nothing to offer', () => {
    expect(suggest('/x', 2, { ...offers, commands: [], silence: 'Paperboy is not in this server.' })).toMatchObject({
      heading: 'Paperboy is not in this server.',
      items: [],
    });
  });

  it.each([
    ['Hello @ada', '@Ada', 'Hello @Ada '],
    ['@read', '@Readers', '@Readers '],
    ['see #llm', '#llm-serving', 'see #llm-serving '],
    ['good :thumbsu', '👍 :thumbsup:', 'good :thumbsup: '],
  ])('offers what a message could name: %s', (line, label, taken) => {
    expect(suggested(line)).toMatchObject({ items: [label], taken });
  });

  it.each(['me@a', 'at 12:30', ':a', '# title', '@nobody'])('offers nothing for %s', (line) => {
    expect(suggested(line)).toBeNull();
  });

  it('looks at the option that the caret stands in', () => {
    expect(suggested('/search query: x sort: d limit: 3', '/search query: x sort: d'.length)?.items).toEqual([
      'By date',
    ]);
  });
});

describe('sentText', () => {
  it.each([
    ['@Ada: look at #llm-serving, :tada:', '<@21>: look at <#11>, 🎉'],
    ['@Readers', '<@&31>'],
    ['me@Ada.org, @Adam, #llm-servings, :nothing:', 'me@Ada.org, @Adam, #llm-servings, :nothing:'],
    ['`@Ada` and ```\n#llm-serving\n```', '`@Ada` and ```\n#llm-serving\n```'],
    ['<#11> <@21>', '<#11> <@21>'],
  ])('of %s', (typed, sent) => {
    expect(sentText(typed, meanings)).toBe(sent);
  });
});
