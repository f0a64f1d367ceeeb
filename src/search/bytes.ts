/** Bytes that grow at their end; `length` of them are written. */
export type ByteBuffer = { bytes: Uint8Array; length: number };

export function byteBuffer(capacity = 64): ByteBuffer {
  return { bytes: new Uint8Array(capacity), length: 0 };
}

function reserve(buffer: ByteBuffer, more: number): void {
  const needed = buffer.length + more;
  if (needed <= buffer.bytes.length) return;
  const grown = new Uint8Array(Math.max(needed, 2 * buffer.bytes.length));
  grown.set(buffer.bytes.subarray(0, buffer.length));
  buffer.bytes = grown;
}

export function putByte(buffer: ByteBuffer, byte: number): void {
  reserve(buffer, 1);
  buffer.bytes[buffer.length++] = byte;
}

/** A whole number from 0 to 2^32 - 1 in one to five bytes: seven bits each, the lowest first, and a sign whether more follow. */
export function putVarint(buffer: ByteBuffer, value: number): void {
  reserve(buffer, 5);
  let rest = value;
  while (rest > 127) {
    buffer.bytes[buffer.length++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  buffer.bytes[buffer.length++] = rest;
}

export function putBytes(buffer: ByteBuffer, bytes: Uint8Array): void {
  reserve(buffer, bytes.length);
  buffer.bytes.set(bytes, buffer.length);
  buffer.length += bytes.length;
}

/** What was written, as a copy. */
export function writtenBytes(buffer: ByteBuffer): Uint8Array {
  return new Uint8Array(buffer.bytes.subarray(0, buffer.length));
}

/** A place in bytes that are read. */
export type Cursor = { readonly bytes: Uint8Array; at: number };

/** The number that `putVarint` wrote at the cursor, which moves behind it. */
export function readVarint(cursor: Cursor): number {
  const { bytes } = cursor;
  let byte = bytes[cursor.at++] ?? 0;
  if (byte < 128) return byte;
  let value = byte & 127;
  for (let shift = 7; byte > 127; shift += 7) {
    byte = bytes[cursor.at++] ?? 0;
    value |= (byte & 127) << shift;
  }
  return value >>> 0;
}

/** Texts without line breaks, one a line; `[]` is an empty text. */
export function linesToBytes(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join('\n'));
}

export function bytesToLines(bytes: Uint8Array): string[] {
  return bytes.length === 0 ? [] : new TextDecoder().decode(bytes).split('\n');
}
