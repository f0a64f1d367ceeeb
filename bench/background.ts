/**
 * Counts in how many papers of a collection each term stands and writes the table that is shipped: `config/document-frequencies.bin`.
 * `node --max-old-space-size=6000 bench/background.ts [--stream FILE]`; see bench/README.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { packBackground } from '../src/match/background.ts';
import { termsOf } from '../src/match/document-frequencies.ts';
import { readStream } from './shared/read-stream.ts';

/** Terms of fewer papers are left out: they count as unseen. */
const fewest = { word: 3, pair: 5 };

const { values } = parseArgs({ options: { stream: { type: 'string', default: '../shared/data/stream.jsonl.gz' } } });
const counts = new Map<string, number>();
let papers = 0;
for await (const { paper } of readStream(values.stream)) {
  papers += 1;
  for (const term of termsOf(paper)) counts.set(term, (counts.get(term) ?? 0) + 1);
}
const kept = [...counts].filter(([term, count]) => count >= (term.includes(' ') ? fewest.pair : fewest.word));
const bytes = packBackground(papers, kept);
const file = new URL('../config/document-frequencies.bin', import.meta.url);
writeFileSync(file, bytes);
process.stdout.write(`${JSON.stringify({ papers, terms: kept.length, bytes: bytes.length })}\n`);
