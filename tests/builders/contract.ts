import { expect, inject } from 'vitest';
import type { ContractFault, ContractReport } from './find-faults.ts';

const server = inject('contractServer');

/** Whether `../shared/discord` lies beside the repository. What depends on it fails where it lies there and cannot be used. */
export const hasContract = server !== 'absent';

/**
 * What of a sandbox's log (`GET control/log`) breaks Discord's contract, in requests and in answers. For the logs of a bot: what a test
 * gets wrong on purpose is a fault like any other.
 */
export async function contractFaults(log: unknown): Promise<ContractReport> {
  if (server === 'absent') throw new Error('../shared/discord is not here');
  if ('problem' in server) throw new Error(server.problem);
  const answer = await fetch(server.url, { method: 'POST', body: JSON.stringify(log) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return JSON.parse(text);
}

const checked = { requests: 0, answers: 0 };

/** How much of what bots did in this test file was held against the contract so far. */
export function checkedSoFar(): { readonly requests: number; readonly answers: number } {
  return { ...checked };
}

/**
 * Fails where a bot or its sandbox broke Discord's contract. To be called before the sandbox ends: its log ends with it. Does nothing
 * where there is no contract.
 *
 * @param control root of the sandbox's control API
 * @param onPurpose which requests the test means to be wrong
 */
export async function expectContract(
  control: string,
  onPurpose: (fault: ContractFault) => boolean = () => false,
): Promise<void> {
  if (!hasContract) return;
  const { requests, answers, bad } = await contractFaults(await (await fetch(`${control}/log`)).json());
  checked.requests += requests;
  checked.answers += answers;
  expect(
    bad.filter((fault) => !onPurpose(fault)),
    'what breaks Discord’s contract',
  ).toEqual([]);
}
