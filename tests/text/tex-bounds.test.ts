import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropped, firstOfTwo, secondOfTwo, symbols, unwrapped } from '../../src/text/tex-commands.ts';
import { readable } from '../../src/text/tex.ts';

const commands = [
  ...dropped,
  ...firstOfTwo,
  ...secondOfTwo,
  ...unwrapped,
  ...Object.keys(symbols),
  ...'footnote frac sqrt mathcal nicefrac hat alpha method la ra SI'.split(' '),
];

describe('readable, whatever it is given', () => {
  it.each(commands)('comes to an end where \\%s has no argument', (name) => {
    const places = ['}', '}}', '{}}', '{}{}}', '[}', '*}', '^}', '_}', ' }', '$x$}', ']}'];
    for (const after of places) {
      const command = `\\${name}${after}`;
      for (const source of [
        `{${command}`,
        `{\\bf x${command}`,
        `\\emph{see ${command} b`,
        `{{\\it ${command}${command} $x^2$`,
      ]) {
        expect(readable(source).length).toBeLessThan(200);
      }
    }
  });

  it('comes to an end, and stays within a few times its length, for any order of commands, braces, brackets and dollars', () => {
    const command = fc.constantFrom(...commands).map((name) => `\\${name}`);
    const mark = fc.constantFrom(
      ...String.raw`{ } {} }{ [ ] $ $$ ^ _ x 7 , \( \) \[ \] \{ \} \' \" https://a.b/`.split(' '),
      ' ',
    );
    const tex = fc.array(fc.oneof(command, mark, mark), { maxLength: 60 });
    fc.assert(
      fc.property(tex, (parts) => {
        const source = parts.join('');
        expect(readable(source).length).toBeLessThanOrEqual(4 * source.length + 20);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws, whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...String.raw`$ $$ \( \) \[ \] { } \ \\ ^ _ ~ -- ' '' ${'`'} ${'``'} " & % # \frac \sqrt \left( \right) \begin{cases} \end{cases} \text{ \'{ \"\i \cite{ \emph{ \bf \alpha x 1 \unknown \href{a}{ \footnote{`.split(
        ' ',
      ),
      ' ',
      '\n\n',
      '𝒪',
      '\u0301',
      '\uD800',
    );
    const tex = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 });
    fc.assert(
      fc.property(tex, (parts) => {
        expect(typeof readable(parts.join(''))).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['nested groups', '{'.repeat(1_000_000)],
    ['groups that only end', '}'.repeat(1_000_000)],
    ['a million dollars', '$'.repeat(1_000_000)],
    ['a million backslashes', '\\'.repeat(1_000_000)],
    ['empty displays', '$$'.repeat(100_000)],
    ['fractions of fractions', String.raw`\frac{`.repeat(10_000) + '1' + '}{2}'.repeat(10_000)],
    ['fractions of fractions in a formula', `$${String.raw`\frac{`.repeat(10_000)}1${'}{2}'.repeat(10_000)}$`],
    ['options without end', String.raw`\SI[`.repeat(100_000)],
    ['words with dashes', 'a--'.repeat(100_000)],
    ['torn accents', String.raw`\b{`.repeat(100_000)],
    ['nested formulas', `$${'x^{'.repeat(50_000)}${'}'.repeat(50_000)}$`],
    ['roots of roots', `$${String.raw`\sqrt`.repeat(50_000)}$`],
    ['dollars', '$'.repeat(100_000)],
    ['many formulas', '$x$ '.repeat(100_000)],
    [
      'unknown commands',
      Array.from({ length: 10_000 }, (_, index) => `\\q${'abcdefghij'[index % 10]}${'k'.repeat(index % 300)} `).join(
        '',
      ),
    ],
    ['citations without end', String.raw`\cite[`.repeat(30_000)],
    ['units', String.raw`\SI{5}{\giga\hertz} `.repeat(1_001)],
    ['words that never close', String.raw`$\text{a `.repeat(20_000)],
    ['a definition that doubles', String.raw`$\def\a{\b\b}\def\b{\c\c}\def\c{\a\a}\a$`],
  ])('comes to an end with %s', (_name, source) => {
    expect(typeof readable(source)).toBe('string');
  });
});
