import { posix } from 'node:path';
import { entryRule, importRules, keptTo, pureNodeModules } from './import-rules.ts';
import type { FolderRule } from './import-rules.ts';
import { readImports } from './read-imports.ts';
import type { ImportSite } from './read-imports.ts';

/**
 * What one source file does against the import table, each as `src/folder/file.ts:line: sentence`; empty for a good file.
 *
 * @param file path below `src/` with forward slashes
 */
export function findViolations(file: string, source: string): string[] {
  const at = (line: number, sentence: string) => `src/${file}:${line}: ${sentence}`;
  const segments = file.split('/');
  const folder = segments.length > 1 ? (segments[0] ?? '') : '';
  const rule = segments.length > 1 ? importRules[folder] : entryRule;
  if (rule === undefined) return [at(1, `the folder ${folder} is not in the import table: decide what it may import`)];
  if (segments.length > 2) return [at(1, 'src is two levels deep')];
  if (segments.length === 1 && file !== 'main.ts') return [at(1, 'only main.ts lives outside a folder')];

  const violations: string[] = [];
  if (posix.basename(file) === 'index.ts') violations.push(at(1, 'a file is named after its main export'));
  for (const { index } of source.matchAll(/^export(?:\s+type)?\s*\{[^}]*\}(?!\s*from\b)/gm)) {
    violations.push(at(source.slice(0, index).split('\n').length, 'export it where it is declared'));
  }
  for (const site of readImports(source)) {
    const sentence = objection(file, folder, rule, site);
    if (sentence !== null) violations.push(at(site.line, sentence));
  }
  return violations;
}

function objection(file: string, folder: string, rule: FolderRule, { specifier, kind }: ImportSite): string | null {
  if (kind === 're-export') return `re-exports ${specifier}: import it where it lives`;
  if (specifier === '?') return 'imports something that is not a literal, which nobody can check';
  if (specifier.startsWith('.')) return relativeObjection(file, folder, rule, specifier);
  if (specifier.startsWith('/') || specifier.startsWith('#')) return `imports ${specifier}: use a relative path`;
  const name = packageName(specifier);
  const homes = keptTo[specifier] ?? keptTo[name];
  if (homes !== undefined && !homes.includes(folder) && !homes.includes(file))
    return `imports ${specifier}, which is kept to src/${homes.join(' and src/')}`;
  if (specifier.startsWith('node:')) {
    return rule.pure && !pureNodeModules.includes(specifier) ? `imports ${specifier}, but ${folder} is pure` : null;
  }
  return rule.packages.includes(name)
    ? null
    : `imports the package ${name}, which the table does not give to ${folder || 'main'}`;
}

function relativeObjection(file: string, folder: string, rule: FolderRule, specifier: string): string | null {
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  // Whoever else asks about categories asks arxiv, or those that may not: which codes mean the same is known to the domain.
  if (target === '../config/categories.json') {
    const mayRead = folder === 'arxiv' || file === 'domain/category-spellings.ts';
    return mayRead ? null : `imports ${specifier}: ask src/arxiv or src/domain/category-spellings.ts`;
  }
  // The version is written in package.json only.
  if (target === '../package.json') return rule.pure ? `imports package.json, but ${folder} is pure` : null;
  if (target.startsWith('..')) return `imports ${specifier}, which is outside of src`;
  const targetFolder = target.includes('/') ? (target.split('/')[0] ?? '') : '';
  if (folder === '') return specifier.startsWith('./') ? null : `imports ${specifier}: write ./`;
  if (targetFolder === '') return `imports ${specifier}: nothing imports main`;
  if (targetFolder === folder) return specifier.startsWith('./') ? null : `imports ${specifier}: ./ stays at home`;
  if (targetFolder === 'lib' || rule.folders === 'any' || rule.folders.includes(targetFolder)) return null;
  return `imports ${targetFolder}, which the table does not give to ${folder}`;
}

/** `@scope/name/sub/path` → `@scope/name`; a module of Node's stays whole. */
function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
