import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where process ids mean what they mean here: this boot of this machine, this container. Empty where the system does not tell. */
function processSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8);
    return `${boot}.${readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')}`;
  } catch {
    // Not Linux, or a sealed container: then nobody can tell which processes are gone, and leases run out by themselves.
    return '';
  }
}

/** Tells us from a process that had our id before us: the first in a container always has the same. */
const ourMark = randomBytes(2).toString('hex');

/** A name for this process and nobody else as the holder of a lease, that people can read: `pid 123 on host (8a7f…, space)`. */
export function holderName(): string {
  return `pid ${process.pid} on ${hostname()} (${ourMark}${randomBytes(2).toString('hex')}, ${processSpace() || 'somewhere'})`;
}

/** Whether the process of a holder is known to have ended: it ran where our process ids count, and its id is nobody's now, or ours. */
export function hasEnded(holder: string): boolean {
  const [, id, mark, space] = /^pid (\d+) on .* \(([0-9a-f]+), ([^)]+)\)$/.exec(holder) ?? [];
  if (id === undefined || mark === undefined || space !== processSpace()) return false;
  if (Number(id) === process.pid) return !mark.startsWith(ourMark);
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
