import { describe, expect, it } from 'vitest';
import { parseOaiPage } from '../../src/arxiv/parse-oai.ts';
import { complaintsAbout } from '../../src/arxiv/unreadable.ts';
import { arxivMetadata, dublinCore, oaiAnswer, oaiDocument, oaiRecord, rawMetadata } from './arxiv-xml.ts';

const parse = (xml: string) => parseOaiPage(xml, { complain: complaintsAbout('f') });
const entryOf = (metadata: string, sets?: readonly string[]) =>
  parse(oaiAnswer([oaiRecord(metadata, sets === undefined ? {} : { sets })])).listing.entries[0];

const paper = {
  id: '2609.00001',
  version: null,
  kind: 'new',
  crossFrom: null,
  title: 'A title',
  authors: ['Jane Doe'],
  authorsTruncated: false,
  abstract: 'An abstract.',
  categories: ['cs.LG'],
  primary: 'cs.LG',
  comments: null,
  journalRef: null,
  doi: null,
  withdrawn: false,
  formats: [],
};

function version(number: number, type: string): string {
  return `<version version="v${number}"><date>Wed, 23 Sep 2026 16:38:26 GMT</date><size>0kb</size><source_type>${type}</source_type></version>`;
}

describe('parseOaiPage', () => {
  it('reads the same paper from each format', () => {
    expect(parse(oaiAnswer([oaiRecord(arxivMetadata())]))).toEqual({
      listing: {
        source: 'oai',
        archive: 'cs.LG',
        date: '2026-09-25',
        complete: null,
        sections: [{ kind: 'new', shown: null, total: null, parsed: 1 }],
        entries: [paper],
      },
      resumptionToken: null,
      submitted: new Map([['2609.00001', Date.UTC(2026, 8, 23)]]),
      deleted: [],
    });
    const raw = parse(oaiAnswer([oaiRecord(rawMetadata())], { verb: 'GetRecord', request: 'verb="GetRecord"' }));
    expect(raw.listing).toMatchObject({ archive: 'arxiv', entries: [{ ...paper, version: 1 }] });
    expect(raw.submitted).toEqual(new Map([['2609.00001', Date.UTC(2026, 8, 22, 17, 16, 35)]]));
    const core = parse(oaiAnswer([oaiRecord(dublinCore())]));
    expect(core.listing.entries).toEqual([paper]);
    expect(core.submitted).toEqual(new Map([['2609.00001', Date.UTC(2026, 8, 22)]]));
  });

  it('reads what a record of the format arXiv may bear, but never its ACM class', () => {
    const fields =
      '<comments>8 pages</comments><msc-class>53A10</msc-class><acm-class>53A10</acm-class><journal-ref>J. 1</journal-ref><doi>10.1/x</doi>';
    expect(entryOf(arxivMetadata(fields))).toEqual({
      ...paper,
      comments: '8 pages',
      journalRef: 'J. 1',
      doi: '10.1/x',
    });
    const junior = '<author><keyname>Forney,</keyname><forenames>G. David</forenames><suffix>Jr.</suffix></author>';
    expect(
      entryOf(arxivMetadata().replace('</authors>', `${junior}<author><keyname>Deepti</keyname></author></authors>`))
        ?.authors,
    ).toEqual(['Jane Doe', 'G. David Forney Jr.', 'Deepti']);
  });

  it('takes a day after the month of the identifier for that of a later version', () => {
    const later = parse(oaiAnswer([oaiRecord(arxivMetadata('', { created: '2026-10-01' }))]));
    expect(later.listing.entries[0]?.kind).toBe('replace');
    expect(later.submitted.size).toBe(0);
    const old = oaiRecord(arxivMetadata('', { id: 'hep-th/9901001', created: '1999-01-02' }), { id: 'hep-th/9901001' });
    expect(parse(oaiAnswer([old])).listing.entries[0]).toMatchObject({ id: 'hep-th/9901001', kind: 'new' });
  });

  it('knows a withdrawn paper by its comments, and then as replaced', () => {
    const fields = '<comments>This paper has been withdrawn</comments>';
    expect(entryOf(arxivMetadata(fields))).toMatchObject({ withdrawn: true, kind: 'replace' });
  });

  it('knows from arXivRaw the last version, wherever it stands, and whether it withdraws the paper', () => {
    expect(entryOf(rawMetadata({ versions: version(10, 'D') + version(2, 'I') }))).toMatchObject({
      version: 10,
      kind: 'replace',
      withdrawn: false,
    });
    expect(entryOf(rawMetadata({ versions: version(2, 'DI') }))).toMatchObject({ version: 2, withdrawn: true });
  });

  it('parts the author line of arXivRaw', () => {
    const authors = 'A. Doe (1), B. Roe (Rome, Italy) and C. Poe ((1) X)';
    expect(entryOf(rawMetadata({ authors }))?.authors).toEqual(['A. Doe', 'B. Roe', 'C. Poe']);
  });

  it('takes from oai_dc what its fields mean, and categories from the sets', () => {
    const fields = `<dc:creator>Forney, Jr., G. David</dc:creator><dc:creator>Deepti</dc:creator>
      <dc:description>Comment: 8 pages</dc:description><dc:date>2026-09-24</dc:date>
      <dc:identifier>J. Math. 1</dc:identifier><dc:identifier>doi:10.1/x</dc:identifier>`;
    expect(entryOf(dublinCore(fields), ['cs:cs:IT', 'math:math:IT', 'physics:hep-th'])).toEqual({
      ...paper,
      kind: 'replace',
      authors: ['Jane Doe', 'G. David Forney Jr.', 'Deepti'],
      categories: ['cs.IT', 'hep-th'],
      primary: 'cs.IT',
      comments: '8 pages',
      journalRef: 'J. Math. 1',
      doi: '10.1/x',
    });
  });

  it('says how to go on, and never says that it is complete, for it declares no count', () => {
    const token =
      "<resumptionToken expires='2026-09-26T00:00:00Z'>verb%3DListRecords%26set%3Dcs%253Acs%253ADC%26skip%3D3</resumptionToken>";
    const page = parse(oaiAnswer([oaiRecord(arxivMetadata())], { token }));
    expect(page.listing.complete).toBe(false);
    expect(page.resumptionToken).toEqual({
      token: 'verb%3DListRecords%26set%3Dcs%253Acs%253ADC%26skip%3D3',
      expiresAt: Date.UTC(2026, 8, 26),
    });
    const last = parse(oaiAnswer([oaiRecord(arxivMetadata())], { token: '<resumptionToken/>' }));
    expect(last).toMatchObject({ resumptionToken: null, listing: { complete: null } });
  });

  it('knows from the token of a later page which set was asked for', () => {
    const request = "verb='ListRecords' resumptionToken='verb%3DListRecords%26set%3Dcs%253Acs%253ADC%26skip%3D3'";
    expect(parse(oaiAnswer([oaiRecord(arxivMetadata())], { request })).listing.archive).toBe('cs.DC');
  });

  it('lists deleted papers apart', () => {
    const page = parse(oaiAnswer([oaiRecord('', { id: '2609.00002', status: 'deleted' }), oaiRecord(arxivMetadata())]));
    expect(page.deleted).toEqual(['2609.00002']);
    expect(page.listing.entries.map(({ id }) => id)).toEqual(['2609.00001']);
  });

  it('takes noRecordsMatch for an empty answer', () => {
    const page = parse(oaiDocument("<error code='noRecordsMatch'>None.</error>", 'verb="ListRecords" set="math"'));
    expect(page).toMatchObject({ resumptionToken: null, listing: { archive: 'math', complete: true, entries: [] } });
  });

  it.each<[string, string, RegExp]>([
    [
      'an error',
      oaiDocument("<error code='badResumptionToken'>Too\n old.</error>"),
      /^f, line 5: arXiv's OAI-PMH answers badResumptionToken: Too old\.$/,
    ],
    [
      'another answer',
      oaiDocument('<Identify/>', 'verb="Identify"'),
      /^f: this is OAI-PMH's answer to Identify, which holds no papers/,
    ],
    ['an answer without records', oaiAnswer([]), /^f: the answer has neither a record nor the error noRecordsMatch/],
    [
      'an answer without its day',
      oaiAnswer([]).replace(/<responseDate>.*</, '<responseDate><'),
      /^f: the answer's <responseDate> “” is no/,
    ],
    [
      'another format',
      oaiAnswer([oaiRecord('<arXivOld><id>x</id></arXivOld>')]),
      /^f, line 6: record 1 2609.00001 comes as “arXivOld”, which/,
    ],
    ['no metadata', oaiAnswer([oaiRecord('')]), /2609.00001 comes as “nothing”/],
    [
      'no identifier',
      oaiAnswer([oaiRecord(arxivMetadata(), { id: 'x' })]),
      /record 1 has no arXiv identifier but “oai:arXiv.org:x”/,
    ],
    [
      'another identifier',
      oaiAnswer([oaiRecord(arxivMetadata(), { id: '2609.00002' })]),
      /2609.00002 describes “2609.00001”/,
    ],
    ['no title', oaiAnswer([oaiRecord(arxivMetadata().replace('A title', ''))]), /2609.00001 has no title; ask again$/],
    ['no categories', oaiAnswer([oaiRecord(dublinCore(), { sets: ['math'] })]), /2609.00001 has no categories/],
    [
      'a record elsewhere',
      oaiAnswer([oaiRecord(arxivMetadata('<record/>'))]),
      /of 2 <record> only 1 stand where they belong/,
    ],
  ])('refuses %s', (_what, xml, message) => {
    expect(() => parse(xml)).toThrow(message);
  });
});
