import { createLog } from '../../src/lib/log.ts';
import type { SavedState } from '../../src/sandbox/state.ts';
import { openStateFile } from '../../src/sandbox/state-file.ts';

/** What a start would find in the file, which nobody may have open. */
export function readStateFile(file: string): SavedState {
  const opened = openStateFile(file, { log: createLog('silent') });
  opened.close();
  return opened.saved;
}
