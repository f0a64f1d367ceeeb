import * as fc from 'fast-check';
import type { Entry, Listing } from '../../src/domain/listing.ts';

/** Codes with the names that pages print; two share a name. */
export const subjectNames: ReadonlyMap<string, string> = new Map([
  ['cs.DC', 'Distributed, Parallel, and Cluster Computing'],
  ['cs.LG', 'Machine Learning'],
  ['stat.ML', 'Machine Learning'],
  ['math-ph', 'Mathematical Physics'],
  ['cond-mat.mtrl-sci', 'Materials Science'],
  ['astro-ph.IM', 'Instrumentation and Methods for Astrophysics'],
]);

/** What is apt to be taken for something else. */
const nastyWords: readonly string[] = [
  ...'Title: Results: Comments: Subjects: arXiv:2505.00001 [1] (replaced) (cross-list) \\\\ -- ------ %-%- #dlpage </dl> <dt>'.split(
    ' ',
  ),
  '$\\alpha^2$',
  '{\\bf x}',
  'Schr\\"odinger',
  'a<b',
  'x&amp;y',
  "'q'",
  '\u202e',
  'this https URL',
  'No updates today.',
  'Total of 3 entries',
  'New submissions (showing 1 of 1 entries)',
];

const plainWord = fc.constantFrom('on', 'graphs', 'of', 'order', 'three', 'and', 'fields');

/** One line, single blanks, not nothing; it begins and ends with a plain word. */
function line(words: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const inside = fc.array(fc.oneof(words, plainWord), { maxLength: 14 });
  return fc.tuple(plainWord, inside, plainWord).map(([first, between, last]) => [first, ...between, last].join(' '));
}

const id = fc.oneof(
  fc.integer({ min: 1, max: 99_999 }).map((number) => `2505.${String(number).padStart(5, '0')}`),
  fc.integer({ min: 1, max: 999 }).map((number) => `math/0309${String(number).padStart(3, '0')}`),
);

const name = fc
  .tuple(fc.constantFrom('Jane', 'J.', "Zolt\\'an", 'Li'), fc.constantFrom('Doe', 'van Dishoeck', 'D.A.M.', "O'Hara"))
  .map((parts) => parts.join(' '));

/** What a format can carry beyond what all can. */
type Can = {
  readonly source: Listing['source'];
  /** Whether authors can be told from titles, and what words texts may hold. */
  readonly authors: boolean;
  readonly words: readonly string[];
  readonly doi: boolean;
  readonly formats: boolean;
  readonly replaceCross: boolean;
};

export const canOfHtml: Can = {
  source: 'html',
  authors: true,
  words: nastyWords,
  doi: false,
  formats: true,
  replaceCross: false,
};
export const canOfMail: Can = {
  source: 'mail',
  authors: true,
  words: nastyWords,
  doi: true,
  formats: false,
  replaceCross: true,
};
/** The text rendering glues fields together: their names inside a field cannot be told from fields. */
export const canOfText: Can = {
  source: 'text',
  authors: false,
  words: ['$\\alpha^2$', 'a<b', '[1]', '--'],
  doi: false,
  formats: true,
  replaceCross: false,
};

function entries(can: Can): fc.Arbitrary<readonly Entry[]> {
  const text = line(fc.constantFrom(...can.words));
  const entry = fc
    .record({
      id,
      kind: fc.constantFrom(
        'new' as const,
        'cross' as const,
        'replace' as const,
        ...(can.replaceCross ? ['replace-cross' as const] : []),
      ),
      title: text,
      authors: can.authors ? fc.array(name, { minLength: 1, maxLength: 6 }) : fc.constant([]),
      abstract: fc.array(text, { minLength: 1, maxLength: 3 }).map((paragraphs) => `${paragraphs.join('\n\n')}.`),
      hasNoAbstract: fc.boolean(),
      categories: fc.uniqueArray(fc.constantFrom(...subjectNames.keys()), { minLength: 1, maxLength: 4 }),
      comments: fc.option(fc.oneof(text, fc.constant('This paper has been withdrawn by the author'))),
      journalRef: fc.option(text),
      doi: can.doi ? fc.option(fc.constant('10.1039/x')) : fc.constant(null),
      formats: can.formats ? fc.constantFrom(['pdf'], ['pdf', 'other'], ['pdf', 'html', 'other']) : fc.constant([]),
    })
    .map(({ hasNoAbstract, ...given }): Entry => ({
      ...given,
      version: null,
      primary: given.categories[0] ?? '',
      crossFrom: given.kind === 'cross' ? (given.categories[0] ?? '') : null,
      authorsTruncated: false,
      withdrawn: given.comments?.includes('withdrawn') === true,
      abstract: given.kind.startsWith('replace') && hasNoAbstract && can.source !== 'text' ? null : given.abstract,
    }));
  const order = { new: 0, cross: 1, replace: 2, 'replace-cross': 2 };
  return fc
    .uniqueArray(entry, { selector: (one) => one.id, minLength: 1, maxLength: 9 })
    .map((all) => all.toSorted((left, right) => order[left.kind] - order[right.kind]));
}

/** A whole day as `can`'s format tells it, every count declared that the format declares. */
export function listings(can: Can): fc.Arbitrary<Listing> {
  const date = fc.constantFrom('2011-02-03', '2025-05-23', '2026-11-23', '2024-02-29');
  return fc.record({ date, entries: entries(can) }).map((given): Listing => {
    const sections = (['new', 'cross', 'replace', 'replace-cross'] as const).flatMap((kind) => {
      const parsed = given.entries.filter((one) => one.kind === kind).length;
      const declared = can.source === 'mail' && kind.startsWith('replace') ? null : parsed;
      return parsed === 0 ? [] : [{ kind, shown: declared, total: declared, parsed }];
    });
    return { source: can.source, archive: 'cs.DC', complete: can.source === 'mail' ? null : true, sections, ...given };
  });
}
