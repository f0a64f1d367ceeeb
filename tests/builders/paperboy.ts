import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { expectContract } from './contract.ts';

/** Paperboy as its users run it: the real process, with a folder of its own for the database. */

export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A new empty folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'paperboy-test-'));
}

/** The environment of a test: nothing of the machine's own settings for Paperboy, no page interval to wait for. */
export function environmentFor(folder: string, given: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}`, PORT: '0', LOG_LEVEL: 'warn', ...given };
}

/** Runs a verb to its end; `onLog` hears what it says on stderr so far, whenever that is more. */
export async function paperboy(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly input?: string; onLog?(stderr: string): void } = {},
): Promise<Finished> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    env: options.env ?? environmentFor(temporaryFolder()),
  });
  child.stdin.end(options.input ?? '');
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.onLog?.(stderr);
  });
  return { code: await closed(child), stdout, stderr };
}

export type Running = {
  /** What the verb printed when it was ready. */
  readonly ready: unknown;
  readonly pid: number;
  /**
   * Ends it with a signal; its exit code. Fails where it had a local Discord and one of the two broke Discord's contract; a test that
   * ends the local Discord first, and its log with it, calls `expectContract` before.
   */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends it as Ctrl+C in a terminal does, with SIGINT to its whole process group; its exit code. Checks as `stop` does. */
  interrupt(): Promise<number | null>;
};

/** Starts a verb that runs until it is stopped (`start`, `sandbox`), and waits for its line of JSON. */
export async function startPaperboy(args: readonly string[], env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as a shell gives it
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = closed(child);
  const first = await Promise.race([firstLine(child.stdout), ended.then(() => null)]);
  const { pid } = child;
  if (first === null || pid === undefined)
    throw new Error(`paperboy ${args.join(' ')} ended before it was ready:\n${stderr}`);
  const ready: unknown = JSON.parse(first);
  const control = controlOf(ready);
  const endBy = async (signal: () => void) => {
    try {
      if (control !== null && child.exitCode === null && child.signalCode === null) await expectContract(control);
    } finally {
      signal();
      await ended;
    }
    return ended;
  };
  return {
    ready,
    pid,
    stop: (signal = 'SIGTERM') => endBy(() => child.kill(signal)),
    interrupt: () => endBy(() => process.kill(-pid, 'SIGINT')),
  };
}

const withControl = z.object({ control: z.string() });
/** Of `sandbox` or of `start`; the latter has no local Discord on the real one. */
const readySchema = z.union([withControl, z.object({ sandbox: withControl.nullable() })]);

/** Root of the control API of the local Discord that was started; null where there is none. */
function controlOf(ready: unknown): string | null {
  const known = readySchema.parse(ready);
  return 'control' in known ? known.control : (known.sandbox?.control ?? null);
}

/** The exit code, when the process has ended and all it wrote was read. */
async function closed(child: ChildProcess): Promise<number | null> {
  await once(child, 'close');
  return child.exitCode;
}

async function firstLine(stream: Readable): Promise<string> {
  const [line]: unknown[] = await once(createInterface({ input: stream }), 'line');
  return String(line);
}
