import { z } from 'zod';
import { expect } from 'vitest';
import { contractFaults, hasContract } from '../builders/contract.ts';

const logSchema = z.array(
  z.looseObject({ route: z.string().nullable(), status: z.int().nullable(), response: z.unknown() }),
);

/**
 * Fails where an answer of the sandbox is none of Discord's, or where it took a request that Discord would not take. What a test gets
 * wrong on purpose is refused; routes that Discord does not have, and answers of what stands before Discord, are in no document.
 */
export async function expectDiscordsAnswers(control: string): Promise<void> {
  if (!hasContract) return;
  const log = logSchema.parse(await (await fetch(`${control}/log`)).json());
  const checked = log.filter((one) => one.route !== null && (isTaken(one) || one.response !== null));
  // The validator need not bear what the sandbox refused.
  const { bad } = await contractFaults(checked.map((one) => (isTaken(one) ? one : { ...one, body: {} })));
  expect(
    bad.filter((fault) => fault.of !== 'request' || isTaken(fault)),
    'what breaks Discord’s contract',
  ).toEqual([]);
}

function isTaken({ status }: { status: number | null }): boolean {
  return status !== null && status < 400;
}
