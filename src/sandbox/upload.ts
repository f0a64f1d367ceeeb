import { z } from 'zod';
import { ControlError } from './control-error.ts';
import type { UploadedFile } from './endpoint.ts';

/** Of each file that a person uploads or an answer carries. Source: resources/message, 10 MiB without boosts. */
export const attachmentSizeLimit = 10 * 1024 * 1024;

/** Which extensions stand for a group of files. Source: reference, File Type Filtering. */
const groups: Readonly<Record<string, readonly string[]>> = {
  image: ['.png', '.gif', '.jpg', '.jpeg', '.jfif', '.webp', '.avif'],
  video: ['.mp4', '.mov', '.qt', '.webm'],
  audio: ['.mp3', '.m4a', '.wav', '.ogg', '.opus', '.flac'],
};

/** A file as the control API takes it; `data` is base64. */
const uploadSchema = z.strictObject({
  name: z.string().min(1).max(260),
  type: z.string().optional(),
  data: z.base64(),
});

/**
 * The file that `value` describes.
 *
 * @param subject what it is for, to begin the sentence
 * @param fileTypes groups and extensions of which its name must fit one; none where any will do
 * @throws ControlError 400
 */
export function readUpload(value: unknown, subject: string, fileTypes: readonly string[]): UploadedFile {
  const parsed = uploadSchema.safeParse(value);
  if (!parsed.success) {
    throw new ControlError(400, `${subject} must be a file: {"name": …, "type": …, "data": base64}.`);
  }
  const { name, type = '', data } = parsed.data;
  const extensions = fileTypes.flatMap((one) => groups[one] ?? [one]);
  if (extensions.length > 0 && !extensions.some((extension) => name.toLowerCase().endsWith(extension))) {
    throw new ControlError(400, `${subject} takes only files of ${extensions.join(', ')}.`);
  }
  const bytes = new Uint8Array(Buffer.from(data, 'base64'));
  if (bytes.length > attachmentSizeLimit) throw new ControlError(400, `${subject} takes files of at most 10 MiB.`);
  return { field: 'files[0]', name, type, bytes };
}
