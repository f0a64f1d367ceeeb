import { describe, expect, it } from 'vitest';
import { pageBoundExceeded, textBoundExceeded, xmlBoundExceeded } from '../../src/arxiv/page-bounds.ts';

const characters = (count: number) => 'x'.repeat(count);

describe('pageBoundExceeded', () => {
  it.each([
    [characters(20_000_001), '20000001 characters'],
    ['<b></b>'.repeat(300_000), 'more than 500000 tags'],
    ['<b>'.repeat(301), 'tags nested deeper than 300'],
    [`${'<br>'.repeat(400)}<p>text</p>`, null],
  ])('names the bound of a page', (html, exceeded) => {
    expect(pageBoundExceeded(html)).toBe(exceeded);
  });
});

describe('xmlBoundExceeded', () => {
  it.each([
    [characters(20_000_001), '20000001 characters'],
    ['<a/>'.repeat(1_500_001), 'more than 1500000 tags'],
    [`<a ${"b = '' ".repeat(200_001)}/>`, 'more than 200000 attributes'],
    // A page of records whose papers have 100 authors each.
    ['<author><keyname>A</keyname><forenames>B</forenames></author>'.repeat(200_000), null],
  ])('names the bound of a document', (xml, exceeded) => {
    expect(xmlBoundExceeded(xml)).toBe(exceeded);
  });
});

describe('textBoundExceeded', () => {
  it.each([
    [characters(10_000_001), '10000001 characters'],
    ['\n'.repeat(1_000_001), 'more than 1000000 lines'],
    ['a\r\n'.repeat(400_000), null],
  ])('names the bound of a text', (text, exceeded) => {
    expect(textBoundExceeded(text)).toBe(exceeded);
  });
});
