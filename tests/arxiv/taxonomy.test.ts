import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { archives, categories, categoryName, isAnnounced } from '../../src/arxiv/taxonomy.ts';
import { listingPage, sectionsHtml } from './listing-html.ts';

const dump = join(import.meta.dirname, '../../../shared/data/arxiv-taxonomy.json');

describe('categories', () => {
  it('lead to a canonical one, which leads nowhere else', () => {
    for (const { code, canonical } of categories.values()) {
      expect(categories.get(canonical.toLowerCase())?.canonical, code).toBe(canonical);
    }
  });

  it('are of an archive that is there, named and of some group', () => {
    for (const { code, name } of categories.values()) {
      expect(archives.has(code.split('.')[0] ?? ''), code).toBe(true);
      expect(name, code).toMatch(/^\S.*\S$/);
    }
    for (const [id, { name, group, start }] of archives) {
      expect(name, id).toMatch(/^\S.*\S$/);
      expect(group, id).toMatch(/^grp_/);
      expect(start, id).toMatch(/^(?:19|20)\d\d-\d\d$/);
    }
  });

  it('differ by more than their case', () => {
    for (const [key, { code }] of categories) expect(key).toBe(code.toLowerCase());
    expect(categories.size).toBe(new Set([...categories.values()].map(({ code }) => code)).size);
  });

  it.skipIf(!existsSync(dump))('are those of arXiv’s own definitions (skipped where ../shared/data is missing)', () => {
    const row = z.object({ id: z.string(), name: z.string(), canonical: z.string(), active: z.boolean() });
    const taxonomy = z
      .object({ categories: z.array(row), archivesSubsumed: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(dump, 'utf8')));
    const real = taxonomy.categories.filter(({ id }) => !id.startsWith('bad-arch'));
    expect(
      [...categories.values()].map(({ code, name, canonical, isActive }) => ({
        id: code,
        name,
        canonical,
        active: isActive,
      })),
    ).toEqual(real.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    for (const [old, code] of Object.entries(taxonomy.archivesSubsumed)) {
      expect(categories.get(old)?.canonical).toBe(code);
    }
  });
});

describe('categoryName', () => {
  it.each([
    ['cs.DC', 'Distributed, Parallel, and Cluster Computing'],
    ['CS.dc', 'Distributed, Parallel, and Cluster Computing'],
    ['stat.ML', 'Machine Learning'],
    ['hep-th', 'High Energy Physics - Theory'],
    ['cs', 'Computer Science'],
    ['cmp-lg', 'Computation and Language'],
    ['cs.QQ', null],
    ['', null],
  ])('of “%s” is %s', (code, name) => {
    expect(categoryName(code)).toBe(name);
  });
});

describe('isAnnounced', () => {
  it('holds for what has papers of its own', () => {
    expect(['cs.DC', 'CS.dc', 'hep-th', 'eess.SY'].map(isAnnounced)).toEqual([true, true, true, true]);
    expect(['cs.SY', 'cmp-lg', 'cs', 'astro-ph', 'test.soft', 'cs.QQ'].filter(isAnnounced)).toEqual([]);
  });
});

describe('a category that arXiv adds', () => {
  it('does not stop a listing from being read', () => {
    const subjects =
      '<span class="primary-subject">Gardening of Machines (cs.QX)</span>; Alchemy (al-chem); Optics (physics.optics)';
    const html = listingPage(
      sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{ subjects }] }]),
      { total: 1 },
    );
    expect(parseListing(Buffer.from(html), { format: 'html', name: 'page' })).toMatchObject({
      complete: true,
      entries: [{ primary: 'cs.QX', categories: ['cs.QX', 'al-chem', 'physics.optics'] }],
    });
  });
});
