import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = globSync('**/*.md', { cwd: root, exclude: ['node_modules', 'data', 'coverage'] }).toSorted();

describe('the documentation', () => {
  it('is found', () => {
    expect(pages).toContain(join('docs', 'ARCHITECTURE.md'));
  });

  it('has no dead relative link', () => {
    const dead = pages.flatMap((page) =>
      linksOf(readFileSync(join(root, page), 'utf8'))
        .filter(({ target }) => !leadsSomewhere(page, target))
        .map(({ line, target }) => `${page}:${line}: ${target}`),
    );
    expect(dead).toEqual([]);
  });
});

describe('docs/adr/README.md', () => {
  it('lists every decision', () => {
    const index = readFileSync(join(root, 'docs', 'adr', 'README.md'), 'utf8');
    const records = globSync('[0-9]*.md', { cwd: join(root, 'docs', 'adr') });
    expect(records.length).toBeGreaterThan(0);
    expect(records.filter((record) => !index.includes(`(${record})`))).toEqual([]);
  });
});

/** Keeps line numbers. */
function blank(code: string): string {
  return code.replaceAll(/[^\n]/g, ' ');
}

/** Targets of inline links and images, reference definitions and HTML attributes, outside of code. */
function linksOf(markdown: string): { line: number; target: string }[] {
  const text = markdown.replaceAll(/^(```|~~~).*?^\1/gms, blank).replaceAll(/`[^`\n]*`/g, blank);
  const patterns = [/\]\(\s*<?([^)\s>]+)/g, /^\[[^\]]+\]:\s*<?([^\s>]+)/gm, /\b(?:src|href)="([^"]+)"/g];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      line: text.slice(0, match.index).split('\n').length,
      target: match[1] ?? '',
    })),
  );
}

/** True for addresses elsewhere, for files and folders that are there, and for headings that their page has. */
function leadsSomewhere(page: string, target: string): boolean {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return true;
  const [path = '', anchor] = target.split('#', 2);
  const file = path === '' ? join(root, page) : join(root, dirname(page), decodeURIComponent(path));
  if (!existsSync(file)) return false;
  return anchor === undefined || !file.endsWith('.md') || anchorsOf(readFileSync(file, 'utf8')).has(anchor);
}

/** Headings as GitHub names them. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#{1,6}\s+(.+)$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-'),
    ),
  );
}
