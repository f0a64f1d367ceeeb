import type { z } from 'zod';
import { ControlError } from './control-error.ts';

/**
 * The body of a request to the control API, before anybody looked at what it holds; an empty object where there is none.
 *
 * @throws ControlError 400 where it is no JSON
 */
export async function readJson(request: Request): Promise<unknown> {
  try {
    const text = await request.text();
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ControlError(400, 'The body is no JSON.');
  }
}

/**
 * `body` as the schema has it.
 *
 * @throws ControlError 400 that names the first place that does not fit
 */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'The body' : issue.path.join('.');
  throw new ControlError(400, `${where}: ${issue?.message ?? 'does not fit'}.`);
}
