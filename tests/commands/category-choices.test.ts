import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryChoices, categoryListChoices } from '../../src/commands/category-choices.ts';
import { readCategories } from '../../src/commands/category.ts';

describe('categoryChoices', () => {
  it('names a category by its code and what arXiv calls it', () => {
    expect(categoryChoices('distributed')).toEqual([
      { name: 'cs.DC — Distributed, Parallel, and Cluster Computing', value: 'cs.DC' },
    ]);
  });

  it('knows its own suggestion again', () => {
    expect(categoryChoices('stat.ML — Machine Learning')).toEqual([
      { name: 'stat.ML — Machine Learning', value: 'stat.ML' },
    ]);
  });
});

describe('categoryListChoices', () => {
  const learning = [
    { name: 'cs.DC, cs.LG — Machine Learning', value: 'cs.DC, cs.LG' },
    { name: 'cs.DC, stat.ML — Machine Learning', value: 'cs.DC, stat.ML' },
  ];

  it.each([
    'cs.dc, machine lea',
    'cs.DC,machine lea',
    'cs.dc machine lea',
    'cs.DC cs.dc; machine lea',
    'cs.DC — Distributed, Parallel, and Cluster Computing, machine lea',
  ])('completes the last of “%s”, and keeps those before it', (typed) => {
    expect(categoryListChoices(typed)).toEqual(learning);
  });

  it.each([
    ['distributed, par', 'cs.DC'],
    ['Distributed, Parallel', 'cs.DC'],
    ['cs.LG, distributed, parallel, and clus', 'cs.LG, cs.DC'],
    ['computational engineering, fin', 'cs.CE'],
  ])('knows the comma inside a name: “%s”', (typed, value) => {
    expect(categoryListChoices(typed).map((choice) => choice.value)).toEqual([value]);
    expect(readCategories(value)).toMatchObject({ ok: true });
  });

  it('suggests nothing twice', () => {
    expect(categoryListChoices('cs.LG, machine lea').map(({ value }) => value)).toEqual(['cs.LG, stat.ML']);
    expect(categoryListChoices('cs.AI cs').some(({ value }) => value === 'cs.AI, cs.AI')).toBe(false);
  });

  it('keeps what cannot be read, for the writer to mend', () => {
    expect(categoryListChoices('cs.QQ, cs.dc')).toEqual([
      { name: 'cs.QQ, cs.DC — Distributed, Parallel, and Cluster Computing', value: 'cs.QQ, cs.DC' },
    ]);
  });

  it('completes an only one, and begins at an empty one', () => {
    expect(categoryListChoices('hep-t')).toEqual([{ name: 'hep-th — High Energy Physics - Theory', value: 'hep-th' }]);
    expect(categoryListChoices('')).toHaveLength(25);
    expect(categoryListChoices('cs.DC, ')).toHaveLength(25);
  });

  it('leaves names out where they would not fit, and is silent where not even codes do', () => {
    const four = 'cond-mat.mtrl-sci, physics.space-ph, physics.class-ph, cond-mat.stat-mech';
    expect(categoryListChoices(`${four}, physics.soc`)).toEqual([
      { name: `${four}, physics.soc-ph`, value: `${four}, physics.soc-ph` },
    ]);
    expect(categoryListChoices(`${four}, cond-mat.quant-gas, physics.soc`)).toEqual([]);
  });

  it('stays inside Discord’s limits, and suggests what can be read, whatever is typed', () => {
    const part = fc.constantFrom('cs.DC', 'hep-th', 'machine', 'lear', 'physics.soc', ', ', ' ', ';', ' — ', 'cs', 'q');
    const typed = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const choices = categoryListChoices(text);
        expect(choices.length).toBeLessThanOrEqual(25);
        for (const { name, value } of choices) {
          expect(Array.from(name).length).toBeLessThanOrEqual(100);
          expect(Array.from(value).length).toBeLessThanOrEqual(100);
          const [last] = value.split(', ').slice(-1);
          expect(readCategories(last ?? '')).toEqual({ ok: true, value: [last] });
          // Discord leaves the name in the field: sent as it is, it means the same.
          expect(readCategories(name)).toEqual(readCategories(value));
        }
      }),
    );
  });
});
