import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stem } from '../../src/text/stem.ts';
import { tokenize } from '../../src/text/tokens.ts';
import { buildSegment } from '../../src/search/build-segment.ts';
import { found, merged, snapshotOf, toIndex } from './search-worlds.ts';

const words = ['graph', 'graphs', 'neural', 'model', 'models', 'modelling', 'data', 'of', 'rare', 'learning'];
/** Common words come often, the last ones hardly ever. */
const word = fc.nat(99).map((chance) => words[Math.floor((chance / 100) ** 2 * words.length)] ?? 'of');
const text = (maxLength: number) => fc.array(word, { maxLength }).map((chosen) => chosen.join(' '));
const papers = fc.array(fc.record({ title: text(5), abstract: text(30) }), { minLength: 1, maxLength: 60 });
const leaf = fc.oneof(
  word,
  fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`),
  fc.constantFrom('mod*', 'g*', '"neural mod*"', 'title:model', 'abstract:graph'),
);
const queries = fc.tuple(leaf, leaf, fc.constantFrom(' ', ' OR ')).map(([a, b, by]) => (a === b ? a : a + by + b));

describe('searchIndex', () => {
  it('ranks by BM25, each word, phrase and beginning on its own, titles twice, ties by identifier', async () => {
    await fc.assert(
      fc.asyncProperty(papers, fc.array(queries, { minLength: 5, maxLength: 5 }), async (world, asked) => {
        const snapshot = snapshotOf(inThree(world));
        for (const query of asked) {
          const expected = naiveBm25(world, query).slice(0, 10);
          const hits = await found(query, snapshot, 10);
          expect([query, hits.map(({ seq }) => seq)]).toEqual([query, expected.map(({ seq }) => seq)]);
          for (const [index, { score }] of hits.entries()) expect(score).toBeCloseTo(expected[index]?.score ?? 0, 10);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ranks as FTS5 does, with its bm25(t, 2.0, 1.0) over our own words', async () => {
    await fc.assert(
      fc.asyncProperty(papers, fc.array(queries, { minLength: 5, maxLength: 5 }), async (world, asked) => {
        const snapshot = snapshotOf(inThree(world));
        using fts5 = fts5Of(world);
        for (const query of asked) {
          const hits = await found(query, snapshot, 10);
          const rows = fts5.ranked(query);
          expect(hits).toHaveLength(Math.min(10, rows.length));
          // Sums come in another order there: what differs in the last digit may stand in another order too.
          for (const [index, { score }] of hits.entries()) expect(score).toBeCloseTo(rows[index]?.score ?? 0, 9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds and ranks the same however papers came, were changed, and were merged', async () => {
    await fc.assert(
      fc.asyncProperty(papers, papers, queries, async (before, after, query) => {
        const first = inThree(before);
        const changed = after.slice(0, before.length);
        const again = buildSegment(toIndex(changed, 1, true));
        const now = [...changed, ...before.slice(changed.length)];
        const expected = await found(query, snapshotOf([buildSegment(toIndex(now))]));
        const apart = [...first, again];
        const together = await merged(apart);
        const inPart = [...first.slice(0, 1), await merged(apart.slice(1))];
        for (const segments of [apart, [together], inPart]) {
          const hits = await found(query, snapshotOf(segments));
          expect(hits.map(({ seq }) => seq)).toEqual(expected.map(({ seq }) => seq));
          for (const [index, { score }] of hits.entries()) expect(score).toBeCloseTo(expected[index]?.score ?? 0, 10);
        }
        expect(together.count).toBe(now.length);
      }),
      { numRuns: 100 },
    );
  });

  it('knows places and counts beyond a byte', async () => {
    const long = `${'data '.repeat(300)}neural graph ${'of '.repeat(20_000)}rare model`;
    const world = [
      { title: 'of '.repeat(70), abstract: long },
      { title: 'data', abstract: '' },
    ];
    const snapshot = snapshotOf([buildSegment(toIndex(world))]);
    for (const query of ['"neural graph"', '"rare model"', '"data neural"', '"graph model"', 'data', 'of']) {
      const seqs = naiveBm25(world, query).map(({ seq }) => seq);
      expect([query, (await found(query, snapshot)).map(({ seq }) => seq)]).toEqual([query, seqs]);
    }
  });
});

type World = readonly { readonly title: string; readonly abstract: string }[];

function inThree(world: World) {
  const third = Math.ceil(world.length / 3);
  return [0, 1, 2].flatMap((part) => {
    const own = world.slice(part * third, (part + 1) * third);
    return own.length === 0 ? [] : [buildSegment(toIndex(own, 1 + part * third))];
  });
}

/** The words or the phrase of a leaf as they are read here, without the code that is tested. */
function readLeaf(written: string) {
  const field = /^(title|abstract):/.exec(written)?.[1] ?? null;
  const wanted = written.replace(/^\w+:/, '').replaceAll('"', '').split(' ');
  return { field, wanted, isPrefix: written.includes('*') };
}

function leavesOf(query: string): readonly string[] {
  const leaves = query.match(/(?:\w+:)?"[^"]*"|\S+/g) ?? [];
  return [...new Set(leaves.filter((each) => each !== 'OR').map(canonical))];
}

/** The same for leaves of the same stems: `graph` and `graphs` are asked once. */
function canonical(written: string): string {
  const { field, wanted, isPrefix } = readLeaf(written);
  const theirs = wanted.map((each, index) => (isPrefix && index === wanted.length - 1 ? each : stem(each)));
  return `${field === null ? '' : `${field}:`}${theirs.length > 1 ? `"${theirs.join(' ')}"` : theirs.join(' ')}`;
}

/** BM25 as its formula reads, paper by paper. */
function naiveBm25(world: World, query: string): { seq: number; score: number }[] {
  const lengths = world.map(({ title, abstract }) => tokenize(title).length + tokenize(abstract).length);
  const average = lengths.reduce((sum, length) => sum + length, 0) / world.length || 1;
  const frequencies = leavesOf(query).map((written) => {
    const { field, wanted, isPrefix } = readLeaf(written);
    const occurrences = (of: string): number => {
      const tokens = tokenize(of);
      return tokens.filter((_, start) =>
        wanted.every((each, offset) => {
          const token = tokens[start + offset];
          if (isPrefix && offset === wanted.length - 1) return token?.folded.startsWith(each.slice(0, -1)) === true;
          return token?.stem === stem(each);
        }),
      ).length;
    };
    return world.map(
      ({ title, abstract }) =>
        (field === 'abstract' ? 0 : 2 * occurrences(title)) + (field === 'title' ? 0 : occurrences(abstract)),
    );
  });
  const isFound = (paper: number) =>
    query.includes(' OR ')
      ? frequencies.some((each) => (each[paper] ?? 0) > 0)
      : frequencies.every((each) => (each[paper] ?? 0) > 0);
  const scores = world.map((_, paper) =>
    frequencies.reduce((sum, each) => {
      const n = each.filter((frequency) => frequency > 0).length;
      const idf = Math.max(1e-6, Math.log((world.length - n + 0.5) / (n + 0.5)));
      const f = each[paper] ?? 0;
      return sum + (idf * (f * 2.2)) / (f + 1.2 * (0.25 + (0.75 * (lengths[paper] ?? 0)) / average));
    }, 0),
  );
  return scores
    .map((score, paper) => ({ seq: paper + 1, score }))
    .filter(({ seq }) => isFound(seq - 1))
    .toSorted((a, b) => b.score - a.score || a.seq - b.seq);
}

function stems(of: string): string {
  return tokenize(of)
    .map((token) => token.stem)
    .join(' ');
}

/** A table of two columns with our own stems, as FTS5 ranks it. */
function fts5Of(world: World) {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  database.exec(`create virtual table t using fts5 (title, abstract, tokenize = 'ascii')`);
  const insert = database.prepare('insert into t (rowid, title, abstract) values (?, ?, ?)');
  for (const [index, { title, abstract }] of world.entries()) insert.run(index + 1, stems(title), stems(abstract));
  return {
    [Symbol.dispose]: () => database.close(),
    ranked: (query: string) => {
      const match = leavesOf(query)
        .map((written) => {
          const { field, wanted, isPrefix } = readLeaf(written);
          const phrase = `"${wanted.join(' ').replace('*', '')}"${isPrefix ? ' *' : ''}`;
          return field === null ? phrase : `${field} : ${phrase}`;
        })
        .join(query.includes(' OR ') ? ' OR ' : ' AND ');
      const rows = database
        .prepare('select rowid as seq, -bm25(t, 2.0, 1.0) as score from t where t match ? order by score desc, rowid')
        .all(match);
      return rows.map(({ seq, score }) => ({ seq: Number(seq), score: Number(score) }));
    },
  };
}
