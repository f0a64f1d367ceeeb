/**
 * Writes config/categories.json, arXiv's taxonomy, from a dump of arxiv-base's definitions: `npm run categories -- DUMP.json`.
 * What only arXiv's own tests use (`bad-arch`) is left out, and so is what the code of a category says already: its archive.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const dumpSchema = z.object({
  source: z.string(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  archives: z.array(
    z.object({ id: z.string(), name: z.string(), group: z.string(), canonical: z.string(), start: z.string() }),
  ),
  categories: z.array(
    z.object({ id: z.string(), name: z.string(), active: z.boolean(), archive: z.string(), canonical: z.string() }),
  ),
});

const about = [
  'arXiv’s groups, archives and categories, written by `npm run categories`. To add a category by hand: one line in',
  '`categories`, its code and its name; the archive is what stands before the dot. A category that took another name',
  'also has a line in `canonical`: its code and the code that arXiv lists it under; one without new papers stands in',
  '`inactive` too. Papers of categories that are not here are read and posted all the same.',
].join(' ');

const [path = new URL('../../shared/data/arxiv-taxonomy.json', import.meta.url)] = process.argv.slice(2);
const dump = dumpSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const isReal = ({ id }: { readonly id: string }) => !/^(?:grp_bad|bad-arch)\b/.test(id);
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
const archives = dump.archives.filter(isReal).toSorted(byId);
const categories = dump.categories.filter(isReal).toSorted(byId);

for (const { id, archive } of categories) {
  if (id.split('.')[0] !== archive)
    throw new Error(`categories: ${id} is of the archive ${archive}, which its code does not say`);
}
for (const { id, canonical } of archives) {
  const category = categories.find((one) => one.id === id);
  if (canonical !== (category?.canonical ?? id))
    throw new Error(`categories: the archive and the category ${id} have two canonical codes`);
}

writeFileSync(
  new URL('../config/categories.json', import.meta.url),
  `{
  "about": ${JSON.stringify(about)},
  "source": ${JSON.stringify(dump.source)},
  "groups": {
${lines(dump.groups.filter(isReal).map(({ id, name }) => [id, name]))}
  },
  "archives": {
${lines(archives.map(({ id, name, group, start }) => [id, { name, group, start: start.slice(0, 7) }]))}
  },
  "categories": {
${lines(categories.map(({ id, name }) => [id, name]))}
  },
  "canonical": {
${lines(categories.filter(({ id, canonical }) => canonical !== id).map(({ id, canonical }) => [id, canonical]))}
  },
  "inactive": [
${categories.flatMap(({ id, active }) => (active ? [] : [`    ${JSON.stringify(id)}`])).join(',\n')}
  ]
}
`,
);

/** One entry a line. */
function lines(entries: readonly (readonly [key: string, value: string | Readonly<Record<string, string>>])[]): string {
  return entries.map(([key, value]) => `    ${JSON.stringify(key)}: ${spaced(value)}`).join(',\n');
}

function spaced(value: string | Readonly<Record<string, string>>): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, text]) => `${JSON.stringify(key)}: ${JSON.stringify(text)}`);
  return `{ ${fields.join(', ')} }`;
}
