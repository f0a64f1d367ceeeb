import type { z } from 'zod';
import { ForeignAnswer } from './failure.ts';

/** What Discord answered, checked. @throws ForeignAnswer, which `discordFailure` reads as a failure of the network */
export function readAs<T>(schema: z.ZodType<T>, body: unknown): T {
  const { success, data: known } = schema.safeParse(body);
  if (!success) throw new ForeignAnswer();
  return known;
}
