import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Paperboy's verbs as real processes, with nothing of the shell's own settings for Paperboy. */

const root = join(import.meta.dirname, '../..');

/** The shell's environment without what would lead Paperboy elsewhere. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DISCORD|ARXIV|PAPERBOY|DATABASE|npm)_/.test(name)),
  );
}

/** Runs a verb to its end; what it printed. */
export async function runVerb(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawnVerb(args, env);
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`paperboy ${args.join(' ')} ended with ${child.exitCode}`);
  return printed;
}

export type RunningVerb = {
  /** Its line of JSON. */
  readonly ready: unknown;
  readonly pid: number;
  stop(): Promise<void>;
};

/** Starts a verb that runs until it is stopped, and waits for its line of JSON. */
export async function startVerb(args: readonly string[], env: NodeJS.ProcessEnv): Promise<RunningVerb> {
  const child = spawnVerb(args, env);
  const { pid, stdout } = child;
  const ended = once(child, 'close');
  if (pid === undefined || stdout === null) throw new Error(`paperboy ${args.join(' ')} could not be started`);
  const line = await Promise.race([
    once(createInterface({ input: stdout }), 'line').then(([text]) => String(text)),
    ended.then(() => null),
  ]);
  if (line === null) throw new Error(`paperboy ${args.join(' ')} ended before it was ready`);
  return {
    ready: JSON.parse(line),
    pid,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function spawnVerb(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  // With the flags of `npm start`.
  const child = spawn(process.execPath, ['--max-semi-space-size=4', 'src/main.ts', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A measurement that fails leaves nobody behind.
  process.once('exit', () => child.kill());
  return child;
}
