import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalId } from '../../src/arxiv/identifier.ts';

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
const version = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 99 }).map((number) => `v${number}`),
);

describe('canonicalId', () => {
  it('reads every form to the one identifier', () => {
    const forms = fc.constantFrom<(id: string) => string>(
      (id) => id,
      (id) => ` arXiv:${id} `,
      (id) => `arxiv: ${id} [cs.DC]`,
      (id) => `https://arxiv.org/abs/${id}`,
      (id) => `http://export.arxiv.org/pdf/${id}.pdf`,
      (id) => `https://www.arxiv.org/html/${id}#S2`,
      (id) => `https://arxiv.org/abs/${id}?context=cs`,
      (id) => `https://doi.org/10.48550/arXiv.${id}`,
      (id) => `doi:10.48550/arxiv.${id}`,
    );
    fc.assert(
      fc.property(anyId, version, forms, (id, suffix, form) => {
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
  ])('gives null for “%s”', (text) => {
    expect(canonicalId(text)).toBeNull();
  });

  it('gives null or an identifier that it reads again, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const id = canonicalId(text);
        expect(id === null ? null : canonicalId(id)).toBe(id);
      }),
    );
  });
});
