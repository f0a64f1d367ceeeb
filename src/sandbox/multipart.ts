import { refuse } from './api-error.ts';

/** Far more than the ten files and their JSON. */
const maxParts = 100;
/** The lines that say what a part is; a name in them is of 260 characters at most. */
const maxHeadBytes = 8 * 1024;

/**
 * The parts of a form, whose boundary is of 70 characters at most (RFC 2046, §5.1.1). They are read only once their number and heads
 * are known to be small: reading is slow where they are not.
 *
 * @throws ApiError 50109 where it is no form, 30015 where it has too many parts
 */
export async function readForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<FormData> {
  const boundary = /;\s*boundary=(?:"([^"\\]{1,70})"|([^\s";,]{1,70})(?![^\s;,]))/i.exec(contentType);
  const text = boundary?.[1] ?? boundary?.[2];
  if (text === undefined) throw refuse(50109);
  demandSmallParts(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), `--${text}`);
  try {
    // The boundary that was looked at, should the header name several.
    const headers = { 'content-type': `multipart/form-data; boundary="${text}"` };
    return await new Response(bytes, { headers }).formData();
  } catch {
    throw refuse(50109);
  }
}

function demandSmallParts(form: Buffer, delimiter: string): void {
  let parts = 0;
  for (let at = form.indexOf(delimiter); at >= 0; at = form.indexOf(delimiter, at + delimiter.length)) {
    parts += 1;
    if (parts > maxParts + 1) throw refuse(30015);
    const head = form.subarray(at + delimiter.length, at + delimiter.length + maxHeadBytes);
    const isLast = head.length < maxHeadBytes;
    if (!isLast && head.indexOf('\r\n\r\n') < 0) throw refuse(50109);
  }
}
