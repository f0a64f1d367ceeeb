import { ApiError, refuse } from './api-error.ts';
import type { UploadedFile } from './endpoint.ts';
import { invalidForm } from './form-errors.ts';
import { jsonExcess, maxLength } from './json-shape.ts';
import { readForm } from './multipart.ts';

/** Discord's limit of a whole request, and of one file. Source: reference, Uploading Files: 25 MiB and 10 MiB. */
export const maxBytes = 25 * 1024 * 1024;
const maxFileBytes = 10 * 1024 * 1024;
const maxFiles = 10;
/**
 * What is not files is far smaller: a message is some 100 KB at most, 100 commands of 8,000 characters are 0.8 MB in ASCII and 2.4 MB in
 * Chinese, for each language that they are told in. More would hold everybody up while it is parsed and checked.
 */
const maxTextBytes = 4 * 1024 * 1024;
/** Of a body that is too large this much is read and thrown away, so that the sender hears the refusal. */
const maxDrainedBytes = 4 * maxBytes;

/** A body as it came; without bytes where they were too many. */
export type SentBody = { readonly bytes: Uint8Array<ArrayBuffer> | null; readonly type: string };

export type RequestBody = {
  /** An empty object where there is no body, or none that can be used. */
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  /** Why it cannot be used: 40005 too large, 50109 no JSON, 50035 another content type or endless lists, 30015 too many files. */
  readonly refusal: ApiError | null;
};

/**
 * Reads all of a request, and keeps it where `isKept`; null where the sender went away over it. Nothing is parsed: that may wait until it
 * is known whether anybody wants to hear it.
 */
export async function receiveBody(request: Request, isKept: boolean): Promise<SentBody | null> {
  const type = request.headers.get('content-type') ?? '';
  if (request.body === null) return { bytes: new Uint8Array(), type };
  let chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > maxDrainedBytes) break;
      if (length > maxBytes) chunks = [];
      else if (isKept) chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return { bytes: length > maxBytes ? null : new Uint8Array(Buffer.concat(chunks)), type };
}

/**
 * What a body says: JSON, or a form whose `payload_json` is the JSON beside its files (without it, each field that is no file
 * is a property, of text). An empty body is an empty object.
 */
export async function parseRequestBody({ bytes, type }: SentBody): Promise<RequestBody> {
  try {
    if (bytes === null) throw refuse(40005);
    if (bytes.length === 0) return { json: {}, files: [], refusal: null };
    return { ...(await parseBody(bytes, type)), refusal: null };
  } catch (error) {
    if (error instanceof ApiError) return { json: {}, files: [], refusal: error };
    throw error;
  }
}

async function parseBody(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Omit<RequestBody, 'refusal'>> {
  const essence = type.split(';', 1)[0]?.trim().toLowerCase();
  if (essence === 'application/json') return { json: parseJson(bytes), files: [] };
  if (essence === 'multipart/form-data') return await parseMultipart(bytes, type);
  if (essence === 'application/x-www-form-urlencoded') {
    return { json: parsePairs(bytes), files: [] };
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

function parseJson(bytes: Uint8Array<ArrayBuffer>): unknown {
  if (bytes.length > maxTextBytes) throw refuse(40005);
  const excess = jsonExcess(bytes);
  if (excess === 'deep') throw refuse(50109);
  if (excess === 'long') throw tooLong();
  try {
    return JSON.parse(decode(bytes));
  } catch {
    throw refuse(50109);
  }
}

function parsePairs(bytes: Uint8Array<ArrayBuffer>): unknown {
  if (bytes.length > maxTextBytes) throw refuse(40005);
  const source = decode(bytes);
  if (source.split('&', maxLength + 1).length > maxLength) throw tooLong();
  return Object.fromEntries(new URLSearchParams(source));
}

function tooLong(): ApiError {
  const message = `Must be ${String(maxLength)} or fewer in length.`;
  return invalidForm([{ path: [], code: 'BASE_TYPE_BAD_LENGTH', message }]);
}

async function parseMultipart(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Omit<RequestBody, 'refusal'>> {
  const form = await readForm(bytes, type);
  const fields: [string, string][] = [];
  const uploads: [string, File][] = [];
  for (const [field, value] of form.entries()) {
    if (typeof value === 'string') fields.push([field, value]);
    else uploads.push([field, value]);
  }
  if (uploads.some(([, file]) => file.size > maxFileBytes)) throw refuse(40005);
  if (uploads.length > maxFiles) throw refuse(30015);
  const payload = fields.find(([field]) => field === 'payload_json');
  const characters = fields.reduce((sum, [field, value]) => sum + field.length + value.length, 0);
  if (characters > maxTextBytes) throw refuse(40005);
  const json = payload === undefined ? Object.fromEntries(fields) : parseJson(new TextEncoder().encode(payload[1]));
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
