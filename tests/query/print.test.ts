import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, anyOf } from '../../src/query/ast.ts';
import type { QueryNode } from '../../src/query/ast.ts';
import { leafOf } from '../../src/query/leaf.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';
import { query } from './build.ts';

describe('printQuery', () => {
  it.each([
    ['graph AND neural | tree', 'graph neural OR tree'],
    ['a (b OR c)', 'a (b OR c)'],
    ['a NOT (b c)', 'a -(b c)'],
    ['a NOT NOT b', 'a -(-b)'],
    ['“low density” low-density', '"low density" low-density'],
    ['title:(a OR -b c)', 'title:a OR -title:b title:c'],
    ['Author:"Hinton, J." CAT:cs.*', 'author:"Hinton, J" cat:cs.*'],
    ['id:arXiv:2505.15988v2 OR id:25*', 'id:2505.15988 OR id:25*'],
    ['"OR" "molec*" R&D', '"OR" molec* "R&D"'],
    ['cat:"OR" cat:"cs.L*"', 'cat:"OR" cat:cs.L*'],
  ])('prints %s as %s', (text, printed) => {
    expect(printQuery(query(text))).toBe(printed);
  });

  it('prints what reads as the same tree', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'graph',
        'MPI',
        'OR',
        'not',
        'NOT',
        'low-density',
        'molec*',
        "Newton's",
        'C++',
        'title:',
        '10:30',
        '-a',
        'Grüning',
        '½',
        'a|b',
        '(x)',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll(/["“”„‟«»＂\p{C}]/gu, '')),
    );
    const written = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const leaf = fc
      .tuple(written, fc.constantFrom(null, 'title', 'abstract', 'comments', 'author'))
      .map(([text, field]) => leafOf(text, field));
    const other = fc
      .constantFrom(
        ['cat', 'cs.LG'],
        ['cat', 'cs.*'],
        ['cat', 'hep-th'],
        ['id', '2505.15988'],
        ['id', 'math/0309136'],
        ['id', '25*'],
      )
      .map(([field, text]) => leafOf(text ?? '', field === 'cat' ? 'cat' : 'id'));
    const leaves = fc
      .oneof(leaf, other)
      .map((made): QueryNode | null => (made.ok ? made.value : null))
      .filter((made) => made !== null);
    const { node } = fc.letrec<{ node: QueryNode }>((tie) => {
      const several = fc.array(tie('node'), { minLength: 1, maxLength: 3 });
      return {
        node: fc.oneof(
          { maxDepth: 4, withCrossShrink: true },
          leaves,
          fc.tuple(tie('node'), several).map(([first, others]) => allOf(first, ...others)),
          fc.tuple(tie('node'), several).map(([first, others]) => anyOf(first, ...others)),
          tie('node').map((child): QueryNode => ({ kind: 'not', child })),
        ),
      };
    });
    fc.assert(
      fc.property(leaves, node, (first, rest) => {
        // Beside a leaf to look for, anything may be excluded.
        const tree = allOf(first, rest);
        const printed = printQuery(tree);
        const parsed = parseQuery(printed);
        if (!parsed.ok && /expected (?:at most|a shorter)/.test(parsed.error.message)) return;
        expect({ printed, parsed }).toEqual({ printed, parsed: { ok: true, value: tree } });
      }),
      { numRuns: 1000 },
    );
  });
});
