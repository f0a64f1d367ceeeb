import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { messageOf } from '../src/lib/errors.ts';
import { findFaults } from './builders/find-faults.ts';
import type { Contract } from './builders/find-faults.ts';

/** `url` takes logs and gives reports; `problem` says why it could not be had although the contract lies beside the repository. */
export type ContractServer = { readonly url: string } | { readonly problem: string } | 'absent';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  export interface ProvidedContext {
    contractServer: ContractServer;
  }
}

const original = join(import.meta.dirname, '../../shared/discord');
/** What the copy is made of; anything else there is none of our business. */
const files = ['package.json', 'package-lock.json', 'contract.mjs', 'rules.mjs', 'openapi.json'];

/**
 * Runs once before all tests: Discord's own OpenAPI document with a validator lies beside the repository where it lies at all. One server
 * checks for all test files, as the validator takes one to two seconds of a processor and 150 MB before it knows every operation
 * (22 November 2026, two shared cores).
 */
export async function setup(project: TestProject): Promise<() => void> {
  if (!existsSync(original)) {
    process.stderr.write('../shared/discord is not here: nothing is checked against Discord’s contract.\n');
    project.provide('contractServer', 'absent');
    return () => {};
  }
  try {
    const server = await listen(await installedCopy());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('listening on no port');
    project.provide('contractServer', { url: `http://127.0.0.1:${address.port}/` });
    return () => void server.close();
  } catch (error) {
    // Tests that need no contract run on; those that do fail with this.
    project.provide('contractServer', { problem: `cannot use ../shared/discord: ${messageOf(error)}` });
    return () => {};
  }
}

/** Answers a log with its report, or with the reason why it cannot. The contract is loaded when the first log comes. */
async function listen(folder: string): Promise<Server> {
  let loading: Promise<Contract> | undefined;
  async function check(incoming: IncomingMessage): Promise<string> {
    const log: unknown = JSON.parse(await readText(incoming));
    return JSON.stringify(findFaults(log, await (loading ??= loadContract(folder))));
  }
  const server = createServer((incoming, outgoing) => {
    check(incoming).then(
      (report) => outgoing.end(report),
      (error: unknown) => outgoing.writeHead(500).end(messageOf(error)),
    );
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return server;
}

async function loadContract(folder: string): Promise<Contract> {
  const loaded: { loadContract(): Contract } = await import(pathToFileURL(join(folder, 'contract.mjs')).href);
  return loaded.loadContract();
}

/**
 * The original may be read-only, and needs packages, so that a copy gets them. It is made elsewhere and moved here whole: neither a run that was killed nor one beside this leaves half of it. It is kept in
 * node_modules, as machines clear their temporary folder file by file.
 */
async function installedCopy(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(original, file)));
  const cache = join(import.meta.dirname, '../node_modules/.cache');
  const folder = join(cache, `discord-contract-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'discord-contract-unfinished-'));
  try {
    for (const file of files) {
      cpSync(join(original, file), join(unfinished, file));
      chmodSync(join(unfinished, file), 0o644);
    }
    await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: unfinished, timeout: 120_000 });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // A run beside this one was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
