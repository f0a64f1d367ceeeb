import { refuse } from './api-error.ts';
import type { UploadedFile } from './endpoint.ts';

/** Discord's limit of a whole request. Source: resources/message, 25 MiB. */
const maxBytes = 25 * 1024 * 1024;
/** Of a body that is too large this much is read and thrown away, so that the sender hears the refusal. */
const maxDrainedBytes = 4 * maxBytes;

/** Nothing of Discord's is nested half as deep; what is deeper would break whoever walks it. */
const maxDepth = 32;

export type RequestBody = { readonly json: unknown; readonly files: readonly UploadedFile[] };

/**
 * The body of a REST request: JSON, or a form whose `payload_json` is the JSON beside its files.
 * An empty body is an empty object.
 *
 * @throws ApiError 40005 over 25 MiB, 50109 when it is no JSON
 */
export async function readRequestBody(request: Request): Promise<RequestBody> {
  const bytes = await readBytes(request);
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) return await readForm(bytes, type);
  return { json: bytes.length === 0 ? {} : parseJson(new TextDecoder().decode(bytes)), files: [] };
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxDrainedBytes) break;
    if (length <= maxBytes) chunks.push(chunk);
  }
  if (length > maxBytes) throw refuse(40005);
  return new Uint8Array(Buffer.concat(chunks));
}

function parseJson(source: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw refuse(50109);
  }
  if (isDeeperThan(value, maxDepth)) throw refuse(50109);
  return value;
}

/** Level by level, as a function that calls itself would fail at just the bodies that this is for. */
function isDeeperThan(value: unknown, depth: number): boolean {
  let level = [value];
  for (let left = depth; left > 0 && level.length > 0; left -= 1) {
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return level.length > 0;
}

async function readForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<RequestBody> {
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    throw refuse(50109);
  }
  const payload = form.get('payload_json');
  const files: UploadedFile[] = [];
  for (const [field, value] of form.entries()) {
    if (typeof value === 'string') continue;
    files.push({ field, name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { json: typeof payload === 'string' ? parseJson(payload) : {}, files };
}
