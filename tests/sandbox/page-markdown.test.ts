import { describe, expect, it } from 'vitest';

// The modules of the page are JavaScript for the browser: TypeScript learns here what they export.
type MarkdownModule = {
  parseMarkdown: (text: string) => unknown[];
  plainText: (text: string) => string;
  isOnlyEmoji: (text: string) => boolean;
};
const { parseMarkdown, plainText, isOnlyEmoji }: MarkdownModule = await import(
  new URL('../../src/sandbox/page/markdown.js', import.meta.url).href
);

const text = (value: string) => ({ kind: 'text', text: value });
const around = (kind: string, ...children: unknown[]) => ({ kind, children });
const link = (url: string, ...children: unknown[]) => ({ kind: 'link', url, children });

describe('parseMarkdown', () => {
  it.each([
    ['plain text, untouched <b>', [text('plain text, untouched <b>')]],
    ['**bold** and *slanted*', [around('strong', text('bold')), text(' and '), around('em', text('slanted'))]],
    ['***both***', [around('strong', around('em', text('both')))]],
    [
      '_em_ __under__ ~~gone~~',
      [
        around('em', text('em')),
        text(' '),
        around('underline', text('under')),
        text(' '),
        around('strike', text('gone')),
      ],
    ],
    ['snake_case_name stays', [text('snake_case_name stays')]],
    ['2 * 3 * 4', [text('2 * 3 * 4')]],
    ['||secret||', [around('spoiler', text('secret'))]],
    ['\\*not em\\* \\_nor\\_ this\\', [text('*not em* _nor_ this\\')]],
    ['`a *b*` ``c ` d``', [{ kind: 'code', text: 'a *b*' }, text(' '), { kind: 'code', text: 'c ` d' }]],
    [
      '<t:1748000000:R> <t:1>',
      [{ kind: 'time', seconds: 1_748_000_000, style: 'R' }, text(' '), { kind: 'time', seconds: 1, style: 'f' }],
    ],
    [
      '<#12> <@34> <@!5> <@&6>',
      [
        { kind: 'mention', of: 'channel', id: '12', name: '#channel' },
        text(' '),
        { kind: 'mention', of: 'user', id: '34', name: '@user' },
        text(' '),
        { kind: 'mention', of: 'user', id: '5', name: '@user' },
        text(' '),
        { kind: 'mention', of: 'role', id: '6', name: '@role' },
      ],
    ],
    ['2 *3 * 4', [text('2 *3 * 4')]],
    [
      '@everyone <id:guide> <:arxiv:12>',
      [
        { kind: 'mention', of: 'all', id: '', name: '@everyone' },
        text(' '),
        { kind: 'mention', of: 'page', id: 'guide', name: 'Server Guide' },
        text(' '),
        { kind: 'emoji', id: '12', name: ':arxiv:' },
      ],
    ],
    ['\\```no code```', [text('```no code```')]],
    [
      '-# Late: this was due <t:1748005200:f>.',
      [around('subtext', text('Late: this was due '), { kind: 'time', seconds: 1_748_005_200, style: 'f' }, text('.'))],
    ],
    ['</alert add:7>', [{ kind: 'mention', of: 'command', id: '7', name: '/alert add' }]],
  ])('reads %s', (source, nodes) => {
    expect(parseMarkdown(source)).toEqual(nodes);
  });

  it.each([
    [
      '[the *paper*](https://arxiv.org/abs/1 "title")',
      [link('https://arxiv.org/abs/1', text('the '), around('em', text('paper')))],
    ],
    ['[a](https://e.org/x_(y))', [link('https://e.org/x_(y)', text('a'))]],
    ['[a [b] c](<https://e.org>)', [link('https://e.org', text('a [b] c'))]],
    ['see https://e.org/a.', [text('see '), link('https://e.org/a', text('https://e.org/a')), text('.')]],
    ['https://e.org/A_(b)) x', [link('https://e.org/A_(b)', text('https://e.org/A_(b)')), text(') x')]],
    ['<https://e.org>', [link('https://e.org', text('https://e.org'))]],
    ['[run](javascript:alert(1))', [text('[run](javascript:alert(1))')]],
    [String.raw`\[a](https://e.org)`, [text('[a]('), link('https://e.org', text('https://e.org')), text(')')]],
  ])('finds links in %s', (source, nodes) => {
    expect(parseMarkdown(source)).toEqual(nodes);
  });

  it('reads headings, small print, quotes and code blocks line by line', () => {
    expect(parseMarkdown('# Big\nunder\n-# small\n> a\n> b\nc\n```ts\nlet x;\n```\nend')).toEqual([
      { kind: 'heading', level: 1, children: [text('Big')] },
      text('under'),
      around('subtext', text('small')),
      around('quote', text('a\nb')),
      text('c'),
      { kind: 'pre', language: 'ts', text: 'let x;' },
      text('end'),
    ]);
    expect(parseMarkdown('>>> all\nof it')).toEqual([around('quote', text('all\nof it'))]);
    expect(parseMarkdown('# Big ##')).toEqual([{ kind: 'heading', level: 1, children: [text('Big')] }]);
    const code = { kind: 'pre', language: 'js', text: 'let x;' };
    expect(parseMarkdown('> ```js\n> let x;\n> ```\nc')).toEqual([around('quote', code), text('c')]);
    expect(parseMarkdown('```\n> kept\n```')).toEqual([{ kind: 'pre', language: '', text: '> kept' }]);
    expect(parseMarkdown('> > deep')).toEqual([around('quote', text('> deep'))]);
  });

  it('nests lists by their indentation and keeps bullets and numbers apart', () => {
    expect(parseMarkdown('- one\n  - deeper\n- two\n3. three')).toEqual([
      {
        kind: 'list',
        start: null,
        children: [
          around('item', text('one'), { kind: 'list', start: null, children: [around('item', text('deeper'))] }),
          around('item', text('two')),
        ],
      },
      { kind: 'list', start: 3, children: [around('item', text('three'))] },
    ]);
  });

  it('reads 4,096 unclosed marks in linear enough time', () => {
    for (const mark of ['*', '_', '`', '[', '|', '~', '**a', '[a](', '<t:']) {
      expect(parseMarkdown(mark.repeat(4096 / mark.length)).length).toBeGreaterThan(0);
    }
  });
});

describe('plainText', () => {
  it('keeps what is read and drops the marks', () => {
    expect(plainText('# Hi\n**bold** [link](https://e.org) `code`')).toBe('Hi bold link code');
  });

  it('shows times as people read them, and those that are none too', () => {
    expect(plainText('-# Late: this was due <t:1748005200:D>.')).toMatch(/^Late: this was due (?!2025-).*2025/);
    expect(plainText('<t:9999999999999:f>')).toBe('Invalid Date');
  });
});

describe('isOnlyEmoji', () => {
  it.each([
    ['👍 ❤️', true],
    ['<:arxiv:12>', true],
    ['👍 good', false],
    ['1', false],
    ['', false],
  ])('%s: %s', (source, only) => {
    expect(isOnlyEmoji(source)).toBe(only);
  });
});
