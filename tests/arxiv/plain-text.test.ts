import { describe, expect, it } from 'vitest';
import { oneLine, paragraphs } from '../../src/arxiv/plain-text.ts';

describe('oneLine', () => {
  it('makes every run of white space a blank', () => {
    expect(oneLine(' A title\n  over two\tlines ')).toBe('A title over two lines');
  });

  it('is null for no text', () => {
    expect([oneLine(null), oneLine(''), oneLine(' \n ')]).toEqual([null, null, null]);
  });
});

describe('paragraphs', () => {
  it('begins one at a line that begins with a blank, and goes on at any other', () => {
    expect(paragraphs('  First one\nstill the  first.\n  Second.\nAlso the second.')).toBe(
      'First one still the first.\n\nSecond. Also the second.',
    );
  });

  it('begins one behind empty lines', () => {
    expect(paragraphs('One.\n\n\nTwo.\r\n\r\nThree.\n')).toBe('One.\n\nTwo.\n\nThree.');
  });

  it('is null for no text', () => {
    expect([paragraphs(null), paragraphs(''), paragraphs(' \n\n ')]).toEqual([null, null, null]);
  });
});
