import { describe, expect, it } from 'vitest';
import { quote } from '../../src/arxiv/unreadable.ts';

describe('quote', () => {
  it('shows the beginning of a text', () => {
    expect(quote('abcdef', 3)).toBe('“abc…”');
    expect(quote('abc', 3)).toBe('“abc”');
  });

  it('stays in one line, and gives a terminal no orders', () => {
    expect(quote('a\r\n b\u001B[2J')).toBe('“a  b [2J”');
  });
});
