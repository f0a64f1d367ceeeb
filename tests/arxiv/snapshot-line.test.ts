import { describe, expect, it } from 'vitest';
import { parseSnapshotLine } from '../../src/arxiv/snapshot-line.ts';

const line = (fields: object) =>
  JSON.stringify({ id: '2505.00001', title: 'A title', announced: '2025-05-20', ...fields });
const read = (fields: object) => parseSnapshotLine(line(fields), []);

describe('parseSnapshotLine', () => {
  it('reads every field, and ignores others', () => {
    const told = {
      abstract: 'One.\n\nTwo.',
      authors: ['Ada', 'Grace'],
      categories: ['cs.DC', 'cs.SY'],
      version: 2,
      comments: 'Nine pages',
      'journal-ref': 'J. 1',
      doi: '10.1/1',
      citations: 7,
    };
    expect(read(told)).toEqual({
      ok: true,
      value: {
        announced: '2025-05-20',
        paper: {
          id: '2505.00001',
          version: 2,
          title: 'A title',
          authors: ['Ada', 'Grace'],
          authorsTruncated: false,
          abstract: 'One.\n\nTwo.',
          categories: ['cs.DC', 'eess.SY'],
          primary: 'cs.DC',
          comments: 'Nine pages',
          journalRef: 'J. 1',
          doi: '10.1/1',
          withdrawn: false,
          formats: [],
        },
      },
    });
  });

  it('reads the snapshot that arXiv has on Kaggle', () => {
    const told = {
      id: 'math.GT/0309136',
      submitter: 'Ada Doe',
      authors: 'A. B. Doe, C. Roe Jr',
      title: 'A title\n  of two lines',
      comments: 'withdrawn by\n  the author',
      'journal-ref': null,
      doi: null,
      abstract: '  We do\nthis.\n  And that.\n',
      categories: 'math.GT cs.DC',
      announced: undefined,
      versions: [
        { version: 'v1', created: 'Fri, 26 Sep 2003 19:18:42 GMT' },
        { version: 'v2', created: 'Tue, 24 Jul 2007 20:10:27 GMT' },
      ],
      update_date: '2008-11-26',
      authors_parsed: [
        ['Doe', 'A. B.', ''],
        ['Roe', 'C.', 'Jr'],
      ],
    };
    // Submitted on a Friday afternoon: announced on Monday evening, dated Tuesday.
    expect(read(told)).toMatchObject({
      value: {
        announced: '2003-09-30',
        paper: {
          id: 'math/0309136',
          version: 2,
          title: 'A title of two lines',
          abstract: 'We do this.\n\nAnd that.',
          authors: ['A. B. Doe', 'C. Roe Jr'],
          categories: ['math.GT', 'cs.DC'],
          primary: 'math.GT',
          comments: 'withdrawn by the author',
          withdrawn: true,
        },
      },
    });
  });

  it('leaves out what is no category where others are, and keeps foreign identifiers', () => {
    expect(read({ categories: ['cs.CV', '68T45, 62H30', 'I.5.3'] })).toMatchObject({
      value: { paper: { categories: ['cs.CV'] } },
    });
    expect(read({ id: 'copy-7', categories: ['other'] })).toMatchObject({
      value: { paper: { id: 'copy-7', categories: ['other'], primary: 'other' } },
    });
    expect(read({ id: 'arXiv:2505.00001v3' })).toMatchObject({ value: { paper: { id: '2505.00001', version: 3 } } });
    expect(read({ id: '0912.5000' })).toMatchObject({ value: { paper: { id: '0912.5000' } } });
  });

  it.each([
    ['{"id": 0912.5000}', 'it is not JSON'],
    [
      '{"id": 912.5, "title": "T", "announced": "2025-05-20"}',
      'id 912.5 is a number; identifiers are texts, for 0912.5000 is not 912.5',
    ],
    ['[1]', 'expected an object, {"id", "title", …}'],
    [line({ id: '' }), 'id: Too small: expected string to have >=1 characters'],
    [line({ title: 7 }), 'title: Invalid input: expected string, received number'],
    [line({ title: ' ' }), 'title: expected a text that is not empty'],
    [line({ announced: 'today' }), 'announced: Invalid ISO date'],
    [line({ announced: undefined }), 'neither announced, date nor versions tells its day'],
  ])('says why it cannot use %s', (text, error) => {
    expect(parseSnapshotLine(text, [])).toEqual({ ok: false, error });
  });
});
