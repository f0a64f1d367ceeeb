import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { listingSchema } from '../../src/domain/listing.ts';
import { AppError } from '../../src/lib/errors.ts';

const seed = readFileSync(new URL('../../seeds/cs.DC-2025-05-23.txt', import.meta.url), 'utf8');
const truth = listingSchema.parse(
  JSON.parse(readFileSync(new URL('truth/cs.DC-2025-05-23.json', import.meta.url), 'utf8')),
);

function parse(text: string) {
  return parseListing(Buffer.from(text), { format: 'text', name: 'a.txt' });
}

function subjects(text: string): string {
  return `Title: On GraphsSubjects: ${text}`;
}

/** A small listing in the seed's shape; section titles below. */
function listing(body: string): string {
  return `Combinatorics\nSee recent articles\nShowing new listings for Thursday, 3 February 2011\n${body}\n`;
}

function entry(position: number, options: { note?: string; fields?: string; abstract?: string } = {}): string {
  const {
    note = '',
    fields = 'Title: On GraphsSubjects: Combinatorics (math.CO)',
    abstract = 'We study graphs.',
  } = options;
  return `- [${position}] arXiv:1102.${String(position).padStart(4, '0')}${note} [pdf, other]\n-\n${fields}\n${abstract}`;
}

describe('parseTextListing', () => {
  it('reads every field of all 21 entries of the seed', () => {
    expect(parse(seed)).toEqual(truth);
    expect(listingSchema.parse(parse(seed))).toEqual(truth);
  });

  it('reads the seed with Windows line ends and a byte order mark alike', () => {
    expect(parse(`\uFEFF${seed.replaceAll('\n', '\r\n')}`)).toEqual(truth);
  });

  it('says false when a section has fewer entries than it declares', () => {
    const lines = seed.split('\n');
    const without = [...lines.slice(0, 19), ...lines.slice(23)].join('\n');
    const read = parse(without);
    expect(read.complete).toBe(false);
    expect(read.sections[0]).toEqual({ kind: 'new', shown: 7, total: 7, parsed: 6 });
    expect(parse(seed.replace('showing 7 of 7', 'showing 7 of 9')).complete).toBe(false);
  });

  it('says true when every section of the page, to the last, declares what was read', () => {
    expect(parse(`${seed}\nReplacement submissions (showing 11 of 11 entries)\n`).complete).toBe(true);
    expect(parse(`${seed}\nReplacement submissions (showing 11 of 11 entries)\nTotal of 22 entries`).complete).toBe(
      false,
    );
  });

  it('cannot say that a listing is whole that stops behind a section in the middle', () => {
    const cut = seed.slice(0, seed.indexOf('- [8] arXiv'));
    expect(parse(cut)).toMatchObject({ complete: null, sections: [{ kind: 'new', parsed: 7 }] });
  });

  it('notices an entry missing from a section that declares nothing', () => {
    const lines = seed.split('\n');
    const without = [...lines.slice(0, 65), ...lines.slice(69)].join('\n');
    expect(() => parse(without)).toThrow('a.txt, line 66: found entry [17] where [16] was due');
  });

  it.each([
    ['in the date', 'Showing new listings for Fri', /line 3: “Showing new listings for Fri” names no day/],
    ['behind the date', 'Friday, 23 May 2025', /line 3: holds no entry/],
    ['in a marker', '- [12] arXiv:2408', /line 50: “- \[12\] arXiv:2408” is no whole marker/],
    [
      'behind a marker',
      '- [12] arXiv:2408.02562 (replaced) [pdf, html, other]',
      /line 50: entry \[12\] has no “Title:”/,
    ],
    ['in the title', 'Title: Asynchronous Latency', /line 52: entry \[12\] has no whole “Subjects/],
    [
      'in the subjects',
      'Title: Asynchronous Latency and Fast Atomic SnapshotSubjects: Distributed, Par',
      /line 52: entry \[12\] has no whole “Subjects/,
    ],
    [
      'behind the subjects',
      'Fast Atomic SnapshotSubjects: Distributed, Parallel, and Cluster Computing (cs.DC)',
      /line 52: the last entry, \[12\], has no abstract/,
    ],
    ['in an abstract', 'In the process of defining', /line 53: the last entry, \[12\], breaks off at “…/],
    [
      'in a section title',
      'New submissions (showing 7 of',
      /line 32: “New submissions \(showing 7 of” is no whole section title/,
    ],
    ['in a marker glued to an abstract', 'such a ... - [2] arXiv:2505.1', /line 8: “.*” is no whole marker/],
  ])('refuses a listing cut %s', (_where, lastWords, message) => {
    const cut = seed.slice(0, seed.indexOf(lastWords) + lastWords.length);
    expect(() => parse(cut)).toThrow(message);
  });

  it('never takes a cut listing for a complete one, and never gives a shortened entry before the last', () => {
    const bytes = Buffer.from(seed);
    for (let size = 0; size < bytes.length; size += 211) {
      const read = outcome(bytes.subarray(0, size));
      if (read instanceof AppError) continue;
      expect(read.complete).not.toBe(true);
      expect(read.entries.slice(0, -1)).toEqual(truth.entries.slice(0, read.entries.length - 1));
    }
  });

  it('reads section titles that stand above their entries, and a last one with its count', () => {
    const body =
      `New submissions\nReplacements\nTotal of 3 entries\nNew submissions (showing 2 of 2 entries)\n${entry(1)}\n${entry(2)}\n` +
      `Replacement submissions (showing 1 of 1 entries)\n${entry(3, { note: ' (replaced)' })}`;
    const read = parse(listing(`${body}\nTotal of 3 entries`));
    expect(read.complete).toBe(true);
    expect(parse(listing(body)).complete).toBeNull();
    expect(read.sections.map(({ kind, parsed }) => [kind, parsed])).toEqual([
      ['new', 2],
      ['replace', 1],
    ]);
  });

  it('tells sections without titles apart by their markers', () => {
    const body = [entry(1), entry(2, { note: ' (cross-list from cs.DM)' }), entry(3, { note: ' (replaced)' })].join(
      '\n',
    );
    const read = parse(listing(body));
    expect(read.complete).toBeNull();
    expect(read.sections.map(({ kind, total, parsed }) => [kind, total, parsed])).toEqual([
      ['new', null, 1],
      ['cross', null, 1],
      ['replace', null, 1],
    ]);
    expect(read.entries[1]?.crossFrom).toBe('cs.DM');
  });

  it('refuses an entry that is marked otherwise than its section says', () => {
    const body = `${entry(1)}\n${entry(2, { note: ' (replaced)' })}\nNew submissions (showing 2 of 2 entries)`;
    expect(() => parse(listing(body))).toThrow(
      /line 8: entry \[2\] is marked “\(replaced\)” but stands in the section of line 12/,
    );
  });

  it('refuses what it does not know: a marker, an identifier, a weekday that was another', () => {
    expect(() => parse(listing(entry(1, { note: ' (moved)' })))).toThrow(/line 4: entry \[1\] is marked “\(moved\)”/);
    expect(() => parse(listing(entry(1).replace('1102.0001', '1113.0001')))).toThrow(
      /“1113.0001” of entry \[1\] is no arXiv identifier/,
    );
    expect(() => parse(listing(entry(1)).replace('Thursday', 'Friday'))).toThrow(/names no day that there was/);
  });

  it('parts comments and journal reference, sees a withdrawal, and leaves “Comments:” inside a title alone', () => {
    const fields =
      'Title: Toxic Comments: A StudyComments: This paper has been withdrawn by the authorsJournal-ref: J. Comb. 3 (2010)Subjects: Combinatorics (math.CO)';
    expect(parse(listing(entry(1, { fields }))).entries[0]).toMatchObject({
      title: 'Toxic Comments: A Study',
      comments: 'This paper has been withdrawn by the authors',
      journalRef: 'J. Comb. 3 (2010)',
      withdrawn: true,
    });
  });

  it('tells the category by its name among the subjects, and by all entries where the name is ambiguous', () => {
    const both = entry(1, { fields: subjects('Machine Learning (cs.LG); Machine Learning (stat.ML)') });
    const one = entry(2, { fields: subjects('Statistics Theory (math.ST); Machine Learning (stat.ML)') });
    const page = listing(`${both}\n${one}`).replace('Combinatorics\n', 'Machine Learning\n');
    expect(parse(page).archive).toBe('stat.ML');
    const unclear = listing(both).replace('Combinatorics\n', 'Machine Learning\n');
    expect(() => parse(unclear)).toThrow(/line 1: “Machine Learning” is the name of none, or more than one/);
    expect(parseListing(Buffer.from(unclear), { name: 'a.txt', archive: 'cs.LG' }).archive).toBe('cs.LG');
  });

  it('reads a day without papers only where the page says so', () => {
    const page = listing('No updates today.');
    expect(parseListing(Buffer.from(page), { name: 'a.txt', archive: 'math.CO' })).toMatchObject({
      entries: [],
      sections: [],
      complete: true,
    });
    expect(() => parse(listing(''))).toThrow(/holds no entry and does not say “No updates today.”/);
    expect(() => parse(listing('Total of 124 entries\nNo updates today.'))).toThrow(/holds no entry/);
  });
});

function outcome(bytes: Uint8Array) {
  try {
    return parseListing(bytes, { name: 'a.txt' });
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
}
