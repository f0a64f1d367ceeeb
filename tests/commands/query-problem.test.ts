import { describe, expect, it } from 'vitest';
import { queryProblem } from '../../src/commands/query-problem.ts';

describe('queryProblem', () => {
  it('puts a caret under the column', () => {
    expect(queryProblem('gpu (cache', { column: 5, message: 'Found no closing parenthesis' })).toBe(
      'I cannot read that query, column 5: Found no closing parenthesis.\n```\ngpu (cache\n    ^\n```',
    );
  });

  it('counts code points, as the column does', () => {
    expect(queryProblem('𝛼𝛽 (', { column: 4, message: 'Found "(".' })).toContain('\n𝛼𝛽 (\n   ^\n');
  });

  it('shows the part around the column of a long query', () => {
    const lines = queryProblem(`${'a'.repeat(60)}(${'b'.repeat(60)}`, { column: 61, message: 'x' }).split('\n');
    expect(lines[2]).toBe(`…${'a'.repeat(20)}(${'b'.repeat(19)}…`);
    expect(lines[3]).toBe(`${' '.repeat(21)}^`);
  });

  it('cannot be broken out of with backticks or line breaks', () => {
    const problem = queryProblem('```\n@everyone (', { column: 15, message: 'x' });
    expect(problem.match(/```/g)).toHaveLength(2);
    expect(problem.split('\n')).toHaveLength(5);
  });
});
