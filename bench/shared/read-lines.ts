import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** The lines of a text file, gzipped where its name ends so, without their ends; empty ones are left out. Holds one piece of the file at a time. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  const texts = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  texts.setEncoding('utf8');
  let rest = '';
  for await (const text of texts) {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}
