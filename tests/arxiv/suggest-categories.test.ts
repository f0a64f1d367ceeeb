import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCategory } from '../../src/arxiv/category.ts';
import { suggestCategories } from '../../src/arxiv/suggest-categories.ts';
import { categories } from '../../src/arxiv/taxonomy.ts';

const codesFor = (typed: string, limit = 200) => suggestCategories(typed, limit).map(({ code }) => code);

describe('suggestCategories', () => {
  it.each([
    ['cs.d', ['cs.DB', 'cs.DC', 'cs.DL', 'cs.DM', 'cs.DS']],
    [' CS.DC ', ['cs.DC']],
    ['machine', ['cs.LG', 'stat.ML']],
    ['machine lea', ['cs.LG', 'stat.ML']],
    ['stat ml', ['stat.ML']],
    ['distributed comp', ['cs.DC']],
    ['lg', ['cs.LG']],
    ['high energy', ['astro-ph.HE', 'hep-ex', 'hep-lat', 'hep-ph', 'hep-th']],
    ['hep-', ['hep-ex', 'hep-lat', 'hep-ph', 'hep-th']],
  ])('finds “%s” by code or name', (typed, codes) => {
    expect(codesFor(typed)).toEqual(codes);
  });

  it.each([
    ['cs.SY', ['eess.SY']],
    ['math.mp', ['math-ph']],
    ['cs.na', ['math.NA']],
    ['q-fin.EC', ['econ.GN']],
    ['cmp-lg', ['cs.CL']],
    ['alg-geom', ['math.AG']],
  ])('leads from %s to the code that arXiv lists it under', (typed, codes) => {
    expect(codesFor(typed)).toEqual(codes);
  });

  it('puts codes before names, and an archive’s own categories before those it calls otherwise', () => {
    expect(codesFor('quant', 3)).toEqual(['quant-ph', 'cond-mat.quant-gas', 'gr-qc']);
    expect(codesFor('stat', 7)).toEqual([
      'stat.AP',
      'stat.CO',
      'stat.ME',
      'stat.ML',
      'stat.OT',
      'cond-mat.stat-mech',
      'math.ST',
    ]);
  });

  it('gives each code with its name', () => {
    expect(suggestCategories('cs.DC', 1)).toEqual([
      { code: 'cs.DC', name: 'Distributed, Parallel, and Cluster Computing' },
    ]);
  });

  it('gives all that are announced for nothing typed, and nothing for what fits none', () => {
    const announced = [...categories.values()].filter(
      ({ code, canonical, isActive }) => isActive && code === canonical,
    );
    expect(codesFor('')).toEqual(announced.map(({ code }) => code));
    expect(codesFor('cooking')).toEqual([]);
    expect(codesFor('test')).toEqual([]);
  });

  it('never gives more than asked for, none twice, and only what can be subscribed to', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.constantFrom(...categories.values()).chain(({ code, name }) => {
        const text = `${code} ${name}`;
        return fc.nat(text.length).map((end) => text.slice(0, end));
      }),
    );
    fc.assert(
      fc.property(typed, fc.nat(30), (text, limit) => {
        const codes = codesFor(text, limit);
        expect(codes.length).toBeLessThanOrEqual(limit);
        expect(new Set(codes).size).toBe(codes.length);
        for (const code of codes) expect(parseCategory(code)).toEqual({ ok: true, value: code });
      }),
    );
  });
});
