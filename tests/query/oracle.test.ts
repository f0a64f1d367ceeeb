import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysePaper } from '../../src/query/analyse.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { paper, query } from './build.ts';

/**
 * A second opinion on a small world, made of nothing but text: words that are their own stems, queries built together with a
 * function over the padded text that says what they mean.
 */
type Claim = { readonly text: string; readonly holds: (title: string, abstract: string) => boolean };

const word = fc.constantFrom('graph', 'net', 'cat', 'dog', 'tree', 'gra', 'do');
const pad = (text: string): string => ` ${text} `;
const anywhere = (needle: string) => (title: string, abstract: string) =>
  pad(title).includes(needle) || pad(abstract).includes(needle);

const leaf: fc.Arbitrary<Claim> = fc.oneof(
  word.map((text) => ({ text, holds: anywhere(` ${text} `) })),
  word.map((text) => ({ text: `${text}*`, holds: anywhere(` ${text}`) })),
  fc.tuple(word, word).map(([a, b]) => ({ text: `"${a} ${b}"`, holds: anywhere(` ${a} ${b} `) })),
  fc.tuple(word, word).map(([a, b]) => ({ text: `${a}-${b}`, holds: anywhere(` ${a} ${b} `) })),
  word.map((text) => ({ text: `title:${text}`, holds: (title: string) => pad(title).includes(` ${text} `) })),
  word.map((text) => ({
    text: `abstract:"${text}"`,
    holds: (_title: string, abstract: string) => pad(abstract).includes(` ${text} `),
  })),
);

const { claim } = fc.letrec<{ claim: Claim }>((tie) => ({
  claim: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.tuple(tie('claim'), tie('claim'), fc.constantFrom(' ', ' AND ')).map(([a, b, sign]) => ({
      text: `(${a.text})${sign}(${b.text})`,
      holds: (title: string, abstract: string) => a.holds(title, abstract) && b.holds(title, abstract),
    })),
    fc.tuple(tie('claim'), tie('claim'), fc.constantFrom(' OR ', ' | ')).map(([a, b, sign]) => ({
      text: `(${a.text})${sign}(${b.text})`,
      holds: (title: string, abstract: string) => a.holds(title, abstract) || b.holds(title, abstract),
    })),
    fc.tuple(tie('claim'), tie('claim'), fc.constantFrom(' -', ' NOT ', ' AND NOT ')).map(([a, b, sign]) => ({
      text: `(${a.text})${sign}(${b.text})`,
      holds: (title: string, abstract: string) => a.holds(title, abstract) && !b.holds(title, abstract),
    })),
    // Precedence without parentheses.
    fc.tuple(leaf, leaf, leaf, leaf).map(([a, b, c, d]) => ({
      text: `${a.text} ${b.text} OR ${c.text} -${d.text}`,
      holds: (title: string, abstract: string) =>
        (a.holds(title, abstract) && b.holds(title, abstract)) ||
        (c.holds(title, abstract) && !d.holds(title, abstract)),
    })),
  ),
}));

const sentence = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));

describe('evaluate, by a second opinion', () => {
  it('agrees with what the text itself says', () => {
    fc.assert(
      fc.property(claim, sentence, sentence, ({ text, holds }, title, abstract) => {
        const found = evaluate(query(text), analysePaper(paper({ title, abstract })));
        expect({ text, found }).toEqual({ text, found: holds(title, abstract) });
      }),
      { numRuns: 2000 },
    );
  });
});
