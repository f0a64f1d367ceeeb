import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findViolations } from './architecture/find-violations.ts';
import { adapters, assetFolders, entryRule, importRules } from './architecture/import-rules.ts';
import { readImports } from './architecture/read-imports.ts';

const root = join(import.meta.dirname, '..');
const src = join(root, 'src');

describe('src', () => {
  const files = globSync('**/*.{ts,mts,cts,tsx}', { cwd: src })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !assetFolders.some((folder) => file.startsWith(`${folder}/`)))
    .toSorted();

  it('is found', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it('keeps to the import table', () => {
    expect(files.flatMap((file) => findViolations(file, readFileSync(join(src, file), 'utf8')))).toEqual([]);
  });
});

describe('importRules', () => {
  const rules = Object.entries(importRules);

  it('lets no adapter import another', () => {
    const among = adapters.flatMap((adapter) =>
      adapters
        .filter((other) => importRules[adapter]?.folders.includes(other) ?? true)
        .map((other) => `${adapter} imports ${other}`),
    );
    expect(among).toEqual([]);
  });

  it('lets pure folders import pure folders only', () => {
    const impure = rules
      .filter(([, { pure }]) => pure)
      .flatMap(([folder, { folders }]) =>
        (folders === 'any' ? ['anything'] : folders)
          .filter((other) => !importRules[other]?.pure)
          .map((other) => `${folder} imports ${other}`),
      );
    expect(impure).toEqual([]);
  });

  it('names folders that it rules itself', () => {
    const named = rules.flatMap(([, { folders }]) => (folders === 'any' ? [] : folders));
    expect(named.filter((folder) => !(folder in importRules))).toEqual([]);
  });
});

describe('the table in docs/ARCHITECTURE.md', () => {
  it('is that of importRules', () => {
    const page = readFileSync(join(root, 'docs', 'ARCHITECTURE.md'), 'utf8');
    const section = page.slice(page.indexOf('## Who may import whom')).split('\n## ')[0] ?? '';
    const rows = [...section.matchAll(/^\| [*_[]?([a-z0-9]+)[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|$/gm)];
    const shown = rows
      .filter(([, name]) => name !== 'folder')
      .map(([, name, folders = '', packages = '']) => [
        name,
        { folders: folders.trim() === 'anything' ? 'any' : namesIn(folders), packages: namesIn(packages) },
      ]);
    const ruled = Object.entries({ ...importRules, main: entryRule }).map(([name, { folders, packages }]) => [
      name,
      { folders: folders === 'any' ? 'any' : folders.toSorted(), packages: packages.toSorted() },
    ]);
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(ruled));
  });
});

describe('findViolations', () => {
  it.each([
    ['query/parse.ts', `import { ok } from '../lib/result.ts';\nimport type { Token } from '../text/tokens.ts';`],
    ['query/parse.ts', `import { printQuery } from './print.ts';`],
    ['text/stem.ts', `import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';`],
    ['web/health.ts', `import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';`],
    ['cli/version.ts', `import { version } from '../../package.json' with { type: 'json' };`],
    ['arxiv/taxonomy.ts', `import taxonomy from '../../config/categories.json' with { type: 'json' };`],
    ['main.ts', `import { runApp } from './app/run-app.ts';`],
    ['domain/links.ts', `// import { x } from '../store/x.ts';\n/*\n import { y } from '../web/y.ts';\n*/`],
  ])('accepts $0: $1', (file, source) => {
    expect(findViolations(file, source)).toEqual([]);
  });

  it.each([
    ['store/papers.ts', `import { x } from '../discord/x.ts';`, 'src/store/papers.ts:1: imports discord,'],
    ['query/parse.ts', `\nimport type {\n  A,\n  B,\n} from '../store/a.ts';`, 'src/query/parse.ts:2: imports store,'],
    ['query/parse.ts', `const x = 1;\nconst y = await import('../web/y.ts');`, 'src/query/parse.ts:2: imports web,'],
    [
      'query/parse.ts',
      `const y = await import(name);`,
      'src/query/parse.ts:1: imports something that is not a literal',
    ],
    ['query/parse.ts', `type A = import('../store/a.ts').A;`, 'src/query/parse.ts:1: imports store,'],
    ['query/parse.ts', `import '../store/a.ts';`, 'src/query/parse.ts:1: imports store,'],
    ['query/parse.ts', `import { z } from 'zod';`, 'src/query/parse.ts:1: imports the package zod,'],
    [
      'pipeline/announce.ts',
      `import { readFile } from 'node:fs/promises';`,
      'imports node:fs/promises, but pipeline is pure',
    ],
    ['cli/dump.ts', `import { DatabaseSync } from 'node:sqlite';`, 'imports node:sqlite, which is kept to src/store'],
    ['text/tokens.ts', `import natural from 'natural';`, 'imports natural, which is kept to src/text/stem.ts'],
    ['query/parse.ts', `import { printQuery } from '../query/print.ts';`, './ stays at home'],
    ['query/parse.ts', `import { x } from '../../tests/x.ts';`, 'which is outside of src'],
    ['query/a.ts', `import x from '../../config/categories.json' with { type: 'json' };`, 'ask src/arxiv'],
    ['app/run.ts', `import { x } from '../main.ts';`, 'nothing imports main'],
    ['query/all.ts', `export * from './parse.ts';`, 're-exports ./parse.ts'],
    ['query/all.ts', `export type {\n  A,\n} from './parse.ts';`, 're-exports ./parse.ts'],
    [
      'query/all.ts',
      `import { a } from './a.ts';\nexport { a };`,
      'src/query/all.ts:2: export it where it is declared',
    ],
    ['query/index.ts', '', 'named after its main export'],
    ['query/deep/parse.ts', '', 'src is two levels deep'],
    ['misc/parse.ts', '', 'the folder misc is not in the import table'],
    ['other.ts', '', 'only main.ts lives outside a folder'],
  ])('refuses $0: $2', (file, source, sentence) => {
    const violations = findViolations(file, source);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toContain(sentence);
  });
});

describe('readImports', () => {
  it('tells line, kind and specifier', () => {
    const source = [
      `import 'a';`,
      `import b, { type C } from "b";`,
      `import * as d from 'd';`,
      `import {`,
      `  e,`,
      `} from 'e';`,
      `const f = () => import( 'f' );`,
      `export * as g from 'g';`,
      `console.log(import.meta.url, 'from', "h");`,
    ].join('\n');
    expect(readImports(source)).toEqual([
      { line: 1, specifier: 'a', kind: 'import' },
      { line: 2, specifier: 'b', kind: 'import' },
      { line: 3, specifier: 'd', kind: 'import' },
      { line: 4, specifier: 'e', kind: 'import' },
      { line: 7, specifier: 'f', kind: 'dynamic' },
      { line: 8, specifier: 'g', kind: 're-export' },
    ]);
  });
});

/** `kysely, node:sqlite, natural (one file)` → kysely, natural: Node's own modules are not in the rules' list of packages. */
function namesIn(cell: string): string[] {
  return cell
    .split(',')
    .map((name) => name.replace(/\(.*\)/, '').trim())
    .filter((name) => name !== '' && name !== '–' && !name.startsWith('node:'))
    .toSorted();
}
