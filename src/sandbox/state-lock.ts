import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { AppError, messageOf } from '../lib/errors.ts';

/**
 * Claims a state file for this process, with a file `….lock` beside it that holds our process id, so that two local Discords never
 * write over each other's messages. A lock whose process has ended does not count. Also proves, before anything is listening, that the
 * folder can be written to.
 *
 * @returns gives the claim back
 * @throws AppError('state-unusable')
 */
export function lockState(file: string): () => void {
  const lock = `${file}.lock`;
  const owner = ownerOf(lock);
  if (owner !== null && owner !== process.pid && isRunning(owner)) {
    throw new AppError(
      'state-unusable',
      `sandbox: ${file} is in use by another local Discord, process ${owner}; stop that one, or use another --state (for the demo, another DATABASE_URL); if it is not, delete ${lock}`,
    );
  }
  try {
    writeFileSync(lock, String(process.pid));
  } catch (error) {
    throw new AppError(
      'state-unusable',
      `sandbox: the state file ${file} cannot be kept there: ${messageOf(error)}; name a folder that is there and may be written to`,
      {
        cause: error,
      },
    );
  }
  return () => rmSync(lock, { force: true });
}

/** Null where there is no lock, or one that holds no process id. */
function ownerOf(lock: string): number | null {
  try {
    return Number(/^\d+$/.exec(readFileSync(lock, 'utf8'))?.[0] ?? Number.NaN) || null;
  } catch {
    return null; // whatever keeps it from being read shows again when it is written
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
