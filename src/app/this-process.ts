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

/** A name for this process and nobody else as the holder of a lease, that people can read: `pid 123 on host (8a7f…, space)`. */
export function holderName(): string {
  return `pid ${process.pid} on ${hostname()} (${randomBytes(4).toString('hex')}, ${processSpace() || 'somewhere'})`;
}

/** Whether the process of a holder is known to have ended: it ran where our process ids count, and its id is nobody's now. */
export function hasEnded(holder: string): boolean {
  const [, id, space] = /^pid (\d+) on .* \([0-9a-f]+, ([^)]+)\)$/.exec(holder) ?? [];
  if (id === undefined || space !== processSpace()) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
