import { describe, expect, it } from 'vitest';
import { creatorNames } from '../../src/arxiv/creator-names.ts';

describe('creatorNames', () => {
  it('leaves out the affiliation that arXiv gave to every author, with its commas', () => {
    expect(
      creatorNames('David Coupier (LPP, CMAP, (Lille, France)), Viet Chi Tran (LPP, CMAP, (Lille, France))'),
    ).toEqual(['David Coupier', 'Viet Chi Tran']);
  });

  it('takes back the blanks that arXiv put behind full stops, but for those between initials', () => {
    expect(creatorNames('J. -P. Lees, M. ~Smith, {J. } Doe, A. B. Roe')).toEqual([
      'J.-P. Lees',
      'M.~Smith',
      '{J.} Doe',
      'A. B. Roe',
    ]);
  });

  it('takes a name of one word with the blank in front of it', () => {
    expect(creatorNames('Ratna Kandala,  Deepti, Sheza Munir')).toEqual(['Ratna Kandala', 'Deepti', 'Sheza Munir']);
    expect(creatorNames(' The CMB-S4 Collaboration, Jane Doe')).toEqual(['CMB-S4 Collaboration', 'Jane Doe']);
  });

  it('leaves TeX as it is', () => {
    expect(creatorNames(String.raw`P. V\'an, \'S. R. Gal`)).toEqual([String.raw`P. V\'an`, String.raw`\'S. R. Gal`]);
  });
});
