import { readFileSync } from 'node:fs';
import { setImmediate as immediate } from 'node:timers/promises';
import { readBackground } from '../match/background.ts';
import type { DocumentFrequencies } from '../match/document-frequencies.ts';
import { createKnowledge } from '../pipeline/knowledge.ts';
import type { Knowledge, KnowledgeDeps } from '../pipeline/knowledge.ts';

const file = new URL('../../config/document-frequencies.bin', import.meta.url);

let read: DocumentFrequencies | null = null;

/** The document frequencies that Paperboy ships with, 1.7 MB; read when they are first asked for, in 2 ms, and then kept. */
export function shippedFrequencies(): DocumentFrequencies {
  read ??= readBackground(readFileSync(file));
  return read;
}

/** What matching knows, drawn from a store; one for all that match in this process. */
export function openKnowledge(store: KnowledgeDeps['store']): Knowledge {
  // Timers, sockets and whoever else waits come first.
  return createKnowledge({ store, background: shippedFrequencies, rest: () => immediate() });
}
