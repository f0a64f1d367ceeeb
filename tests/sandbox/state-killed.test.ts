import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import type { SandboxReady } from '../../src/sandbox/start-sandbox.ts';
import { openStateFile } from '../../src/sandbox/state-file.ts';

const ignore = () => {};
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

it('A sandbox that is killed while it writes leaves a whole file, with all that it answered more than a second before', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'state.json');
  const args = [main, 'sandbox', '--port', '0', '--limits', 'off', '--state', stateFile];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const ready: SandboxReady = JSON.parse(line);
  const sent: { id: string; atMs: number }[] = [];
  const send = async (channel: string) => {
    const answer = await fetch(`${ready.api}/v10/channels/${channel}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${ready.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'x'.repeat(1_000) }),
    });
    const { id }: { id: string } = JSON.parse(await answer.text());
    sent.push({ id, atMs: performance.now() });
  };
  const channels = ready.channels.filter(({ type }) => type === 0).map(({ id }) => id);
  while (performance.now() - (sent[0]?.atMs ?? Infinity) < 1_500 || sent.length === 0) {
    await Promise.all(channels.map(send));
  }
  const killedMs = performance.now();
  child.kill('SIGKILL');
  await exited;

  const warned: object[] = [];
  const log = { debug: ignore, info: ignore, error: ignore, warn: (fields: object) => void warned.push(fields) };
  const opened = openStateFile(stateFile, { log });
  opened.close();
  expect(warned).toEqual([]);
  const kept = new Set(
    Object.values(opened.saved.messages)
      .flat()
      .map(({ id }) => id),
  );
  const old = sent.filter(({ atMs }) => killedMs - atMs > 1_000).map(({ id }) => id);
  expect(old.length).toBeGreaterThan(0);
  expect(old.filter((id) => !kept.has(id))).toEqual([]);
});
