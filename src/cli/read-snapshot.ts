import { z } from 'zod';
import { parseSnapshotLine } from '../arxiv/snapshot-line.ts';
import type { DatedPaper } from '../domain/ports.ts';
import { AppError } from '../lib/errors.ts';
import type { BackfillPage, ReadPages } from '../pipeline/backfill.ts';
import type { Line, LineFile, LinePosition } from './read-lines.ts';

const positionSchema = z.object({ bytes: z.int(), lines: z.int() });

/** How long a page may take to be saved, in real milliseconds: whoever else writes waits for it, and a bot may stand beside. */
const longestPageMs = 400;
const smallestPage = 50;
const largestPage = 1_000;

/**
 * The pages of a snapshot in JSON Lines, as large as the database saves them soon enough.
 *
 * @param complain called for every line that cannot be used, with its place and why
 */
export function readSnapshot(
  file: LineFile,
  settings: { readonly name: string; readonly holidays: readonly string[] },
  complain: (sentence: string) => void,
): ReadPages {
  return async function* (position) {
    const from = positionSchema.nullable().catch(null).parse(position) ?? { bytes: 0, lines: 0 };
    let size = largestPage / 2;
    let papers: DatedPaper[] = [];
    let at: LinePosition = from;
    const page = (): BackfillPage => ({ papers, position: at });
    await using chunks = file.read(from);
    for (;;) {
      const lines = await nextOf(chunks);
      if (lines instanceof AppError) {
        // What came before the fault stays.
        yield page();
        throw lines;
      }
      if (lines === null) break;
      for (const line of lines) {
        const paper = readLine(line, settings, complain);
        if (paper !== null) papers.push(paper);
        at = { bytes: line.end, lines: line.number };
        if (papers.length < size) continue;
        const started = performance.now();
        yield page();
        // Whoever asks for the next page has saved this one.
        const tookMs = performance.now() - started;
        if (tookMs > longestPageMs) size = Math.max(smallestPage, Math.floor(size / 2));
        else if (tookMs < longestPageMs / 2) size = Math.min(largestPage, size * 2);
        papers = [];
      }
    }
    if (at.lines === 0)
      throw new AppError('unreadable-file', `${settings.name} is empty; expected one JSON object a line`);
    if (at !== from) yield page();
  };
}

/** Null at the end; the fault itself where the file cannot be read on. */
async function nextOf(chunks: AsyncGenerator<readonly Line[]>): Promise<readonly Line[] | AppError | null> {
  try {
    const next = await chunks.next();
    return next.done === true ? null : next.value;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function readLine(
  { text, number }: Line,
  { name, holidays }: { readonly name: string; readonly holidays: readonly string[] },
  complain: (sentence: string) => void,
): DatedPaper | null {
  if (text?.trim() === '') return null;
  const read = text === null ? null : parseSnapshotLine(text, holidays);
  if (read?.ok) return read.value;
  complain(`${name}:${number}: ${read === null ? 'the line is longer than 10 MB' : read.error}`);
  return null;
}
