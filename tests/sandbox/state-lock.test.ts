import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockState } from '../../src/sandbox/state-lock.ts';

function stateFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'paperboy-lock-')), 'state.json');
}

describe('lockState', () => {
  it('refuses a file that a running process has', () => {
    const file = stateFile();
    writeFileSync(`${file}.lock`, String(process.ppid));
    expect(() => lockState(file)).toThrow(`${file} is in use by another local Discord, process ${process.ppid}`);
  });

  it('takes over from a process that has ended, and gives the file back', async () => {
    const file = stateFile();
    const ended = spawn(process.execPath, ['-e', '']);
    await once(ended, 'exit');
    writeFileSync(`${file}.lock`, String(ended.pid));
    const unlock = lockState(file);
    unlock();
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it.each(['/proc/nowhere/state.json', '/dev/null/state.json'])('says that %s cannot be kept', (file) => {
    expect(() => lockState(file)).toThrow(`sandbox: the state file ${file} cannot be kept there`);
  });
});
