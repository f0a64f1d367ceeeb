import { describe, expect, it } from 'vitest';
import { compileSubscription } from '../../src/match/compile.ts';
import { subscription } from './build.ts';

describe('compileSubscription', () => {
  it('takes an empty query for none', () => {
    const result = compileSubscription(subscription({ query: '  ', interests: 'graphs' }));
    expect(result.ok && [result.value.query, result.value.interestsSelect]).toEqual([null, true]);
  });

  it('lets interests rank only, beside a query', () => {
    const result = compileSubscription(subscription({ query: 'graph', interests: 'trees' }));
    expect(result.ok && [result.value.interestsSelect, result.value.terms.length]).toEqual([false, 2]);
  });

  it.each([
    [{ query: 'graph AND' }, 10, 'Found the end of the query'],
    [{ categories: ['Machine Learning'] }, 1, 'Found “Machine Learning”; expected a category'],
    [{ authors: ['?'] }, 1, 'Found “?”; expected a name'],
  ])('says what is wrong with %j', (fields, column, message) => {
    const result = compileSubscription(subscription(fields));
    if (result.ok) throw new Error('it was read');
    expect(result.error.column).toBe(column);
    expect(result.error.message).toContain(message);
  });
});
