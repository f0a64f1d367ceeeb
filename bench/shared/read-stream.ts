import { paperLineSchema } from '../../src/domain/paper.ts';
import type { AnnouncedPaper } from '../../src/domain/paper.ts';
import { readLines } from './read-lines.ts';

/** The papers of a JSON Lines file, which may be gzipped, in its order. */
export async function* readStream(file: string): AsyncGenerator<AnnouncedPaper> {
  for await (const line of readLines(file)) yield paperLineSchema.parse(JSON.parse(line));
}
