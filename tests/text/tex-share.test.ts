import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load } from 'cheerio';
import { readable } from '../../src/text/tex.ts';

const fixtures = join(import.meta.dirname, '../../../shared/fixtures');
const hasFixtures = existsSync(fixtures);

/** The distinct formulas of real titles, comments and abstracts, from pages, feeds, API, OAI-PMH and mails. */
function formulasOf(texts: Iterable<string>): string[] {
  const between = /(?<!\\)\$\$([^$]+)\$\$|(?<!\\)\$((?:\\\$|[^$])+)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]/gs;
  const found = new Set<string>();
  for (const text of texts) {
    for (const [, ...inside] of text.matchAll(between))
      found.add((inside.find((part) => part !== undefined) ?? '').trim());
  }
  return [...found];
}

function* textsOf(folder: string): Generator<string> {
  for (const name of readdirSync(join(fixtures, folder))) {
    const source = readFileSync(join(fixtures, folder, name), 'utf8');
    if (folder === 'mail') {
      yield* source.split(/^\\\\.*$/m);
      continue;
    }
    const isPage = folder.startsWith('html');
    const $ = load(source, { xml: !isPage });
    const fields = isPage
      ? '.list-title, .list-comments, p.mathjax, h1.title, blockquote.abstract, td.comments'
      : 'title, summary, description, abstract, comments, arxiv\\:comment, dc\\:title, dc\\:description';
    for (const field of $(fields)) yield $(field).text();
  }
}

describe('readable, over the real formulas', () => {
  it.skipIf(!hasFixtures)(
    'leaves no TeX in at least 97 % of them (skipped where ../shared/fixtures is missing)',
    () => {
      const folders = ['html-2011', 'html-2023', 'api', 'rss', 'mail', 'oai'];
      const formulas = formulasOf(folders.flatMap((folder) => [...textsOf(folder)]));
      const left = formulas.filter((formula) => /\\[A-Za-z]|[{}$]/.test(readable(`$${formula}$`)));
      const share = 1 - left.length / formulas.length;
      const lines = left.map((formula) => `  ${JSON.stringify(formula)} → ${readable(`$${formula}$`)}`);
      process.stdout.write(
        `TeX → Unicode: ${(share * 100).toFixed(2)} % of ${formulas.length} distinct formulas are clean; not clean:\n${lines.join('\n')}\n`,
      );
      expect(formulas.length).toBeGreaterThan(300);
      expect(share).toBeGreaterThanOrEqual(0.97);
    },
  );
});
