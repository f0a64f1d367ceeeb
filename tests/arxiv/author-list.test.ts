import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAuthors } from '../../src/arxiv/author-list.ts';

describe('splitAuthors', () => {
  it.each<[string, string, readonly string[]]>([
    ['commas', 'Jane Doe, John Roe', ['Jane Doe', 'John Roe']],
    ['a last “and”', 'Jane Doe, John Roe and Li Wei', ['Jane Doe', 'John Roe', 'Li Wei']],
    ['a comma before it', 'Jane Doe, John Roe, and Li Wei', ['Jane Doe', 'John Roe', 'Li Wei']],
    ['an ampersand', 'Jane Doe & John Roe', ['Jane Doe', 'John Roe']],
    ['wrapped lines', 'Jane\n  Doe,\n  John Roe', ['Jane Doe', 'John Roe']],
    ['no blank behind a comma', 'Jane Doe,John Roe', ['Jane Doe', 'John Roe']],
    [
      'TeX, left raw',
      "Ad\\`ele Plat, M{\\aa}ns Holmberg, D. V\\'an",
      ['Ad\\`ele Plat', 'M{\\aa}ns Holmberg', "D. V\\'an"],
    ],
    ['affiliations', 'Jane Doe (1 and 2), John Roe (2,3) and Li Wei (INAF-OaPD)', ['Jane Doe', 'John Roe', 'Li Wei']],
    [
      'brackets in brackets, with commas',
      'Jane Doe (1), John Roe (2) ((1) IAS, (2) Princeton (NJ), USA)',
      ['Jane Doe', 'John Roe'],
    ],
    ['no comma behind a bracket', 'Jane Doe (1) John Roe', ['Jane Doe', 'John Roe']],
    ['people who sign for others', 'Jane Doe (on behalf of the XRISM team), John Roe', ['Jane Doe', 'John Roe']],
    ['a collaboration first', 'LHCb Collaboration: R. Aaij, B. Adeva', ['LHCb Collaboration', 'R. Aaij', 'B. Adeva']],
    ['a collaboration last', 'Jane Doe, and The CMB-S4 Collaboration', ['Jane Doe', 'CMB-S4 Collaboration']],
    ['“for the”', 'Jane Doe for the ALICE Collaboration', ['Jane Doe', 'ALICE Collaboration']],
    ['a “for the” of its own', 'Jane Doe, for the ALICE Collaboration', ['Jane Doe', 'ALICE Collaboration']],
    ['juniors and thirds', 'J. Roe, Jr., Li Wei, A. Poe, III', ['J. Roe Jr.', 'Li Wei', 'A. Poe III']],
    ['“et al”', 'Jane Doe, et al. (84 additional authors not shown)', ['Jane Doe']],
    ['doubled commas', 'Jane Doe,, John Roe,', ['Jane Doe', 'John Roe']],
    ['short names', 'Max, Li Wei', ['Max', 'Li Wei']],
    ['names that hold “and” and “the”', 'Alexandra Anders, Theo Band', ['Alexandra Anders', 'Theo Band']],
    ['a bracket that is never closed', 'Jane Doe, John Roe (1, Li Wei', ['Jane Doe', 'John Roe']],
    ['a bracket that was never opened', 'Jane Doe), John Roe (1), Li Wei', ['Jane Doe', 'John Roe', 'Li Wei']],
    ['nothing', '', []],
    ['a list that is not there', '(author list is unavailable)', []],
  ])('understands %s', (_what, text, names) => {
    expect(splitAuthors(text)).toEqual(names);
  });

  it('gives back the names of any list that was put together from them', () => {
    const name = fc.tuple(
      fc.constantFrom('Jane', 'J.', "Zolt\\'an", 'Li'),
      fc.constantFrom('Doe', 'van Dishoeck', 'D.A.M.', "O'Hara"),
    );
    const affiliation = fc.constantFrom('', ' (1)', ' (1 and 2)', ' ((1) IAS, (2) X)');
    const people = fc.array(fc.tuple(name, affiliation), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(people, fc.constantFrom(', ', ' and ', ', and '), (list, last) => {
        const written = list.map(([parts, where]) => parts.join(' ') + where);
        const text = [...written.slice(0, -2), written.slice(-2).join(last)].join(', ');
        expect(splitAuthors(text)).toEqual(list.map(([parts]) => parts.join(' ')));
      }),
    );
  });
});
