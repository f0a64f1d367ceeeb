import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { maxQueryLength } from '../../src/query/lex.ts';
import { maxQueryDepth, maxQueryWords, parseQuery } from '../../src/query/parse.ts';
import { query } from './build.ts';

const manySubscriptions = new URL('../../../shared/data/subscriptions-1m.jsonl.gz', import.meta.url);

describe('parseQuery', () => {
  it('keeps words as they were written, without quotes and outer punctuation', () => {
    expect(query('title:"Low-density  codes!"')).toEqual({
      kind: 'term',
      field: 'title',
      text: 'Low-density codes',
      phrase: [
        { by: 'stem', stem: 'low' },
        { by: 'stem', stem: 'densiti' },
        { by: 'stem', stem: 'code' },
      ],
    });
  });

  it('gives a query one tree, however its parentheses stand', () => {
    expect(query('((a b) (c)) OR (d OR e)')).toEqual(query('a AND b AND c | d || e'));
    expect(query('title: (a OR b)')).toEqual(query('TITLE:a OR title:b'));
    expect(query('a −b –c')).toEqual(query('a NOT b NOT c'));
  });

  it('takes a colon at the end of a word for punctuation, as in a pasted title', () => {
    expect(query('Brand: Managing Data')).toEqual(query('Brand Managing Data'));
  });

  it.each([
    ['', 1, 'nothing', 'a word'],
    [' \n', 1, 'nothing', 'a word'],
    ['graph AND', 10, 'the end', 'a word'],
    ['OR graph', 1, '“OR”', 'a word'],
    ['a OR OR b', 6, '“OR”', 'a word'],
    ['a | | b', 5, '“|”', 'a word'],
    ['(graph', 1, '“(”', 'a closing parenthesis'],
    ['a (b (c)', 3, '“(”', 'a closing parenthesis'],
    ['graph)', 6, '“)”', 'an opening parenthesis'],
    ['()', 2, '“)”', 'a word'],
    ['a "graph', 3, 'an opening quote "', 'a closing quote'],
    ['😀a "graph', 4, 'an opening quote "', 'a closing quote'],
    ['“graph', 1, 'an opening quote “', 'a closing quote'],
    ['""', 1, 'empty quotes', 'a word'],
    ['"..."', 1, '“...”', 'a letter or digit'],
    ['*', 1, '“*”', 'a letter or digit'],
    ['a & b', 3, '“&”', 'a letter or digit'],
    ['a - b', 3, '“-”', 'a letter or digit'],
    ['*graph', 1, '“*graph”', 'a * only after'],
    ['gr*ph', 1, '“gr*ph”', 'a * only after'],
    ['-survey', 1, 'only something to exclude', 'something to look for'],
    ['-a -b', 1, 'only something to exclude', 'something to look for'],
    ['NOT a', 1, 'only something to exclude', 'something to look for'],
    ['(a -b) OR -c', 11, 'only something to exclude', 'something to look for'],
    ['-(-a)', 1, 'only something to exclude', 'something to look for'],
    ['ti:graph', 1, '“ti:graph”', 'one of the fields title:'],
    ['title:', 7, 'the end', 'after title:'],
    ['title:OR a', 7, '“OR”', 'after title:'],
    ['title:abstract:a', 7, '“abstract:”', 'after title:'],
    ['title:(a author:b)', 10, '“author:”', 'no field inside title:'],
    ['cat:machine_learning', 5, '“machine_learning”', 'a category'],
    ['cat:*', 5, '“*”', 'a category'],
    ['id:graph', 4, '“graph”', 'an arXiv identifier'],
    ['id:"-a*"', 4, '“-a*”', 'an arXiv identifier'],
    ['"\n - \n"', 1, 'the quotes “ - ”', 'a letter or digit'],
    ['author:"."', 8, '“.”', 'a name'],
    ['graph\u0000', 6, 'U+0000', 'visible'],
    ['ab\u202Ecd', 3, 'U+202E', 'visible'],
    ['a\u200Bb', 2, 'U+200B', 'visible'],
    ['a \uD800', 3, 'U+D800', 'visible'],
  ])('says where %j is wrong: column %i, found %s, expected %s', (text, column, found, expected) => {
    const parsed = parseQuery(text);
    if (parsed.ok) throw new Error(`${text} was read`);
    expect(parsed.error.column).toBe(column);
    const [foundPart = '', expectedPart = ''] = parsed.error.message.split('; expected ');
    expect(foundPart).toContain(found);
    expect(expectedPart).toContain(expected.replace('a letter or digit', 'a word with at least one letter or digit'));
    expect(expectedPart).toMatch(/\.$/);
  });

  it.each([
    ['too many characters', 'graph '.repeat(2000), maxQueryLength + 1],
    ['fifty million characters', 'x'.repeat(50_000_000), maxQueryLength + 1],
    ['5,000 terms', 'a '.repeat(5000), maxQueryLength + 1],
    ['too many words', 'a '.repeat(maxQueryWords + 1), 2 * maxQueryWords + 1],
    ['1,000 parentheses', `${'('.repeat(1000)}a${')'.repeat(1000)}`, maxQueryDepth + 1],
    ['1,000 negations', `${'-'.repeat(1000)}a`, maxQueryDepth + 1],
    ['a quote without its pair after many', '"'.repeat(3999), 3999],
  ])('refuses %s at a column', (_what, text, column) => {
    const parsed = parseQuery(text);
    expect(parsed.ok ? 'read' : parsed.error.column).toBe(column);
  });

  it('reads a query that stands at the bounds', () => {
    expect(parseQuery('a '.repeat(maxQueryWords)).ok).toBe(true);
    expect(parseQuery('x'.repeat(maxQueryLength)).ok).toBe(true);
    expect(parseQuery(`${'('.repeat(maxQueryDepth)}a${')'.repeat(maxQueryDepth)}`).ok).toBe(true);
  });

  it('answers anything, with a column inside the text or right after it', () => {
    const pieces = [
      '(',
      ')',
      '"',
      '“',
      '-',
      '*',
      '|',
      ' ',
      'OR ',
      'AND ',
      'NOT ',
      'title:',
      'cat:',
      'author:',
      'id:',
      'a',
      'graph',
      'cs.*',
      "'",
      ';',
      'NEAR(',
      '^',
      '{a b}',
      '+',
      '%_',
      "' OR 1=1 --",
      '\\',
      '\u202e',
    ];
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((chosen) => chosen.join('')),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        const parsed = parseQuery(text);
        if (parsed.ok) return;
        expect(parsed.error.column).toBeGreaterThanOrEqual(1);
        expect(parsed.error.column).toBeLessThanOrEqual(Array.from(text).length + 1);
        expect(parsed.error.message).toMatch(/^Found [^\n]+ expected [^\n]+\.$/su);
      }),
      { numRuns: 2000 },
    );
  });

  it.skipIf(!existsSync(manySubscriptions))('reads the first 20,000 of a million queries that people type', () => {
    const line = z.object({ id: z.string(), query: z.string() });
    const lines = gunzipSync(readFileSync(manySubscriptions)).toString().split('\n', 20_000);
    const refused = lines
      .map((text) => line.parse(JSON.parse(text)))
      .filter((subscription) => !parseQuery(subscription.query).ok);
    expect(lines).toHaveLength(20_000);
    expect(refused).toEqual([]);
  });
});
