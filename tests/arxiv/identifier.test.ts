import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalId, parseId } from '../../src/arxiv/identifier.ts';

const month = fc.integer({ min: 1, max: 12 }).map((number) => String(number).padStart(2, '0'));
const digits = (length: number) =>
  fc.integer({ min: 1, max: 10 ** length - 1 }).map((number) => String(number).padStart(length, '0'));
const fourDigits = fc
  .tuple(fc.constantFrom('08', '09', '11', '14'), month, digits(4))
  .map(([year, mm, nr]) => `${year}${mm}.${nr}`);
const fiveDigits = fc
  .tuple(fc.constantFrom('15', '23', '25', '26'), month, digits(5))
  .map(([year, mm, nr]) => `${year}${mm}.${nr}`);
const old = fc
  .tuple(fc.constantFrom('math', 'hep-th', 'cond-mat', 'cmp-lg'), fc.constantFrom('92', '99', '03'), month, digits(3))
  .map(([archive, year, mm, nr]) => `${archive}/${year}${mm}${nr}`);
const anyId = fc.oneof(fourDigits, fiveDigits, old);
const suffixes = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 99 }).map((number) => `v${number}`),
);

/** Anything, and pieces of identifiers in any order. */
const anyText = fc.oneof(
  fc.string(),
  fc
    .array(
      fc.constantFrom(
        'arXiv:',
        'https://',
        'arxiv.org/abs/',
        '2505.15988',
        'v2',
        '.pdf',
        '[',
        ']',
        '(',
        '?',
        'math',
        '/',
        '0309136',
        ' ',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
);

/** How an identifier is written in the wild, with or without a version. */
const forms: readonly ((id: string) => string)[] = [
  (id) => id,
  (id) => ` arXiv:${id} `,
  (id) => `ARXIV:${id}`,
  (id) => `arXiv ${id}`,
  (id) => `arXiv.${id}`,
  (id) => `arxiv: ${id} [cs.DC]`,
  (id) => `arXiv:${id}  [cond-mat.str-el]  21 May 2025`,
  (id) => `arXiv preprint arXiv:${id}`,
  (id) => `(${id})`,
  (id) => `[${id}]`,
  (id) => `[arXiv:${id} [math.GT]]`,
  (id) => `“${id}”,`,
  (id) => `${id}.`,
  (id) => `${id}.pdf`,
  (id) => `<https://arxiv.org/abs/${id}>`,
  (id) => `(https://arxiv.org/abs/${id}).`,
  (id) => `https://arxiv.org/abs/${id}`,
  (id) => `https://arxiv.org/abs/${id}/`,
  (id) => `HTTPS://ARXIV.ORG/PDF/${id}`,
  (id) => `arxiv.org/abs/${id}`,
  (id) => `http://export.arxiv.org/pdf/${id}.pdf`,
  (id) => `https://arxiv.org/pdf/${id}.pdf#page=3`,
  (id) => `https://www.arxiv.org/html/${id}#S2`,
  (id) => `https://arxiv.org/html/${id}/`,
  (id) => `https://arxiv.org/format/${id}`,
  (id) => `https://arxiv.org/e-print/${id}`,
  (id) => `https://arxiv.org/abs/${id}?context=cs`,
  (id) => `https://arxiv.org/abs/${id}?utm_source=x&y=2#top`,
  (id) => `https://arxiv.org/abs/${id.replace('/', '%2F')}`,
  (id) => `https://arxiv.org/abs/arXiv:${id}`,
  (id) => `http://de.arxiv.org/abs/${id}`,
  (id) => `http://xxx.lanl.gov/abs/${id}`,
  (id) => `https://ar5iv.labs.arxiv.org/html/${id}`,
  (id) => `https://ar5iv.org/abs/${id}`,
  (id) => `https://www.alphaxiv.org/abs/${id}`,
  (id) => `https://huggingface.co/papers/${id}`,
  (id) => `10.48550/arXiv.${id}`,
  (id) => `https://doi.org/10.48550/arXiv.${id}`,
  (id) => `https://doi.org/10.48550%2FarXiv.${id}`,
  (id) => `http://dx.doi.org/10.48550/ARXIV.${id}`,
  (id) => `doi:10.48550/arxiv.${id}`,
  (id) => `DOI: 10.48550/arXiv.${id}`,
  (id) => `oai:arXiv.org:${id}`,
];

describe('parseId', () => {
  it('reads identifier and version of every form', () => {
    for (const form of forms) {
      fc.assert(
        fc.property(anyId, fc.option(fc.integer({ min: 1, max: 99 })), (id, version) => {
          const written = form(`${id}${version === null ? '' : `v${version}`}`);
          expect(parseId(written), written).toEqual({ id, version });
        }),
        { numRuns: 20 },
      );
    }
  });

  it.each([
    ['2205.06398V2', { id: '2205.06398', version: 2 }],
    ['oai:arXiv.org:2205.06398v2', { id: '2205.06398', version: 2 }],
    ['http://arxiv.org/abs/1707.08567v1', { id: '1707.08567', version: 1 }],
    ['math.GT/0309136v3', { id: 'math/0309136', version: 3 }],
    ['HEP-TH/9901001', { id: 'hep-th/9901001', version: null }],
    ['0912.5000', { id: '0912.5000', version: null }],
  ])('reads %s', (text, read) => {
    expect(parseId(text)).toEqual(read);
  });

  it('is the same for what it gives', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(parseId(id)).toEqual({ id, version: null });
      }),
    );
  });
});

describe('canonicalId', () => {
  it('reads every form to the one identifier', () => {
    fc.assert(
      fc.property(anyId, suffixes, fc.constantFrom(...forms), (id, suffix, form) => {
        expect(canonicalId(form(id + suffix))).toBe(id);
      }),
    );
  });

  it('is its own canonical form', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(canonicalId(id)).toBe(id);
      }),
    );
  });

  it('drops the subject class of an old identifier', () => {
    expect(canonicalId('math.GT/0309136v2')).toBe('math/0309136');
    expect(canonicalId('arXiv:cs.DC/0309136')).toBe('cs/0309136');
  });

  it('keeps leading and final zeros', () => {
    expect(canonicalId('0912.5000')).toBe('0912.5000');
    expect(canonicalId('0704.0001')).toBe('0704.0001');
  });

  it.each([
    '',
    '2505',
    '2505.1598',
    '1412.00001',
    '1501.0001',
    '2513.00001',
    '0000.0000',
    '0703.0001',
    'foo/0309136',
    'math/0313136',
    'math/030913',
    '10.1145/12345',
    'https://example.org/abs/2505.15988',
    'see 2505.15988',
    '2505.15988v0',
    '2505.15988 and more',
    '2505.15988, 2505.15989',
    '2505.15988v2v3',
    '2505.00000',
    'math/0309000',
    'math/0704001',
    'math/9000001',
    'math/5012001',
    '9912.12345',
    '123456789012',
    '250515988012',
    '2505159880.12',
    '202505.159881',
    '2505.159880121234',
    'stat/0309136',
    'test/0309136',
    'https://notarxiv.org/abs/2505.15988',
    'https://arxiv.org.example.org/abs/2505.15988',
    'https://arxiv.org@example.org/abs/2505.15988',
    'https://arxiv.org/list/2505.15988',
    'https://doi.org/10.1145/2505.15988',
    `${'('.repeat(1_000)}2505.15988`,
  ])('gives null for “%s”', (text) => {
    expect(canonicalId(text)).toBeNull();
  });

  it('gives null or an identifier that it reads again, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const id = canonicalId(text);
        expect(id === null ? null : canonicalId(id)).toBe(id);
      }),
    );
  });

  it('takes no twelve digits, wherever the dot or the slash stands among them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1e11, max: 1e12 - 1 }),
        fc.nat(12),
        fc.constantFrom('', '.', '/'),
        (number, at, sign) => {
          const text = String(number);
          expect(canonicalId(`${text.slice(0, at)}${sign}${text.slice(at)}`)).toBeNull();
        },
      ),
    );
  });

  it('is quick with long nonsense', () => {
    for (const part of [' ', '(', '[', '[a', 'v1', 'arxiv.', '%2F', '.pdf', '2505.']) {
      expect(canonicalId(part.repeat(200_000))).toBeNull();
      expect(canonicalId(part.repeat(100))).toBeNull();
    }
  });
});
