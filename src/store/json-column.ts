import { z } from 'zod';
import { AppError, messageOf } from '../lib/errors.ts';

export const stringsSchema = z.array(z.string());

/**
 * The content of a JSON column.
 *
 * @param place table, row and column, for the message: `papers 2505.15988 authors_json`
 * @throws AppError('database-damaged') where it is no JSON or not of that shape: somebody else wrote it
 */
export function readJson<T>(schema: z.ZodType<T>, text: string, place: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new AppError(
      'database-damaged',
      `store: ${place} cannot be read (${problem.replaceAll('\n', ' ')}): restore a backup, or mend that row by hand`,
      { cause: error },
    );
  }
}
