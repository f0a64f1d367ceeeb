import { ApiError, refuse } from './api-error.ts';
import type { UploadedFile } from './endpoint.ts';
import { invalidForm } from './form-errors.ts';

/** Discord's limit of a whole request, and of one file. Source: reference, Uploading Files: 25 MiB and 10 MiB. */
const maxBytes = 25 * 1024 * 1024;
const maxFileBytes = 10 * 1024 * 1024;
const maxFiles = 10;
/** Of a body that is too large this much is read and thrown away, so that the sender hears the refusal. */
const maxDrainedBytes = 4 * maxBytes;

/** Nothing of Discord's is nested half as deep, or is a longer list; what is more would break or hold up whoever walks it. */
const maxDepth = 32;
const maxLength = 1_000;
const maxValues = 250_000;

export type RequestBody = {
  /** An empty object where there is no body, or none that can be used. */
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  /** Why it cannot be used: 40005 too large, 50109 no JSON, 50035 another content type or endless lists, 30015 too many files. */
  readonly refusal: ApiError | null;
};

/**
 * The body of a REST request: JSON, or a form whose `payload_json` is the JSON beside its files (without it, each field
 * that is no file is a property, of text). An empty body is an empty object; null where the sender went away over it.
 */
export async function readRequestBody(request: Request): Promise<RequestBody | null> {
  let bytes: Uint8Array<ArrayBuffer> | null;
  try {
    bytes = await readBytes(request);
  } catch {
    return null;
  }
  try {
    if (bytes === null) throw refuse(40005);
    if (bytes.length === 0) return { json: {}, files: [], refusal: null };
    return { ...(await parseBody(bytes, request.headers.get('content-type') ?? '')), refusal: null };
  } catch (error) {
    if (error instanceof ApiError) return { json: {}, files: [], refusal: error };
    throw error;
  }
}

/** All bytes of the body; null where they are too many. Throws where the connection breaks. */
async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (request.body === null) return new Uint8Array();
  let chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxDrainedBytes) break;
    if (length <= maxBytes) chunks.push(chunk);
    else chunks = [];
  }
  return length > maxBytes ? null : new Uint8Array(Buffer.concat(chunks));
}

async function parseBody(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Omit<RequestBody, 'refusal'>> {
  const essence = type.split(';', 1)[0]?.trim().toLowerCase();
  if (essence === 'application/json') return { json: parseJson(decode(bytes)), files: [] };
  if (essence === 'multipart/form-data') return await parseMultipart(bytes, type);
  if (essence === 'application/x-www-form-urlencoded') {
    return { json: demandSize(Object.fromEntries(new URLSearchParams(decode(bytes)))), files: [] };
  }
  const known = "{'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}";
  throw new ApiError(400, { message: `Expected "Content-Type" header to be one of ${known}.`, code: 50035 });
}

function decode(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse(50109);
  }
}

function parseJson(source: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw refuse(50109);
  }
  return demandSize(value);
}

/** Level by level, as a function that calls itself would fail at just the bodies that this is for. */
function demandSize(value: unknown): unknown {
  let level = [value].filter(isContainer);
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === maxDepth) throw refuse(50109);
    const next: object[] = [];
    for (const container of level) {
      const inner: unknown[] = Object.values(container);
      values += inner.length;
      if (inner.length > maxLength || values > maxValues) {
        const message = `Must be ${String(maxLength)} or fewer in length.`;
        throw invalidForm([{ path: [], code: 'BASE_TYPE_BAD_LENGTH', message }]);
      }
      next.push(...inner.filter(isContainer));
    }
    level = next;
  }
  return value;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

async function parseMultipart(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Omit<RequestBody, 'refusal'>> {
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    throw refuse(50109);
  }
  const fields: [string, string][] = [];
  const uploads: [string, File][] = [];
  for (const [field, value] of form.entries()) {
    if (typeof value === 'string') fields.push([field, value]);
    else uploads.push([field, value]);
  }
  if (uploads.some(([, file]) => file.size > maxFileBytes)) throw refuse(40005);
  if (uploads.length > maxFiles) throw refuse(30015);
  const payload = fields.find(([field]) => field === 'payload_json');
  const json = payload === undefined ? demandSize(Object.fromEntries(fields)) : parseJson(payload[1]);
  const files = await Promise.all(
    uploads.map(async ([field, file]) => ({
      field,
      name: file.name,
      type: file.type,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  return { json, files };
}
