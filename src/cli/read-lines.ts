import { createReadStream, openSync, closeSync, readSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf } from '../lib/errors.ts';

/** A line of a file. `text` null: longer than we take. `number` counts from 1; `end` is where the next one begins, in unpacked bytes. */
export type Line = { readonly text: string | null; readonly number: number; readonly end: number };

/** A place in a file: what was read before it, unpacked. */
export type LinePosition = { readonly bytes: number; readonly lines: number };

export type LineFile = {
  /** The same for a file as long as its size, beginning and end stay the same, wherever it lies. */
  readonly fingerprint: string;
  /** Bytes on disk. */
  readonly size: number;
  /** How many of them were read so far. */
  bytesRead(): number;
  /** Its lines from a place on, in runs as they come from the disk. */
  read(from: LinePosition): AsyncGenerator<readonly Line[]>;
};

const longestLine = 10_000_000;
const sampleBytes = 65_536;
const chunkBytes = 262_144;
const newline = 10;

/**
 * Opens a text file, packed by gzip or not, to be read line by line in little memory.
 *
 * @throws AppError('unreadable-file') with one sentence, here and while it is read: it is none, it is empty, it is no text, its gzip is broken
 */
export function openLines(path: string): LineFile {
  const { head, tail, size } = sample(path);
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  if (size === 0) throw unreadable(path, 'is empty; expected one JSON object a line');
  let stream: ReturnType<typeof createReadStream> | undefined;
  let skipped = 0;
  return {
    fingerprint: createHash('sha256').update(`${size} `).update(head).update(tail).digest('hex').slice(0, 32),
    size,
    bytesRead: () => skipped + (stream?.bytesRead ?? 0),
    read: async function* (from) {
      skipped = isPacked ? 0 : from.bytes;
      stream = createReadStream(path, { start: skipped, highWaterMark: chunkBytes });
      const source = stream;
      const unpacked = isPacked ? source.pipe(createGunzip({ chunkSize: chunkBytes })) : source;
      source.once('error', (error) => unpacked.destroy(error));
      try {
        yield* splitLines(path, unpacked, isPacked ? from.bytes : 0, from);
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw unreadable(path, `cannot be read to its end: ${messageOf(error)}`, error);
      } finally {
        source.destroy();
      }
    },
  };
}

/** @param skip bytes at the beginning that were read before */
async function* splitLines(
  path: string,
  chunks: AsyncIterable<Buffer>,
  skip: number,
  from: LinePosition,
): AsyncGenerator<readonly Line[]> {
  let { bytes, lines: number } = from;
  let left = skip;
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const whole of chunks) {
    const chunk = whole.subarray(Math.min(left, whole.length));
    left -= whole.length - chunk.length;
    if (chunk.length === 0) continue;
    if (bytes === 0 && restBytes === 0 && chunk.includes(0))
      throw unreadable(path, 'is no text; expected JSON Lines, packed by gzip or not');
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const length = restBytes + end - start;
      bytes += length + 1;
      number += 1;
      lines.push({ text: length > longestLine ? null : textOf(rest, chunk.subarray(start, end)), number, end: bytes });
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    restBytes += chunk.length - start;
    // What is too long is counted and not kept.
    if (restBytes > longestLine) rest = [];
    else if (start < chunk.length) rest.push(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (restBytes > 0) {
    const text = restBytes > longestLine ? null : textOf(rest, Buffer.alloc(0));
    yield [{ text, number: number + 1, end: bytes + restBytes }];
  }
}

function textOf(rest: readonly Buffer[], last: Buffer): string {
  return rest.length === 0 ? last.toString('utf8') : Buffer.concat([...rest, last]).toString('utf8');
}

function sample(path: string): { head: Buffer; tail: Buffer; size: number } {
  try {
    const { size } = statSync(path);
    const file = openSync(path, 'r');
    try {
      const read = (position: number) => {
        const bytes = Buffer.alloc(Math.min(sampleBytes, size));
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, position));
      };
      return { head: read(0), tail: read(Math.max(0, size - sampleBytes)), size };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unreadable(path, `cannot be read: ${messageOf(error)}`, error);
  }
}

function unreadable(path: string, problem: string, cause?: unknown): AppError {
  return new AppError('unreadable-file', `${path} ${problem}`, { cause });
}
