import { describe, expect, it } from 'vitest';
import { pageName } from '../../src/arxiv/page-name.ts';

describe('pageName', () => {
  it.each<[string | null, readonly string[], string]>([
    ['Mathematics', ['Mathematics', 'Authors and titles for recent submissions'], 'the recent listing of several days'],
    [
      'Mathematics',
      ['Authors and titles for May 2025'],
      'the listing “Authors and titles for May 2025” of several days',
    ],
    ['[math/0510544] Leibniz superalgebras', [], 'the abstract page of math/0510544'],
    ['[9999.9] Article identifier not recognized', [], 'the page “[9999.9] Article identifier not recognized”'],
    ['Category Taxonomy', ['arXiv'], "arXiv's list of its categories, “Category Taxonomy”"],
    ['Catchup', ['Catchup on:'], 'the form that asks for a day to catch up on'],
    ['Invalid archive or category: bogus', [], 'the page “Invalid archive or category: bogus”'],
    [null, ['Not Found'], 'the page “Not Found”'],
    [null, [], 'a web page'],
    ['x'.repeat(500), [], `the page “${'x'.repeat(120)}…”`],
  ])('names “%s” with the headings %j', (title, headings, name) => {
    expect(pageName({ title, headings })).toBe(name);
  });
});
