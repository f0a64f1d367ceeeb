import { fault, text } from './form-errors.ts';

/** An address under one of `schemes`, of `min` to `max` characters. */
function link(schemes: readonly string[], min: number, max: number) {
  return text(min, max).superRefine((value, context) => {
    if (value === '') return;
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
    if (scheme !== undefined && !schemes.includes(scheme)) {
      const known = schemes.map((name) => `'${name}'`).join(', ');
      const message = `Scheme "${scheme}" is not supported. Scheme must be one of (${known}).`;
      context.addIssue(fault('URL_TYPE_INVALID_SCHEME', message));
    } else if (scheme !== 'attachment' && !URL.canParse(value)) {
      context.addIssue(fault('URL_TYPE_INVALID_URL', 'Not a well formed URL.'));
    }
  });
}

const pages = ['http', 'https', 'discord'];
const pictures = ['http', 'https', 'attachment'];

/** Where an embed leads to; may be empty, as may its pictures. */
export const pageLink = link(pages, 0, 2_048);
export const pictureLink = link(pictures, 0, 2_048);
/** Where a button leads to. */
export const buttonLink = link(pages, 1, 512);
/** What components show. */
export const mediaLink = link(pictures, 1, 2_048);
/** A file that comes with the message: no other can stand in a File component. Source: components/reference, File. */
export const fileLink = link(['attachment'], 1, 2_048);
