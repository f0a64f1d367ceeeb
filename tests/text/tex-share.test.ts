import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { readable } from '../../src/text/tex.ts';
import { formulasOf, showsTex } from './formulas.ts';

const fixtures = join(import.meta.dirname, '../../../shared/fixtures');
const hasFixtures = existsSync(fixtures);
/** Every folder of real listings; the pages in html-cases have their backslashes doubled. */
const sources = ['html-2011', 'html-2023', 'rss', 'api', 'oai', 'mail'];

const pageFields = '.list-title, .list-comments, p.mathjax, h1.title, blockquote.abstract, td.comments';
const feedFields = 'title, summary, description, abstract, comments, arxiv\\:comment, dc\\:title, dc\\:description';

/** Titles, abstracts and comments, each a text; of mails the parts between `\\` lines, which hold one or the other. */
function* textsOf(folder: string): Generator<string> {
  for (const name of readdirSync(join(fixtures, folder))) {
    const source = readFileSync(join(fixtures, folder, name), 'utf8');
    if (folder === 'mail') {
      yield* source.split(/^\\\\.*$/m);
      continue;
    }
    const isPage = name.endsWith('.html');
    const $ = load(source, { xml: !isPage });
    for (const field of $(isPage ? pageFields : feedFields)) yield $(field).text();
  }
}

function row(name: string, formulas: ReadonlySet<string>): string {
  const left = [...formulas].filter(showsTex);
  const share = `${((1 - left.length / formulas.size) * 100).toFixed(2)} % of ${formulas.size} distinct formulas are clean`;
  const failures = left.map((formula) => `\n    ${JSON.stringify(formula)} → ${readable(`$${formula}$`)}`);
  return `  ${name}: ${share}${failures.join('')}`;
}

describe('readable, over the real formulas', () => {
  it.skipIf(!hasFixtures)(
    'leaves no TeX in at least 97 % of them (skipped where ../shared/fixtures is missing)',
    () => {
      const bySource = new Map(sources.map((source) => [source, formulasOf(textsOf(source))]));
      const all = new Set([...bySource.values()].flatMap((formulas) => [...formulas]));
      const rows = [...bySource, ['all', all] as const].map(([name, formulas]) => row(name, formulas));
      process.stdout.write(`TeX → Unicode\n${rows.join('\n')}\n`);
      for (const [source, formulas] of bySource) expect(formulas.size, source).toBeGreaterThan(50);
      expect([...all].filter(showsTex).length / all.size).toBeLessThanOrEqual(0.03);
    },
  );
});
