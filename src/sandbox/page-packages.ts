import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../lib/errors.ts';

/** A package of node_modules that the browser loads file by file, as it was published. */
export type BrowserPackage = {
  readonly name: string;
  readonly version: string;
  /** Its folder. */
  readonly root: string;
  /** Bare specifier → path within the package, for every script a browser may import: `lit/decorators.js` → `decorators.js`. */
  readonly files: ReadonlyMap<string, string>;
};

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  exports: z.unknown().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/**
 * The packages `names`, seen from the module `from`, and all they depend on; each once, in the order met.
 *
 * @param from URL of the module whose node_modules count
 * @throws AppError 'package-missing' where one is not installed
 */
export function browserPackages(names: readonly string[], from: string): BrowserPackage[] {
  const found = new Map<string, BrowserPackage>();
  const visit = (name: string, parent: string): void => {
    // Packages of types hold nothing that a browser could load.
    if (found.has(name) || name.startsWith('@types/')) return;
    const manifestPath = findManifest(name, parent);
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(manifestPath, 'utf8')));
    found.set(name, {
      name,
      version: manifest.version,
      root: dirname(manifestPath),
      files: new Map(exportedFiles(name, manifest.exports)),
    });
    for (const dependency of Object.keys(manifest.dependencies)) visit(dependency, manifestPath);
  };
  for (const name of names) visit(name, from);
  return [...found.values()];
}

/** The address of a package's folder on the page's server. It bears the version, so that its files may be cached for ever. */
export function packageAddress({ name, version }: Pick<BrowserPackage, 'name' | 'version'>): string {
  return `/vendor/${name}@${version}/`;
}

/** An import map (HTML Standard, §8.1.5) that lets `import 'lit'` work in a browser without a bundler. */
export function importMap(packages: readonly BrowserPackage[]): { imports: Record<string, string> } {
  return {
    imports: Object.fromEntries(
      packages.flatMap((from) =>
        [...from.files].map(([specifier, file]) => [specifier, `${packageAddress(from)}${file}`]),
      ),
    ),
  };
}

function findManifest(name: string, parent: string): string {
  let path: string | undefined;
  try {
    path = findPackageJSON(name, parent);
  } catch {
    // Node throws where it finds none: the sentence below says what to do about it.
    path = undefined;
  }
  if (path === undefined) {
    throw new AppError(
      'package-missing',
      `sandbox: the page needs the package ${name}, which is not installed; run npm ci`,
    );
  }
  return path;
}

function* exportedFiles(name: string, exports: unknown): Generator<[specifier: string, file: string]> {
  if (!isConditions(exports)) return;
  for (const [subpath, target] of Object.entries(exports)) {
    const file = browserTarget(target);
    // Patterns (`./*`) are left out: none of the packages of the page is imported through one.
    if (file === null || !/\.m?js$/.test(file) || !subpath.startsWith('.') || subpath.includes('*')) continue;
    yield [name + subpath.slice(1), file.replace(/^\.\//, '')];
  }
}

/** Conditions in the order a production browser build would try them. */
function browserTarget(target: unknown): string | null {
  if (typeof target === 'string') return target;
  if (!isConditions(target)) return null;
  for (const [condition, next] of Object.entries(target)) {
    if (condition === 'browser' || condition === 'import' || condition === 'default') return browserTarget(next);
  }
  return null;
}

function isConditions(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
