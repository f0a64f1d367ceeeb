import { readFileSync } from 'node:fs';

/** Memory that a process has in use now, in megabytes (10⁶ bytes). Linux only. */
export function residentMb(pid: number): number {
  return statusMb(pid, 'VmRSS');
}

/** The most it ever had, likewise. */
export function mostResidentMb(pid: number): number {
  return statusMb(pid, 'VmHWM');
}

/** Seconds of processor time that a process has used, all threads together. Linux only. */
export function processorSeconds(pid: number): number {
  // Fields after the name, which stands in brackets and may hold blanks; user and system time are the 14th and 15th of all.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Of /proc on every Linux that Node runs on. */
const ticksPerSecond = 100;

function statusMb(pid: number, field: string): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (line?.[1] === undefined) throw new Error(`/proc/${pid}/status tells no ${field}`);
  return (Number(line[1]) * 1024) / 1e6;
}
