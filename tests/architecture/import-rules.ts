/** What the files of one folder of `src/` may import, besides their own folder and `lib`. */
export type FolderRule = {
  readonly folders: readonly string[] | 'any';
  /** npm packages by name. Node's own modules are ruled by `pure` and `nodeModulesOf`. */
  readonly packages: readonly string[];
  /** Everything it does follows from its arguments: no file, socket, process or timer of its own. */
  readonly pure?: true;
};

/**
 * The table of docs/ARCHITECTURE.md: which folder may import which. A folder that is missing here may not exist.
 * zod stands wherever bytes enter: settings, files, options, HTTP, JSON columns, button ids.
 * discord-api-types are the words of Discord's protocol, without code; whoever speaks it uses them.
 */
export const importRules: Readonly<Record<string, FolderRule>> = {
  lib: { folders: [], packages: ['pino'], pure: true },
  domain: { folders: [], packages: ['zod'], pure: true },
  text: { folders: ['domain'], packages: ['natural', 'temml'], pure: true },
  query: { folders: ['text', 'domain'], packages: [], pure: true },
  search: { folders: ['query', 'text', 'domain'], packages: [], pure: true },
  match: { folders: ['query', 'text', 'domain'], packages: [], pure: true },
  pipeline: { folders: ['match', 'query', 'domain'], packages: [], pure: true },
  i18n: { folders: ['domain'], packages: [], pure: true },
  exports: { folders: ['domain', 'query'], packages: ['yaml', 'zod'], pure: true },
  arxiv: { folders: ['domain', 'text'], packages: ['cheerio', 'fast-xml-parser'] },
  store: { folders: ['domain', 'query', 'text', 'search'], packages: ['kysely', 'pg', 'zod'] },
  charts: { folders: ['domain'], packages: ['vega', 'vega-lite', '@resvg/resvg-js'] },
  discord: { folders: ['domain', 'text', 'i18n'], packages: ['discord.js', 'discord-api-types', 'zod'] },
  scheduler: { folders: ['domain'], packages: ['node-cron'] },
  web: { folders: ['pipeline', 'domain'], packages: ['hono', '@hono/node-server', 'prom-client'] },
  sandbox: { folders: [], packages: ['hono', '@hono/node-server', 'ws', 'discord-api-types', 'zod'] },
  commands: {
    folders: ['discord', 'pipeline', 'match', 'query', 'arxiv', 'i18n', 'charts', 'exports', 'domain'],
    packages: ['discord.js', 'discord-api-types', 'zod'],
  },
  cli: { folders: 'any', packages: ['commander', 'cli-progress', 'zod'] },
  config: { folders: 'any', packages: ['zod', 'yaml'] },
  app: { folders: 'any', packages: ['discord.js', 'zod', 'yaml'] },
};

/** `src/main.ts`, the only file outside a folder. */
export const entryRule: FolderRule = { folders: 'any', packages: ['commander', 'zod', 'yaml'] };

/** One adapter a technology. They meet in the composition root and nowhere else. */
export const adapters: readonly string[] = ['arxiv', 'store', 'discord', 'web', 'scheduler', 'sandbox', 'charts'];

/** Of Node's own modules, those that touch nothing outside the process. */
export const pureNodeModules: readonly string[] = ['node:crypto', 'node:util'];

/** Modules that belong to one place, however wide the table is. Keys are specifiers or package names; values are folders or files below `src/`. */
export const keptTo: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['store', 'sandbox'],
  kysely: ['store'],
  // The package itself would load a database driver or three: see docs/adr, the stemmer.
  natural: ['text/stem.ts'],
};

/** Folders below a folder of `src/` that hold no TypeScript of ours: what the browser is served. */
export const assetFolders: readonly string[] = ['sandbox/page'];
