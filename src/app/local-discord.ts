import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AppError } from '../lib/errors.ts';
import type { SandboxReady } from '../sandbox/start-sandbox.ts';

/** The local Discord, running as a process of its own. */
export type LocalDiscord = { readonly ready: SandboxReady; close(): Promise<void> };

const mainPath = fileURLToPath(new URL('../main.ts', import.meta.url));

/**
 * Starts `paperboy sandbox` as a child process and waits until it is ready. It ends with us, however we end: it stops when its channel
 * to us closes.
 *
 * @param options.port 0 for any free one
 * @param options.stateFile where its messages survive a restart; null: nowhere
 * @throws AppError with the child's own sentence where it could not start
 */
export async function startLocalDiscord(options: {
  readonly host: string;
  readonly port: number;
  readonly stateFile: string | null;
}): Promise<LocalDiscord> {
  const args = ['sandbox', '--port', String(options.port), '--host', options.host, '--limits', 'fast'];
  if (options.stateFile) args.push('--state', options.stateFile);
  const child = spawn(process.execPath, [mainPath, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a process group of its own, or Ctrl+C in a terminal would end it before our last messages are sent.
    detached: true,
  });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('sandbox: spawned without pipes');
  // The bot's own wait for stops and signals must not hang on the child.
  child.channel?.unref();

  const complaints: string[] = [];
  let isReady = false;
  createInterface({ input: stderr }).on('line', (line) => {
    if (isReady) process.stderr.write(`${line}\n`);
    else complaints.push(line);
  });
  const exited = once(child, 'exit');
  const firstLine = once(createInterface({ input: stdout }), 'line');
  const line = await Promise.race([firstLine.then(([text]) => String(text)), exited.then(() => null)]);
  if (line === null) {
    throw new AppError('sandbox-failed', complaints.at(-1) ?? 'sandbox: the local Discord ended before it was ready');
  }
  isReady = true;
  const ready: SandboxReady = JSON.parse(line);
  return {
    ready,
    close: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
