import { ApiError, refuse } from './api-error.ts';
import type { Media } from './echo.ts';
import type { UploadedFile } from './endpoint.ts';
import { storedName } from './file-store.ts';
import type { FileStore } from './file-store.ts';
import { invalidForm } from './form-errors.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { SandboxState } from './state.ts';
import type { MessagePayload } from './validate-message.ts';

/** Of one message. Source: the wording of 30015. */
const maxAttachments = 10;

const scheme = 'attachment://';

/**
 * Keeps the files that came with a message, named and described as its `attachments` say of `files[n]` under the id n, after those that
 * it has already.
 *
 * @throws ApiError 30015 where that is too many
 */
export function attach(
  state: SandboxState,
  store: FileStore,
  channel: string,
  message: {
    readonly had: readonly JsonObject[];
    readonly files: readonly UploadedFile[];
    readonly payload: MessagePayload;
  },
): JsonObject[] {
  const { had, files, payload } = message;
  if (had.length + files.length > maxAttachments) throw refuse(30015);
  const added = files.map((file, at) => {
    const id = /^files\[(\d+)\]$/.exec(file.field)?.[1] ?? String(at);
    const told = payload.attachments?.find((one) => one.id === id);
    return store.keep(channel, state.nextId(), { ...file, name: told?.filename || file.name }, told?.description);
  });
  return [...had, ...added];
}

/** Embeds whose pictures came with the message: `attachment://name` becomes the address of the file. @throws ApiError 50046 */
export function withAttachedPictures(embeds: readonly JsonObject[], attachments: readonly JsonObject[]): JsonObject[] {
  const resolve = (shown: unknown, key: 'url' | 'icon_url'): unknown => {
    if (!isJsonObject(shown) || !isReference(shown[key])) return shown;
    const file = fileOf(shown[key], attachments);
    if (file === undefined) throw new ApiError(400, { message: `Unknown attachment ${shown[key]}`, code: 50046 });
    return { ...shown, [key]: file['url'] };
  };
  return embeds.map((embed) => ({
    ...embed,
    image: resolve(embed['image'], 'url'),
    thumbnail: resolve(embed['thumbnail'], 'url'),
    footer: resolve(embed['footer'], 'icon_url'),
    author: resolve(embed['author'], 'icon_url'),
  }));
}

/**
 * What components show, as Discord has looked at it; pictures and files that came with the message by their own addresses.
 *
 * @param under where the message stands in the request's body
 */
export function unfurled(
  attachments: readonly JsonObject[],
  state: SandboxState,
  under: readonly string[],
): (given: JsonObject, path: readonly string[]) => Media {
  return ({ url }, path) => {
    const file = isReference(url) ? fileOf(url, attachments) : undefined;
    if (isReference(url) && file === undefined) {
      const code = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';
      const message = `The referenced attachment ("${url}") was not found`;
      throw invalidForm([{ path: [...under, 'components', ...path, 'url'], code, message }]);
    }
    const address = file?.['url'] ?? url;
    const attached =
      file === undefined ? {} : { content_type: file['content_type'] ?? null, attachment_id: file['id'] };
    return {
      shown: { id: state.nextId(), url: address, proxy_url: address, width: null, height: null, ...attached },
      name: file === undefined ? null : String(file['filename']),
      size: file === undefined ? null : Number(file['size']),
    };
  };
}

function isReference(url: unknown): url is string {
  return typeof url === 'string' && url.startsWith(scheme);
}

/** References are cleansed as the names of files are. Source: discord-api-docs#7754. */
function fileOf(url: string, attachments: readonly JsonObject[]): JsonObject | undefined {
  const name = storedName(url.slice(scheme.length));
  return attachments.find((attachment) => attachment['filename'] === name);
}
