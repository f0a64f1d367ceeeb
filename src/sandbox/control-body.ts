import type { z } from 'zod';
import { ControlError } from './control-error.ts';
import { jsonExcess } from './json-shape.ts';

/**
 * The body of a request to the control API, before anybody looked at what it holds; an empty object where there is none.
 *
 * @throws ControlError 400 where it is no JSON, or JSON that would hold up whoever walks it
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = new Uint8Array(await bytesOf(request));
  if (bytes.length === 0) return {};
  const excess = jsonExcess(bytes);
  if (excess === 'deep') throw new ControlError(400, 'The body is nested too deep.');
  if (excess === 'long') throw new ControlError(400, 'The body holds too many values.');
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ControlError(400, 'The body is no JSON.');
  }
}

async function bytesOf(request: Request): Promise<ArrayBuffer> {
  try {
    return await request.arrayBuffer();
  } catch {
    throw new ControlError(400, 'The body did not come to its end.');
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
