import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePaper } from '../../src/store/merge-paper.ts';
import { paper } from './store-builders.ts';

const full = paper({
  version: 2,
  title: 'A title',
  authors: ['Ada', 'Grace'],
  abstract: 'An abstract.',
  categories: ['cs.DC', 'cs.LG'],
  comments: 'Nine pages',
  journalRef: 'J. 1',
  doi: '10.1/1',
  formats: ['pdf', 'html'],
});
const bare = paper({ title: '', categories: [], primary: '', version: null });

const people = (count: number) => Array.from({ length: count }, (_, index) => `Author ${index}`);

describe('mergePaper', () => {
  it('lets nothing that a source does not say overwrite what is known', () => {
    expect(mergePaper(full, bare, { isCurrent: true })).toEqual(full);
    expect(mergePaper(full, bare, { isCurrent: false })).toEqual(full);
  });

  it('fills what was missing, from an older listing too', () => {
    expect(mergePaper(bare, full, { isCurrent: true })).toEqual(full);
    expect(mergePaper(bare, full, { isCurrent: false })).toEqual(full);
  });

  it('takes the title and the abstract of a later listing, and not those of an older one', () => {
    const later = paper({ title: 'A better title', abstract: 'A better abstract.' });
    expect(mergePaper(full, later, { isCurrent: true })).toMatchObject({
      title: later.title,
      abstract: later.abstract,
      authors: full.authors,
    });
    expect(mergePaper(full, later, { isCurrent: false })).toMatchObject({ title: full.title, abstract: full.abstract });
  });

  it('keeps a longer list of authors against one that a page cut', () => {
    const cut = paper({ authors: people(100), authorsTruncated: true });
    const whole = paper({ authors: people(140) });
    expect(mergePaper(whole, cut, { isCurrent: true })).toMatchObject({
      authors: whole.authors,
      authorsTruncated: false,
    });
    expect(mergePaper(cut, whole, { isCurrent: true })).toMatchObject({
      authors: whole.authors,
      authorsTruncated: false,
    });
    expect(mergePaper(cut, whole, { isCurrent: false })).toMatchObject({
      authors: whole.authors,
      authorsTruncated: false,
    });
  });

  it('takes a cut list where it is the longer one: authors were added', () => {
    const cut = paper({ authors: people(100), authorsTruncated: true });
    expect(mergePaper(full, cut, { isCurrent: true })).toMatchObject({ authors: cut.authors, authorsTruncated: true });
  });

  it('knows a list of exactly a page to be whole once a source says so', () => {
    const cut = paper({ authors: people(100), authorsTruncated: true });
    const whole = paper({ authors: people(100) });
    expect(mergePaper(whole, cut, { isCurrent: true }).authorsTruncated).toBe(false);
    expect(mergePaper(cut, whole, { isCurrent: false }).authorsTruncated).toBe(false);
  });

  it('keeps the highest version', () => {
    expect(mergePaper(full, paper({ version: 1 }), { isCurrent: true }).version).toBe(2);
    expect(mergePaper(full, paper({ version: 3 }), { isCurrent: false }).version).toBe(3);
  });

  it('takes a withdrawal back only on word of new comments', () => {
    const withdrawn = paper({ withdrawn: true, comments: 'withdrawn by the authors' });
    expect(mergePaper(withdrawn, paper(), { isCurrent: true }).withdrawn).toBe(true);
    expect(mergePaper(withdrawn, paper({ comments: 'resubmitted' }), { isCurrent: true }).withdrawn).toBe(false);
    expect(mergePaper(full, withdrawn, { isCurrent: true }).withdrawn).toBe(true);
    expect(mergePaper(full, withdrawn, { isCurrent: false }).withdrawn).toBe(false);
  });

  describe('where both say something, takes', () => {
    const known = { title: 'known', abstract: 'known' };
    const told = { title: 'told', abstract: 'told' };
    it.each([
      // known version, told version, isCurrent: whose text
      [1, 2, false, 'told'],
      [1, 2, true, 'told'],
      [2, 1, true, 'known'],
      [2, 1, false, 'known'],
      [2, 2, true, 'told'],
      [2, 2, false, 'known'],
      [null, 2, true, 'told'],
      [null, 2, false, 'known'],
      [2, null, true, 'told'],
      [2, null, false, 'known'],
      [null, null, true, 'told'],
      [null, null, false, 'known'],
    ])('of versions %s and %s, current %s, the %s text', (before, now, isCurrent, whose) => {
      const merged = mergePaper(paper({ ...known, version: before }), paper({ ...told, version: now }), { isCurrent });
      expect(merged).toMatchObject({ title: whose, abstract: whose });
    });
  });

  describe('of authors', () => {
    const cut = { authors: people(100), authorsTruncated: true };
    it.each([
      ['none', { authors: [] }, { authors: ['Ada (CERN)'] }, true, ['Ada (CERN)']],
      ['whole', { authors: ['Ada'] }, { authors: ['Ada (CERN)', 'Eve (CERN)'] }, true, ['Ada']],
      ['cut', cut, { authors: people(140) }, true, people(100)],
      ['cut', cut, { authors: people(140) }, false, people(140)],
      ['whole', { authors: ['Ada'] }, { authors: [] }, true, ['Ada']],
    ])('knows %s, is told of some, mangled or not', (_known, known, told, authorsAreMangled, authors) => {
      const trust = { isCurrent: true, authorsAreMangled };
      expect(mergePaper(paper(known), paper(told), trust).authors).toEqual(authors);
    });
  });

  const papers = fc.record({
    title: fc.constantFrom('', 'a', 'b'),
    authors: fc.array(fc.constantFrom('Ada', 'Grace'), { maxLength: 3 }),
    authorsTruncated: fc.boolean(),
    abstract: fc.constantFrom(null, 'x', 'y'),
    categories: fc.constantFrom([], ['cs.DC'], ['cs.LG', 'cs.DC']),
    comments: fc.constantFrom(null, 'p', 'q'),
    journalRef: fc.constantFrom(null, 'J. 1', 'J. 2'),
    doi: fc.constantFrom(null, '10.1/1'),
    formats: fc.constantFrom([], ['pdf']),
    withdrawn: fc.boolean(),
    version: fc.constantFrom(null, 1, 2),
  });
  const trusts = fc.record({ isCurrent: fc.boolean(), authorsAreMangled: fc.boolean() });

  it('changes nothing when told the same thing twice', () => {
    fc.assert(
      fc.property(papers, papers, trusts, (known, told, trust) => {
        const once = mergePaper(paper(known), paper(told), trust);
        expect(mergePaper(once, paper(told), trust)).toEqual(once);
      }),
    );
  });

  it('loses nothing that was known, and no version', () => {
    fc.assert(
      fc.property(papers, papers, trusts, (known, told, trust) => {
        const merged = mergePaper(paper(known), paper(told), trust);
        for (const field of ['title', 'abstract', 'comments', 'journalRef', 'doi'] as const) {
          expect(Boolean(merged[field])).toBe(Boolean(known[field]) || Boolean(told[field]));
        }
        for (const field of ['authors', 'categories', 'formats'] as const) {
          expect(merged[field].length > 0).toBe(known[field].length > 0 || told[field].length > 0);
        }
        expect(merged.version ?? 0).toBeGreaterThanOrEqual(known.version ?? 0);
      }),
    );
  });
});
