import type { REST } from 'discord.js';
import type { z } from 'zod';
import { requestError } from './request-error.ts';

/**
 * Asks once, and checks what Discord answered.
 *
 * @throws AppError `token-refused`, `discord-refused` or `discord-unreachable`
 */
export async function readAnswer<T>(
  rest: REST,
  route: `/${string}`,
  schema: z.ZodType<T>,
  query?: URLSearchParams,
): Promise<T> {
  try {
    return schema.parse(await rest.get(route, query === undefined ? {} : { query }));
  } catch (thrown) {
    throw requestError(thrown, `GET ${route}`);
  }
}
