import { z } from 'zod';
import { fault, text } from './form-errors.ts';
import { pageLink, pictureLink } from './validate-link.ts';

/** What all embeds of one message may hold together, in code points. Source: resources/message, Embed Limits. */
const maxCharactersOfAll = 6_000;

const picture = z.object({ url: pictureLink, description: text(0, 1_024).nullish() });

const isoTime = z.string().superRefine((value, context) => {
  if (!Number.isNaN(Date.parse(value))) return;
  context.addIssue(fault('DATE_TIME_TYPE_PARSE', `Could not parse ${value}. Should be ISO8601.`));
});

const embed = z
  .object({
    title: text(0, 256).nullish(),
    description: text(0, 4_096).nullish(),
    url: pageLink.nullish(),
    color: z.int().min(0).max(0xff_ff_ff).nullish(),
    timestamp: isoTime.nullish(),
    footer: z.object({ text: text(1, 2_048), icon_url: pictureLink.nullish() }).nullish(),
    author: z.object({ name: text(1, 256), url: pageLink.nullish(), icon_url: pictureLink.nullish() }).nullish(),
    image: picture.nullish(),
    thumbnail: picture.nullish(),
    fields: z
      .array(z.object({ name: text(1, 256), value: text(1, 1_024), inline: z.boolean().nullish() }))
      .max(25)
      .nullish(),
  })
  .superRefine((value, context) => {
    const shown = [value.title, value.description, value.footer, value.author, value.image, value.thumbnail];
    if (shown.some(Boolean) || (value.fields ?? []).length > 0) return;
    context.addIssue(fault('BASE_TYPE_REQUIRED', 'This field is required', ['description']));
  });

/** The embeds of a message: up to ten, each inside its limits, and 6,000 characters over all of them. */
export const embedsSchema = z
  .array(embed)
  .max(10)
  .superRefine((embeds, context) => {
    const characters = embeds.reduce((sum, one) => sum + charactersOf(one), 0);
    if (characters <= maxCharactersOfAll) return;
    context.addIssue(
      fault('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${String(maxCharactersOfAll)}`),
    );
  });

function charactersOf(one: z.infer<typeof embed>): number {
  const texts = [
    one.title,
    one.description,
    one.footer?.text,
    one.author?.name,
    ...(one.fields ?? []).flatMap((field) => [field.name, field.value]),
  ];
  return texts.reduce((sum, value) => sum + Array.from(value ?? '').length, 0);
}
