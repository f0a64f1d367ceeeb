import { createLog } from '../../src/lib/log.ts';
import type { Log } from '../../src/lib/log.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { SandboxReady } from '../../src/sandbox/start-sandbox.ts';
import { expectContract } from './contract.ts';
import type { ContractFault } from './find-faults.ts';

/**
 * A local Discord on a free port, without limits, that keeps nothing. `close` ends it and then fails where the bot or the local Discord
 * broke Discord's contract.
 *
 * @param onPurpose which requests the test means to be wrong
 */
export async function startLocalDiscord(
  options: { readonly log?: Log; readonly onPurpose?: (fault: ContractFault) => boolean } = {},
): Promise<{ readonly ready: SandboxReady; close(): Promise<void> }> {
  const log = options.log ?? createLog('silent');
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', limits: 'off', stateFile: null, log });
  return {
    ready: sandbox.ready,
    async close() {
      try {
        await expectContract(sandbox.ready.control, options.onPurpose);
      } finally {
        await sandbox.close();
      }
    },
  };
}
