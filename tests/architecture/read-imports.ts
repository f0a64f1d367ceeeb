/** One place where a source file names another module. `line` counts from 1. */
export type ImportSite = {
  readonly line: number;
  readonly specifier: string;
  /** A re-export (`export … from`) makes a barrel of its file. */
  readonly kind: 'import' | 'dynamic' | 're-export';
};

/**
 * Every static import (also `import type`, over any number of lines), side-effect import, re-export, dynamic `import()` and type
 * `import('…')` of a TypeScript file, in the order of its lines. A dynamic import of anything but a literal has the specifier `?`.
 *
 * Reads text, not syntax: TypeScript 7 offers no stable API yet, and oxfmt sees to it that statements begin in the first column.
 */
export function readImports(source: string): ImportSite[] {
  const text = withoutCommentLines(source);
  const sites: ImportSite[] = [];
  const add = (index: number, kind: ImportSite['kind'], specifier: string) => {
    sites.push({ line: text.slice(0, index).split('\n').length, specifier, kind });
  };
  // The names between `import` and `from` hold no quote, bracket or semicolon, so that a match cannot run into the next statement.
  for (const match of text.matchAll(/^import\b(?!\s*\()(?:[^'"`;()]*?\bfrom)?\s*(['"])([^'"\n]+)\1/gm)) {
    add(match.index, 'import', match[2] ?? '?');
  }
  for (const match of text.matchAll(/^export\b(?:\s+type)?\s*(?:\*|\{)[^'"`;()]*?\bfrom\s*(['"])([^'"\n]+)\1/gm)) {
    add(match.index, 're-export', match[2] ?? '?');
  }
  for (const match of text.matchAll(/(?<![.\w])import\s*\(\s*(?:(['"])([^'"\n]+)\1)?/g)) {
    add(match.index, 'dynamic', match[2] ?? '?');
  }
  return sites.toSorted((a, b) => a.line - b.line);
}

/** Lines of nothing but comment become empty; the others keep their numbers. */
function withoutCommentLines(source: string): string {
  let inBlock = false;
  return source
    .split('\n')
    .map((line) => {
      const trimmed = line.trim();
      const begins = !inBlock && trimmed.startsWith('/*');
      const comment = inBlock || begins || trimmed.startsWith('//');
      if (begins) inBlock = true;
      if (inBlock && trimmed.includes('*/')) inBlock = false;
      return comment ? '' : line;
    })
    .join('\n');
}
