import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { optionProblem } from '../../src/commands/option-problem.ts';

const schema = z.object({
  query: z.string().trim().min(1).max(5),
  interests: z.string().max(3).default(''),
  sort: z.enum(['relevance', 'date']).default('relevance'),
  max: z.int().min(1).max(9).default(5),
  category: z.string().optional(),
});

function problem(options: object): string {
  const read = schema.safeParse(options);
  return read.success ? 'nothing' : optionProblem(read.error);
}

describe('optionProblem', () => {
  it.each([
    [{ query: ' ' }, 'Please say what to look for, such as `federated learning`.'],
    [{}, 'Please say what to look for, such as `federated learning`.'],
    [{ query: 'abcdef' }, '`query` takes up to 5 characters; please shorten yours.'],
    [{ query: 'a', interests: 'abcd' }, '`interests` takes up to 3 characters; please shorten yours.'],
    [{ query: 'a', sort: 'size' }, '`sort` takes one of `relevance`, `date`.'],
    [{ query: 'a', max: 10 }, '`max` takes a number up to 9.'],
    [{ query: 'a', max: Number.NaN }, '`max` takes a whole number.'],
    [{ query: 'a', max: 2.5 }, '`max` takes a whole number.'],
    [{ query: 'a', max: 0 }, '`max` takes a number from 1 on.'],
    [
      { query: 'a', category: 7 },
      'I cannot read the option `category`; please choose the command anew and fill it in again.',
    ],
  ])('says of %j what is wrong with it', (options, sentence) => {
    expect(problem(options)).toBe(sentence);
  });
});
