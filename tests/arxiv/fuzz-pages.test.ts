import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import type { ListingFormat } from '../../src/arxiv/listing-format.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { isAppError } from '../../src/lib/errors.ts';
import { canOfHtml, canOfMail, canOfText, listings } from './listing-arbitrary.ts';
import { catchUpPage, listingPage, sectionsHtml, wrapped } from './listing-html.ts';
import { htmlOf, mailOf, textOf } from './render-listing.ts';

/** The listing that `bytes` hold, null for a refusal in a sentence; every other failure is a bug and gets out. */
function outcome(bytes: Uint8Array, format: ListingFormat | 'auto' = 'auto'): Listing | null {
  try {
    return parseListing(bytes, { name: 'x', format, archive: 'cs.DC' });
  } catch (thrown) {
    if (isAppError(thrown, 'unreadable-listing') && thrown.message.length < 1_000) return null;
    throw thrown;
  }
}

/** Looks for a counterexample, always along the same way. */
function counterexample<Values>(property: fc.IProperty<Values>, numRuns = 300): Values | null {
  const found = fc.check(property, { seed: 5, numRuns });
  return found.counterexample;
}

const seed = readFileSync(new URL('../../seeds/cs.DC-2025-05-23.txt', import.meta.url));
const sources: readonly (readonly [name: string, bytes: fc.Arbitrary<Buffer>])[] = [
  ['pages', listings(canOfHtml).map((listing) => Buffer.from(htmlOf(listing)))],
  ['mails', listings(canOfMail).map((listing) => Buffer.from(mailOf(listing)))],
  ['text renderings', listings(canOfText).map((listing) => Buffer.from(textOf(listing)))],
  ['the seed', fc.constant(seed)],
];

/** Which papers are announced as what. */
function announcements({ entries }: Listing): readonly string[] {
  return entries.map(({ id, kind }) => `${kind} ${id}`).toSorted();
}

/** Where to cut: fractions are spread over the text whatever its length. */
const fraction = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

type LineChange = (lines: readonly string[], at: number, other: number) => readonly string[];
const lineChanges: readonly LineChange[] = [
  (lines, at) => lines.toSpliced(at, 1),
  (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  (lines, at, other) => lines.with(at, lines[other] ?? '').with(other, lines[at] ?? ''),
  (lines, at, other) => lines.toSpliced(Math.min(at, other), Math.abs(at - other)),
  (lines, at, other) => [...lines.slice(0, at), ...lines.slice(Math.min(at, other), at), ...lines.slice(at)],
];

const strays = [
  '',
  '\0',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\u2028',
  '<',
  '>',
  '"',
  "'",
  '&',
  '\\',
  '%',
  '-',
  '(',
  '[',
  '9',
  '\n',
  '\r',
  'é',
  '</dl>',
  '<dl>',
  '<!--',
];

describe.each(sources)('parseListing, of damaged %s', (_name, whole) => {
  it('never takes one that is cut, at any byte, for a whole one with other entries', () => {
    const holds = fc.property(whole, fraction, (bytes, where) => {
      const read = outcome(bytes.subarray(0, Math.floor(where * bytes.length)));
      return read?.complete !== true || isDeepStrictEqual(read.entries, outcome(bytes)?.entries);
    });
    expect(counterexample(holds)).toBeNull();
  });

  it('never takes one that is cut behind any line for a whole one with other entries', () => {
    const holds = fc.property(whole, (bytes) => {
      const lines = bytes.toString().split(/(?<=\n)/);
      return lines.every((_line, at) => {
        const read = at % 7 === 0 || at > lines.length - 12 ? outcome(Buffer.from(lines.slice(0, at).join(''))) : null;
        return read?.complete !== true || isDeepStrictEqual(read.entries, outcome(bytes)?.entries);
      });
    });
    expect(counterexample(holds, 10)).toBeNull();
  });

  it('never takes one with lines lost, doubled or swapped for a whole one with other papers', () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...lineChanges), fraction, fraction), {
      minLength: 1,
      maxLength: 2,
    });
    const holds = fc.property(whole, changes, (bytes, all) => {
      let lines: readonly string[] = bytes.toString().split('\n');
      for (const [change, at, other] of all) {
        lines = change(lines, Math.floor(at * lines.length), Math.floor(other * lines.length));
      }
      const read = outcome(Buffer.from(lines.join('\n')));
      if (read?.complete !== true) return true;
      const original = outcome(bytes);
      return original !== null && isDeepStrictEqual(announcements(read), announcements(original));
    });
    expect(counterexample(holds)).toBeNull();
  });

  it('fails in no other way than with a sentence, whatever single characters become', () => {
    const changes = fc.array(fc.tuple(fraction, fc.constantFrom(...strays), fc.nat({ max: 2 })), {
      minLength: 1,
      maxLength: 4,
    });
    const holds = fc.property(whole, changes, (bytes, all) => {
      let text = bytes.toString();
      for (const [at, stray, removed] of all) {
        const index = Math.floor(at * text.length);
        text = text.slice(0, index) + stray + text.slice(index + removed);
      }
      for (const format of ['auto', 'html', 'text', 'mail'] as const) outcome(Buffer.from(text), format);
    });
    expect(counterexample(holds)).toBeNull();
  });

  it('fails in no other way than with a sentence, whatever bytes become', () => {
    const changes = fc.array(fc.tuple(fraction, fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 });
    const holds = fc.property(whole, changes, (bytes, all) => {
      const damaged = Buffer.from(bytes);
      for (const [at, value] of all) damaged[Math.floor(at * damaged.length)] = value;
      outcome(damaged);
    });
    expect(counterexample(holds)).toBeNull();
  });
});

/** About 20 million characters. */
function many(text: string): string {
  return text.repeat(Math.ceil(20_000_000 / text.length));
}

const oneEntry = sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{}] }]);
const mail = 'Subject: math daily 1 new + 1 crosses received\n\n';
const dated = 'Showing new listings for Friday, 23 May 2025\n';
const marker = '- [1] arXiv:2505.00001 [pdf]\n-\n';

describe('parseListing, of giant input', () => {
  it.each<[string, () => string]>([
    ['one tag', () => `<html>${many('<div>')}`],
    ['one tag with a giant attribute', () => `<html><div ${many('a')}="${many('b')}">`],
    ['one tag that never ends', () => `<html><div ${many('a=b ')}`],
    ['a comment that never ends', () => `<html><!--${many('-')}`],
    ['closing tags', () => `<html>${many('</div>')}`],
    ['void tags', () => wrapped(many('<br>'))],
    ['angle brackets', () => wrapped(many('<'))],
    ['entities', () => wrapped(many('&amp;'))],
    ['broken entities', () => wrapped(many('&am'))],
    ['text in a heading', () => wrapped(`<h1>Catchup results for ${many(' on ')}</h1>`)],
    ['headings', () => wrapped('<h3>x</h3>'.repeat(200_000))],
    ['lists', () => listingPage('<dl></dl>'.repeat(200_000), { total: 1 })],
    ['lists in lists', () => listingPage('<dl>'.repeat(100_000), { total: 1 })],
    [
      '<div> 100,000 deep',
      () => listingPage(`${'<div>'.repeat(100_000)}${oneEntry}${'</div>'.repeat(100_000)}`, { total: 1 }),
    ],
    [
      '<b> 100,000 deep in a title',
      () => listingPage(oneEntry.replace('Paper 1', '<b>'.repeat(100_000)), { total: 1 }),
    ],
    ['tags that nothing closes between others', () => listingPage('<b></i>'.repeat(100_000) + oneEntry, { total: 1 })],
    ['list items with paragraphs in them', () => listingPage('<li><p>'.repeat(100_000) + oneEntry, { total: 1 })],
    [
      'entries without description',
      () => listingPage(`<dl><h3>New submissions</h3>${'<dt></dt>'.repeat(100_000)}</dl>`, { total: 1 }),
    ],
    [
      'authors of one paper',
      () => listingPage(oneEntry.replace('Jane Doe', `${'x</a>, <a href="/a">'.repeat(100_000)}y`), { total: 1 }),
    ],
    [
      'a giant identifier',
      () => listingPage(oneEntry.replace('id="2505.00001"', `id="2505${' '.repeat(5_000_000)}.00001"`), { total: 1 }),
    ],
    ['a giant marker', () => listingPage(oneEntry.replace('[<a', `(cross-list from ${many('a')}) [<a`), { total: 1 })],
    ['giant subjects', () => listingPage(oneEntry.replace('Combinatorics', many('A (b')), { total: 1 })],
    [
      'a giant abstract of <br>',
      () =>
        catchUpPage(oneEntry.replace('Abstract 1.', '<br>x'.repeat(100_000)), { total: 1, day: 'Thu, 03 Feb 2011' }),
    ],
    ['one line', () => many('a')],
    ['one line of blanks and a letter', () => `${many(' ')}a`],
    ['one line that begins like a listing', () => dated + marker + many('Title: Comments: ')],
    ['empty lines', () => `a${many('\n')}`],
    ['lines', () => dated + many('a\n')],
    ['headings before the date', () => many('Combinatorics and more\n') + dated + marker],
    ['markers', () => dated + many(marker)],
    ['an abstract without a blank', () => `${dated}${marker}Title: ASubjects: A (math.CO)\n${'a'.repeat(90_000)}`],
    [
      'a title of brackets',
      () => `${dated}${marker}Title: Jane DoeAnn Li, ${'('.repeat(15_000)}Subjects: A (math.CO)\nEnd.`,
    ],
    ['a mail of one line', () => mail + many('a')],
    ['a mail of entries’ beginnings', () => mail + many('\\\\\n')],
    ['a mail of rules', () => mail + many(`${'-'.repeat(78)}\n`)],
    ['a mail of separators without line ends', () => mail + many('%%--')],
    ['a mail of addresses', () => `${mail}\\\\\n\\\\ ( http://${many('arxiv.org/abs/')}`],
    ['a mail with a giant window', () => `${mail}received from ${many(' to  a')}\n\\\\\n`],
    ['a mail with giant authors', () => `${mail}\\\\\narXiv:2505.00001\n\nAuthors: ${many('(a, ')}\n`],
    ['a mail with giant header', () => `${mail.trimEnd()}\n${many(' x\n')}\n\\\\\n`],
    ['a prologue of comments', () => `<?xml?>${many('<!-- -->')}`],
  ])('refuses %s with a sentence, or says that it is not whole', { timeout: 60_000 }, (_what, content) => {
    const bytes = Buffer.from(content());
    const read = outcome(bytes);
    expect(read?.complete === true ? read.entries.length : 1).toBe(1);
  });

  it('reads a page of 2,000 entries with 100 authors each, and says that it is whole', { timeout: 60_000 }, () => {
    const people = Array.from({ length: 100 }, (_, index) => `<a href="/search/${index}">A. Nr${index}</a>`).join(', ');
    const entries = Array.from({ length: 2_000 }, () => ({ authors: people }));
    const page = listingPage(sectionsHtml([{ title: 'New submissions (showing 2000 of 2000 entries)', entries }]), {
      total: 2_000,
    });
    expect(outcome(Buffer.from(page))).toMatchObject({ complete: true, entries: { length: 2_000 } });
  });
});
