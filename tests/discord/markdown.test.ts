import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, escapeLinkText, escapeMarkdown, fitMarkdown } from '../../src/discord/markdown.ts';
import { lengthOf, shorten } from '../../src/discord/shorten.ts';

describe('escapeMarkdown', () => {
  it.each([
    ['*a* _b_ ~~c~~ ||d|| `e` \\', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\` \\\\'],
    ['a ~ b | c', 'a ~ b | c'],
    ['# a\n## b\n-# c\n> d\n>>> e', '\\# a\n\\## b\n\\-# c\n\\> d\n\\>>> e'],
    ['- a\n+ b\n1. c\n12) d', '\\- a\n\\+ b\n1\\. c\n12\\) d'],
    ['well-known, 3.5 and #4', 'well-known, 3.5 and #4'],
    ['[text](http://x.y) [1] (2)', '[text]\\(http://x.y) [1] (2)'],
    [
      '<@1> <#2> <:e:3> <t:4> </c:5> <https://x.y> a < b',
      '\\<@1> \\<#2> \\<\\:e:3> \\<t:4> \\</c:5> \\<https://x.y> a < b',
    ],
    ['@everyone @here me@here.org :smile: 1:2', '\\@everyone \\@here me\\@here.org \\:smile: 1:2'],
    ['see https://a.b/c_d__e~~f?g=_h_ now_', 'see https://a.b/c_d__e~~f?g=_h_ now\\_'],
  ])('escapes %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('escapeLinkText', () => {
  it('keeps brackets that pair up, and nothing that would end the link', () => {
    expect(escapeLinkText('[Re] A title')).toBe('[Re] A title');
    expect(escapeLinkText('half ] open [')).toBe('half ) open (');
    expect(escapeLinkText('see https://a.b/c_d')).toBe('see a.b/c\\_d');
  });
});

describe('cleanText', () => {
  it('removes what could hide, turn or pile up', () => {
    expect(cleanText(`a\u202Eb\u0000c\uE000d e${'\u0301'.repeat(50)} \uD800\n\n f`)).toBe(
      `a b c d e${'\u0301'.repeat(4)} \uFFFD\n\n f`,
    );
  });
});

describe('fitMarkdown', () => {
  it('never exceeds its room, nor ends in half an escape', () => {
    const text = fc.array(fc.constantFrom('*', '_', 'word ', '. A', '𝒪', 'e\u0301', '`', '\\', '\n'), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (parts, max) => {
        const fitted = fitMarkdown(parts.join(''), max);
        expect(lengthOf(fitted)).toBeLessThanOrEqual(max);
        expect(/(?:^|[^\\])(?:\\\\)*\\$/.test(fitted)).toBe(false);
      }),
    );
  });
});

describe('shorten', () => {
  it.each([
    ['fits', 10, 'fits'],
    ['The first sentence. The second is longer.', 30, 'The first sentence.\u00A0…'],
    ['Results of Smith et al. Are these better than all others?', 40, 'Results of Smith et al. Are these…'],
    ['word after word, and more', 16, 'word after…'],
    ['unbreakable'.repeat(3), 12, 'unbreakable…'],
    ['𝒪𝒪𝒪𝒪', 3, '𝒪𝒪…'],
    ['aae\u0301e', 4, 'aa…'],
  ])('cuts %j to %i', (text, max, short) => {
    expect(shorten(text, max)).toBe(short);
  });
});
