import { constants, deflateRawSync, deflateSync } from 'node:zlib';

/** Turns a payload's JSON into what goes over the wire: text, or bytes for a binary frame. */
export type Encode = (payload: string) => string | Buffer;

/** The first two bytes of a zlib stream: deflate with a window of 32 KiB, ordinary compression. Source: RFC 1950, §2.2. */
const zlibHeader = Buffer.from([0x78, 0x9c]);

/** Payloads shorter than this gain nothing. */
const worthCompressing = 1_024;

export const plainText: Encode = (payload) => payload;

/**
 * Transport compression `zlib-stream`: one zlib stream for the connection, flushed after each payload, so that each ends in
 * 00 00 ff ff. No payload refers back to an earlier one; that costs some bytes and saves 256 KiB of window a connection, and
 * whoever inflates the stream cannot tell.
 */
export function zlibStream(): Encode {
  let isFirst = true;
  return (payload) => {
    const blocks = deflateRawSync(payload, { finishFlush: constants.Z_SYNC_FLUSH });
    const bytes = isFirst ? Buffer.concat([zlibHeader, blocks]) : blocks;
    isFirst = false;
    return bytes;
  };
}

/**
 * Payload compression, for who identifies with `compress: true`: each long payload is a zlib stream of its own in a binary
 * frame, the short ones stay text, as Discord compresses some and not others.
 */
export const compressedPayloads: Encode = (payload) =>
  payload.length < worthCompressing ? payload : deflateSync(payload);
