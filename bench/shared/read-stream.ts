import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { paperLineSchema } from '../../src/domain/paper.ts';
import type { AnnouncedPaper } from '../../src/domain/paper.ts';

/** The lines of a JSON Lines file, which may be compressed (`.gz`); empty ones are left out. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  for await (const line of createInterface({ input: text, crlfDelay: Infinity })) if (line.trim() !== '') yield line;
}

/** The papers of such a file, in its order. */
export async function* readStream(file: string): AsyncGenerator<AnnouncedPaper> {
  for await (const line of readLines(file)) yield paperLineSchema.parse(JSON.parse(line));
}
