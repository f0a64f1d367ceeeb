import type { UploadedFile } from './endpoint.ts';
import type { JsonObject } from './json.ts';

/** All files together; beyond this the oldest are forgotten, as are all of them at a restart. */
const keptBytes = 200 * 1024 * 1024;

export type FileStore = ReturnType<typeof createFileStore>;

/** Files that came with messages, in memory, served at `/attachments/<channel>/<id>/<name>`. */
export function createFileStore(address: () => string) {
  const files = new Map<string, UploadedFile>();
  let bytes = 0;
  return {
    /** Keeps `file` and gives its attachment object. */
    keep(channel: string, id: string, file: UploadedFile, description: string | null | undefined): JsonObject {
      files.set(id, file);
      bytes += file.bytes.length;
      for (const [old, { bytes: content }] of files) {
        if (bytes <= keptBytes) break;
        files.delete(old);
        bytes -= content.length;
      }
      const name = storedName(file.name);
      const url = `http://${address()}/attachments/${channel}/${id}/${encodeURIComponent(name)}`;
      return {
        id,
        filename: name,
        size: file.bytes.length,
        url,
        proxy_url: url,
        ...(file.type === '' ? {} : { content_type: file.type }),
        ...(description === undefined || description === null ? {} : { description }),
      };
    },
    find: (id: string): UploadedFile | undefined => files.get(id),
  };
}

/** The name that a file goes by: what an address would not bear becomes `_`. */
export function storedName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_') || 'file';
}
