import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { hasEnded, holderName } from '../../src/app/this-process.ts';

const ourPid = `pid ${process.pid} on `;

describe('holderName', () => {
  it('names this process for people, and is nobody else’s', () => {
    expect(holderName()).toMatch(/^pid \d+ on .+ \([0-9a-f]{8}, .+\)$/);
    expect(holderName()).toContain(ourPid);
    expect(holderName()).not.toBe(holderName());
  });
});

describe('hasEnded', () => {
  it('is false of a process that lives', () => {
    expect(hasEnded(holderName())).toBe(false);
  });

  it.runIf(process.platform === 'linux')('is true of one that had our process id before us, as in a container', () => {
    const before = holderName().replace(/\(([0-9a-f])/, (_, digit) => `(${digit === '0' ? '1' : '0'}`);
    expect(hasEnded(before)).toBe(true);
  });

  // Where the system does not tell which processes those are, nobody can know.
  it.runIf(process.platform === 'linux')('is true of one that was killed', async () => {
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const holder = holderName().replace(ourPid, `pid ${child.pid} on `);
    expect(hasEnded(holder)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(hasEnded(holder)).toBe(true);
  });

  it('is false of what cannot be told: another machine, another container, a name of somebody else’s', () => {
    const elsewhere = holderName().replace(/, [^)]*\)$/, ', 0f0f0f0f.4026531836)');
    expect(hasEnded(elsewhere.replace(ourPid, 'pid 4194304 on '))).toBe(false);
    expect(hasEnded('pid 4194304 on there (12345678, somewhere)')).toBe(false);
    expect(hasEnded('somebody')).toBe(false);
  });
});
