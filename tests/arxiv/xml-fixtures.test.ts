import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { parseOaiPage } from '../../src/arxiv/parse-oai.ts';
import { complaintsAbout } from '../../src/arxiv/unreadable.ts';
import type { Entry, Listing } from '../../src/domain/listing.ts';
import { listingSchema } from '../../src/domain/listing.ts';
import type { AnnouncementKind } from '../../src/domain/paper.ts';
import { readable } from '../../src/text/tex.ts';

const fixtures = join(import.meta.dirname, '../../../shared/fixtures');
const hasFixtures = existsSync(fixtures);

function bytesOf(name: string): Buffer {
  return readFileSync(join(fixtures, name));
}

function listingOf(name: string): Listing {
  return parseListing(bytesOf(name), { name });
}

/** What a file proves, and its source, archive, day, whether it is whole, and papers of each kind. */
type Read = [
  file: string,
  proves: string,
  source: string,
  archive: string,
  date: string,
  complete: boolean | null,
  counts: Partial<Record<AnnouncementKind, number>>,
];

const all = 'cs.LG+cs.AI+cs.CL+stat.ML';
const read: readonly Read[] = [
  [
    'rss/rss_math.xml',
    'a whole day of all four kinds',
    'rss',
    'math',
    '2011-02-03',
    null,
    { new: 69, cross: 9, replace: 43, 'replace-cross': 5 },
  ],
  ['rss/rss_math_saturday.xml', 'an empty Saturday', 'rss', 'math', '2011-02-05', null, {}],
  ['rss/rss_cs.LO_empty.xml', 'a category without papers', 'rss', 'cs.LO', '2023-10-26', null, {}],
  [
    'rss/rss_cs.CV.xml',
    'test papers of a 34th month',
    'rss',
    'cs.CV',
    '2023-10-26',
    null,
    { cross: 1, 'replace-cross': 1 },
  ],
  [
    'rss/atom_cs.CV.xml',
    'test papers of a 34th month',
    'atom',
    'cs.CV',
    '2023-10-26',
    null,
    { cross: 1, 'replace-cross': 1 },
  ],
  ['rss/rss_cs.IT.xml', 'one paper, in one category', 'rss', 'cs.IT', '2023-10-26', null, { new: 1 }],
  [
    'rss/cs.AI_2026-04-27_3items_reserialised.xml',
    'a feed written anew, without a declaration',
    'rss',
    'cs.AI',
    '2026-04-27',
    null,
    { new: 3 },
  ],
  [
    'rss/cs.CL_2026-04-27_3items_reserialised.xml',
    'an author of one word',
    'rss',
    'cs.CL',
    '2026-04-27',
    null,
    { new: 3 },
  ],
  [
    'rss/cs.LG_2026-04-27_3items_reserialised.xml',
    'many categories of one paper',
    'rss',
    'cs.LG',
    '2026-04-27',
    null,
    { new: 3 },
  ],
  [
    `rss/${all}_2026-09-24_4items.xml`,
    'categories combined into one feed',
    'rss',
    all,
    '2026-09-24',
    null,
    { new: 2, cross: 1, replace: 1 },
  ],
  [
    'rss/atom_cs.xml',
    'a whole day as Atom',
    'atom',
    'cs',
    '2011-02-03',
    null,
    { new: 21, cross: 2, replace: 5, 'replace-cross': 1 },
  ],
  ['rss/atom_cs.LO_empty.xml', 'an empty Atom feed, dated by its building', 'atom', 'cs.LO', '2023-10-26', null, {}],
  ['rss/atom_cs.IT.xml', 'one paper as Atom', 'atom', 'cs.IT', '2023-10-26', null, { new: 1 }],
  [
    'api/id_0000.0000_s0_m100_8b51d9633a68.xml',
    'an unknown identifier is left out: nothing, and that is all',
    'api',
    'arxiv',
    '2026-04-12',
    true,
    {},
  ],
  [
    'api/id_0808.05394_s0_m100_7b0c7d0a7cdd.xml',
    'the same for one of an impossible length',
    'api',
    'arxiv',
    '2026-04-12',
    true,
    {},
  ],
  [
    'api/id_0808.05394_1707.08567_s0_m100_42e5aa0ec3af.xml',
    'one of two identifiers is unknown',
    'api',
    'arxiv',
    '2026-04-12',
    true,
    { new: 1 },
  ],
  ['api/id_1605.08386_s0_m100_199195aa31ad.xml', 'one paper', 'api', 'arxiv', '2026-04-12', true, { new: 1 }],
  [
    'api/id_1707.08567_s0_m100_6a1afebfc6a3.xml',
    'thirty authors, their accents decoded',
    'api',
    'arxiv',
    '2026-04-12',
    true,
    { new: 1 },
  ],
  [
    'api/id_2104.12255v1_s0_m100_6ae69987ffe1.xml',
    'one version asked for',
    'api',
    'arxiv',
    '2026-04-12',
    true,
    { new: 1 },
  ],
  [
    'api/id_astro-ph_0601001_s0_m100_3150dca9dc76.xml',
    'an old identifier, affiliations',
    'api',
    'arxiv',
    '2026-05-11',
    true,
    { new: 1 },
  ],
  [
    'api/id_quant-ph_0201082v1_s0_m100_86989fe779ef.xml',
    'an old identifier with its version',
    'api',
    'arxiv',
    '2026-04-12',
    true,
    { new: 1 },
  ],
  [
    'api/q_testing_s0_m100_cfe7536492ca.xml',
    'a first page of many',
    'api',
    'arxiv',
    '2026-04-12',
    false,
    { new: 64, replace: 36 },
  ],
  [
    'api/q_testing_s0_m10_bc5a6c384fe9.xml',
    'a shorter first page',
    'api',
    'arxiv',
    '2026-04-12',
    false,
    { new: 5, replace: 5 },
  ],
  [
    'api/q_testing_s10_m10_34e56e15aaac.xml',
    'a second page',
    'api',
    'arxiv',
    '2026-04-12',
    false,
    { new: 8, replace: 2 },
  ],
  [
    'oai/get_1102.0219_arXiv.xml',
    'a withdrawn paper, by its comment',
    'oai',
    'arxiv',
    '2026-11-22',
    null,
    { replace: 1 },
  ],
  [
    'oai/get_1102.0219_arXivRaw.xml',
    'a withdrawn paper, by its source type',
    'oai',
    'arxiv',
    '2026-11-22',
    null,
    { replace: 1 },
  ],
  [
    'oai/get_1102.0219_oai_dc.xml',
    'a withdrawn paper in Dublin Core',
    'oai',
    'arxiv',
    '2026-11-22',
    null,
    { replace: 1 },
  ],
  ['oai/get_oldid_arXiv.xml', 'an old identifier', 'oai', 'arxiv', '2026-11-22', null, { replace: 1 }],
  [
    'oai/get_oldid_arXivRaw.xml',
    'an old identifier with its versions',
    'oai',
    'arxiv',
    '2026-11-22',
    null,
    { replace: 1 },
  ],
  [
    'oai/list_records_csDC_arXivRaw.xml',
    'one page of a category',
    'oai',
    'cs.DC',
    '2026-11-22',
    null,
    { new: 2, replace: 1 },
  ],
  [
    'oai/list_records_cs_arXiv.xml',
    'one page of an archive',
    'oai',
    'cs',
    '2026-11-22',
    null,
    { new: 25, replace: 14 },
  ],
  [
    'oai/paged_math_limit60_p1.xml',
    'a first page, with the token of the second',
    'oai',
    'math',
    '2026-11-22',
    false,
    { new: 28, replace: 32 },
  ],
  [
    'oai/paged_math_limit60_p2.xml',
    'a second page, whose request is a token',
    'oai',
    'math',
    '2026-11-22',
    false,
    { new: 12, replace: 48 },
  ],
  [
    'oai/paged_math_limit60_p3.xml',
    'a last page, without a token',
    'oai',
    'math',
    '2026-11-22',
    null,
    { new: 11, replace: 11 },
  ],
];

const refused: readonly [file: string, proves: string, message: RegExp][] = [
  [
    'rss/rss_badarchive.xml',
    'the feed of an error',
    /: arXiv answers “Feed error for query: .*”: Bad archive 'heplat'\./,
  ],
  [
    'rss/rss_badcat.xml',
    'the feed of an error',
    /: arXiv answers “Feed error for query: .*”: Bad subject class 'BOGUS'\./,
  ],
  [
    'rss/rss_badversion.xml',
    'the feed of an error',
    /: arXiv answers “Feed error for query: .*”: Unsupported feed version 'RSS 1\.0'/,
  ],
  [
    'rss/atom_badcat.xml',
    'the feed of an error',
    /: arXiv answers “Feed error for query: .*”: Bad archive\/subject class structure 'a\.b\.c'/,
  ],
  ['rss/rss_help.html', 'no feed but help', /, line 1: this is the help page of arXiv's feeds/],
  [
    'api/id_abc_s0_m100_b79c8dcf6bc3.xml',
    'an error is an entry',
    /: arXiv's API answers with an error: incorrect id format for abc$/,
  ],
  [
    'oai/error_badArgument_future.xml',
    'an error',
    /, line 9: arXiv's OAI-PMH answers badArgument: .* until date must be/,
  ],
  [
    'oai/error_badResumptionToken.xml',
    'an error',
    /, line 9: arXiv's OAI-PMH answers badArgument: .* resumptionToken$/,
  ],
  ['oai/error_badVerb.xml', 'an error', /, line 9: arXiv's OAI-PMH answers badVerb: /],
  ['oai/error_cannotDisseminate.xml', 'an error', /, line 9: arXiv's OAI-PMH answers cannotDisseminateFormat: /],
  ['oai/error_idDoesNotExist.xml', 'an error', /, line 9: arXiv's OAI-PMH answers idDoesNotExist: /],
  ['oai/identify.xml', 'no records', /: this is OAI-PMH's answer to Identify, which holds no papers/],
  ['oai/list_sets.xml', 'no records', /: this is OAI-PMH's answer to ListSets, which holds no papers/],
];

function idsOf(listing: Listing, kind: AnnouncementKind): string[] {
  return listing.entries.filter((entry) => entry.kind === kind).map(({ id }) => id);
}

/** What two sources must say alike of one paper, TeX made readable: pages decode accents, feeds do not. */
function described(entry: Entry | undefined) {
  const { title = '', abstract, categories, journalRef } = entry ?? {};
  return { title: readable(title), abstract: readable(abstract ?? ''), categories, journalRef };
}

/** Without blanks: the feed alone parts initials. */
function namesOf(entry: Entry | undefined): string {
  return readable(entry?.authors.join() ?? '').replaceAll(' ', '');
}

describe.skipIf(!hasFixtures)("arXiv's XML as it really is (skipped where ../shared/fixtures is missing)", () => {
  it.each(read)('%s: %s', (file, _proves, source, archive, date, complete, counts) => {
    const listing = listingOf(file);
    expect(listingSchema.parse(listing)).toEqual(listing);
    expect(listing).toMatchObject({ source, archive, date, complete });
    expect(Object.fromEntries(listing.sections.map(({ kind, parsed }) => [kind, parsed]))).toEqual(counts);
    expect(listing.sections.reduce((sum, { parsed }) => sum + parsed, 0)).toBe(listing.entries.length);
    for (const entry of listing.entries) {
      expect(entry.authors.length, entry.id).toBeGreaterThan(0);
      expect(entry.abstract, entry.id).not.toBeNull();
    }
  });

  it.each(refused)('%s: %s', (file, _proves, message) => {
    expect(() => listingOf(file)).toThrow(message);
  });

  it('leaves no file untold', () => {
    const files = ['rss', 'api', 'oai'].flatMap((folder) =>
      readdirSync(join(fixtures, folder)).map((name) => `${folder}/${name}`),
    );
    expect([...read, ...refused].map(([file]) => file).toSorted()).toEqual(files.toSorted());
  });

  it('reads from RSS what the listing page of that day says', () => {
    const rss = listingOf('rss/rss_math.xml');
    const page = listingOf('html-2011/list_math_new.html');
    expect(idsOf(rss, 'new')).toEqual(idsOf(page, 'new'));
    expect([...idsOf(rss, 'replace'), ...idsOf(rss, 'replace-cross')]).toEqual(idsOf(page, 'replace'));
    // The page of an archive leaves out crosses inside it: these two are math.* papers.
    const onPage = new Set(idsOf(page, 'cross'));
    const inside = rss.entries.filter(({ id, kind }) => kind === 'cross' && !onPage.has(id));
    expect([onPage.size, ...inside.map(({ primary }) => primary.split('.')[0])]).toEqual([7, 'math', 'math']);

    const papers = new Map(rss.entries.map((entry) => [entry.id, entry]));
    for (const entry of page.entries) expect(described(papers.get(entry.id)), entry.id).toEqual(described(entry));
    const others = page.entries.filter((entry) => namesOf(papers.get(entry.id)) !== namesOf(entry));
    // The page takes these two for names of their own: “And M. Svard”, “and Linsheng Zhu”.
    expect(others.map(({ authors }) => authors.at(-1))).toEqual(['And M. Svard', 'and Linsheng Zhu']);
  });

  it('reads the same of a paper from RSS and Atom', () => {
    const rss = new Map(listingOf('rss/rss_math.xml').entries.map((entry) => [entry.id, entry]));
    const both = listingOf('rss/atom_cs.xml').entries.filter(({ id }) => rss.has(id));
    expect(both).toHaveLength(11);
    for (const { kind: _kind, crossFrom: _crossFrom, ...paper } of both) expect(rss.get(paper.id)).toMatchObject(paper);
    expect(listingOf('rss/rss_cs.IT.xml').entries).toEqual(listingOf('rss/atom_cs.IT.xml').entries);
  });

  it('reads the same of a paper from each format of OAI-PMH', () => {
    const pairs = [
      ['oai/get_1102.0219_arXiv.xml', 'oai/get_1102.0219_arXivRaw.xml'],
      ['oai/get_1102.0219_oai_dc.xml', 'oai/get_1102.0219_arXivRaw.xml'],
      ['oai/get_oldid_arXiv.xml', 'oai/get_oldid_arXivRaw.xml'],
      ['oai/list_records_cs_arXiv.xml', 'oai/list_records_csDC_arXivRaw.xml'],
    ] as const;
    for (const [other, raw] of pairs) {
      const papers = new Map(listingOf(other).entries.map((entry) => [entry.id, entry]));
      for (const { version, ...paper } of listingOf(raw).entries) {
        expect(version).toBeGreaterThan(0);
        expect(papers.get(paper.id)).toEqual({ ...paper, version: null });
      }
    }
  });

  it('reads from OAI-PMH, page after page, what the feed of that day says of its papers', () => {
    const complain = complaintsAbout('f');
    const pages = [1, 2, 3].map((number) =>
      parseOaiPage(bytesOf(`oai/paged_math_limit60_p${number}.xml`).toString(), { complain }),
    );
    expect(pages.map(({ resumptionToken }) => resumptionToken?.expiresAt)).toEqual([
      Date.UTC(2026, 10, 23),
      Date.UTC(2026, 10, 23),
      undefined,
    ]);
    const records = new Map(pages.flatMap(({ listing }) => listing.entries).map((entry) => [entry.id, entry]));
    expect(records.size).toBe(142);
    const rss = listingOf('rss/rss_math.xml').entries;
    for (const { id, title, abstract, categories, journalRef, doi } of rss) {
      expect(records.get(id), id).toMatchObject({ title, abstract, categories, journalRef, doi });
    }
    // The format arXiv tells no versions: who was replaced in the month of his identifier counts as new.
    const wrong = rss.filter(({ id, version }) => (version === 1) !== (records.get(id)?.kind === 'new'));
    expect(wrong.map(({ version }) => version)).not.toContain(1);
    expect(wrong.length / rss.length).toBeLessThan(0.1);
  });
});
