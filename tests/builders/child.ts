import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How a process ended: by itself with a code, or by a signal. */
export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A verb of Paperboy that runs as a process of its own, from its first instant on. */
export type Child = {
  readonly pid: number;
  /** The first line it wrote to standard output; null where it ended before. */
  readonly firstLine: Promise<string | null>;
  readonly ended: Promise<Ended>;
  /** True until it has ended. */
  isAlive(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** What it wrote to standard error so far. */
  complaints(): string;
};

const root = join(import.meta.dirname, '../..');
const main = join(root, 'src/main.ts');

/** Compiled code is kept here, which saves a third of what a start takes of a processor; only processes that end by themselves add to it. */
const compileCache = join(root, 'node_modules/.cache/paperboy-compiled');

/** Starts a verb and waits for nothing: whoever kills it wants it at any instant. */
export function startChild(args: readonly string[], env: Readonly<Record<string, string>>): Child {
  const child = spawn(process.execPath, ['--max-semi-space-size=4', main, ...args], {
    env: { NODE_COMPILE_CACHE: compileCache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${process.execPath} could not be started`);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, signal: child.signalCode }));
  const line = once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text));
  return {
    pid,
    firstLine: Promise.race([line, ended.then(() => null)]),
    ended,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => void child.kill(signal),
    complaints: () => complaints,
  };
}

/** What a verb says, as JSON, when it is ready. */
export async function readyOf(child: Child): Promise<unknown> {
  const line = await child.firstLine;
  if (line === null) throw new Error(`paperboy ended before it was ready:\n${child.complaints()}`);
  return JSON.parse(line);
}
