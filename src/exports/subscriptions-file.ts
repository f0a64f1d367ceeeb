import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { z } from 'zod';
import { isQuietAt, quietHoursSchema, subscriptionSchema, styles, zoneSchema } from '../domain/subscription.ts';
import type { Subscription } from '../domain/subscription.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import { ok } from '../lib/result.ts';
import { parseAuthorName } from '../query/author-name.ts';
import { parseCategoryPattern } from '../query/category-pattern.ts';
import { parseQuery } from '../query/parse.ts';
import { readYaml } from './located-yaml.ts';

/** Everything that can be checked without knowing the place. */
const checkedSchema = subscriptionSchema.extend({
  id: z.string().min(1).optional(),
  query: subscriptionSchema.shape.query.superRefine((text, context) => {
    const parsed = text.trim() === '' ? ok(null) : parseQuery(text);
    if (!parsed.ok)
      context.addIssue({ code: 'custom', message: `column ${parsed.error.column}: ${parsed.error.message}` });
  }),
  categories: z
    .array(
      z.string().refine((text) => parseCategoryPattern(text) !== null, {
        error: 'expected a category such as cs.LG, cs.* or hep-th',
      }),
    )
    .default([]),
  authors: z
    .array(
      z
        .string()
        .refine((text) => parseAuthorName(text) !== null, { error: 'expected a name such as Hinton or J. Hinton' }),
    )
    .default([]),
});

const fileEntrySchema = z
  .strictObject({
    ...checkedSchema.shape,
    /** Id or name of the server. */
    guild: z.string().min(1),
    /** Id, or `#name`, of the channel. */
    channel: z.string().min(1),
    style: z.enum(styles).default('cards'),
    hour: z.int().min(0).max(23).nullable().default(null),
    /** Without a default: it would change the ids made of entries of older files. */
    quiet: quietHoursSchema.nullable().optional(),
    zone: zoneSchema.optional(),
  })
  .superRefine(({ perDay, maxPapers }, context) => {
    if (perDay === null || perDay <= maxPapers) return;
    context.addIssue({
      code: 'custom',
      path: ['perDay'],
      message: `about ${perDay} papers a day cannot come where maxPapers, ${maxPapers}, is the most`,
    });
  })
  .superRefine(({ hour, quiet }, context) => {
    if (hour === null || !quiet || !isQuietAt(quiet, hour)) return;
    context.addIssue({
      code: 'custom',
      path: ['hour'],
      message: `nothing can come at ${hour}:00, inside the quiet hours`,
    });
  });

const fileSchema = z.array(fileEntrySchema).superRefine((entries, context) => {
  for (const [index, { id }] of entries.entries()) {
    if (id === undefined || entries.findIndex((other) => other.id === id) === index) continue;
    context.addIssue({ code: 'custom', path: [index, 'id'], message: `an earlier entry has the id ${id} too` });
  }
});

/** A subscription as people keep it in a file: with the place it posts to, by name or id. */
export type FileSubscription = Readonly<Omit<z.infer<typeof fileEntrySchema>, 'id'>> & { readonly id: string };

/**
 * Reads a list of subscriptions with their places, YAML or JSON. An entry without an id gets one made from what it says, so that
 * importing a file twice changes nothing.
 *
 * @throws AppError('bad-subscriptions') that lists every problem at once: file and line, key, what is wrong
 */
export function readPlacedSubscriptions(text: string, name: string): FileSubscription[] {
  return checked(fileSchema, text, name).map(withId);
}

/**
 * Reads subscriptions as `match` takes them: a YAML or JSON list, or JSON Lines. Their places, if they have any, do not matter.
 *
 * @throws AppError('bad-subscriptions') as above
 */
export function readSubscriptions(text: string, name: string): Subscription[] {
  const isJsonLines = /^\s*\{/.test(text);
  if (!isJsonLines) return checked(z.array(checkedSchema), text, name).map(withId);
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : readLine(line, `${name}:${index + 1}`)));
}

function readLine(line: string, place: string): Subscription {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new AppError('bad-subscriptions', `subscriptions: ${place} is not JSON: ${messageOf(error)}`, {
      cause: error,
    });
  }
  const parsed = checkedSchema.safeParse(value);
  if (parsed.success) return withId(parsed.data);
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
  throw new AppError('bad-subscriptions', `subscriptions: ${place} cannot be used: ${problems.join('; ')}`);
}

/** The text of a file that `readPlacedSubscriptions` reads back: JSON where the name ends so, else YAML. */
export function writePlacedSubscriptions(subscriptions: readonly FileSubscription[], name: string): string {
  return name.endsWith('.json') ? `${JSON.stringify(subscriptions, null, 2)}\n` : stringify(subscriptions);
}

function checked<T>(schema: z.ZodType<T>, text: string, name: string): T {
  const yaml = readYaml(text, name);
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${yaml.lineOf(path)} ${path.slice(1).join('.') || 'the list'}: ${message}`,
  );
  throw new AppError('bad-subscriptions', `subscriptions: ${name} cannot be used\n${problems.join('\n')}`);
}

function withId<E extends { id?: string | undefined; perDay?: number | null }>(entry: E): E & { id: string } {
  // What came later changes no id while it says nothing.
  const { perDay, ...older } = entry;
  const said = perDay === null || perDay === undefined ? older : entry;
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex');
  return { ...entry, id: entry.id ?? `s${digest.slice(0, 8)}` };
}
