import { Locale } from 'discord-api-types/v10';
import { z } from 'zod';

/** An object with these fields and no others; whoever gives another is told which there are. */
export function fieldsOf<S extends z.core.$ZodLooseShape>(shape: S) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `there is no “${issue.keys.join('”, “')}” here; it takes ${known}`
        : `must be a JSON object with ${known}`,
  });
}

/** Some of these fields, at least one. */
export function changesOf<S extends z.core.$ZodLooseShape>(shape: S) {
  const known = Object.keys(shape).join(', ');
  return fieldsOf(shape).refine((body) => Object.keys(body).length > 0, {
    error: `changes nothing; it takes ${known}`,
  });
}

/** Text of so many characters, without the spaces around it. */
export function words(min: number, max: number) {
  const error = `must be text of ${String(min)} to ${String(max)} characters`;
  return z.string({ error }).trim().min(min, { error }).max(max, { error });
}

/** True or false, and nothing like it. */
export const yesOrNo = z.boolean({ error: 'must be true or false' });

/** A language of Discord's clients. */
export const localeSchema = z.enum(Locale, {
  error: `must be a language of Discord: ${Object.values(Locale).join(', ')}`,
});

/** The id or the name of somebody or something. */
export const named = z.string({ error: 'must be an id or a name' }).trim().min(1, { error: 'must be an id or a name' });
