import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, parseForm, text } from './form-errors.ts';
import type { JsonObject } from './json.ts';
import { flattenComponents } from './message.ts';
import { snowflake } from './validate-channel.ts';
import { componentsSchema } from './validate-components.ts';
import { embedsSchema } from './validate-embeds.ts';

const mentions = z.object({
  parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
  users: z.array(snowflake).max(100).nullish(),
  roles: z.array(snowflake).max(100).nullish(),
  replied_user: z.boolean().nullish(),
});

const payloadSchema = z.object({
  content: text(0, 2_000).nullish(),
  nonce: z.union([text(0, 25), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  tts: z.boolean().nullish(),
  flags: z.int().nullish(),
  embeds: embedsSchema.nullish(),
  components: componentsSchema.nullish(),
  allowed_mentions: mentions.nullish(),
  message_reference: z
    .object({
      // Forwarded messages (1) are not offered here.
      type: z.literal(0).nullish(),
      message_id: snowflake,
      channel_id: snowflake.nullish(),
      fail_if_not_exists: z.boolean().nullish(),
    })
    .nullish(),
  attachments: z
    .array(z.object({ id: snowflake, filename: text(0, 260).nullish(), description: text(0, 1_024).nullish() }))
    .max(10)
    .nullish(),
});

/** The body of a message to create or to edit, inside every limit of one message. */
export type MessagePayload = z.infer<typeof payloadSchema>;

/** Components of a message of the second version, nested ones counted, and what its texts may hold together. */
const maxComponents = 40;
const maxDisplayedCharacters = 4_000;

/**
 * The body of a message, checked as Discord checks it.
 *
 * @param rules.isV2 whether the message is of Components V2 already; its own flags may make it so
 * @param rules.under where the message stands in the request's body
 * @throws ApiError 50035
 */
export function parseMessage(body: unknown, rules: { isV2?: boolean; under?: readonly string[] } = {}): MessagePayload {
  const schema = payloadSchema.superRefine((payload, context) => {
    const isV2 = rules.isV2 === true || ((payload.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
    const components = (payload.components ?? []) as readonly JsonObject[];
    const all = flattenComponents(components);
    for (const issue of [...customIdFaults(all), ...(isV2 ? v2Faults(payload, all) : legacyFaults(components))]) {
      context.addIssue(issue);
    }
    const { parse, users, roles } = payload.allowed_mentions ?? {};
    for (const [kind, list] of [
      ['users', users],
      ['roles', roles],
    ] as const) {
      if (parse?.includes(kind) === true && (list ?? []).length > 0) {
        context.addIssue(
          fault(
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
            ['allowed_mentions'],
          ),
        );
      }
    }
  });
  return parseForm(schema, body, rules.under);
}

function customIdFaults(all: readonly JsonObject[]) {
  const ids = all.map((component) => component['custom_id']).filter((one) => one !== undefined && one !== null);
  if (new Set(ids).size === ids.length) return [];
  return [fault('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated', ['components'])];
}

function legacyFaults(components: readonly JsonObject[]) {
  if (components.some((component) => component['type'] !== ComponentType.ActionRow)) {
    return [fault('UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).', ['components'])];
  }
  return components.length > 5
    ? [fault('BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.', ['components'])]
    : [];
}

/** What a message of Components V2 cannot have. */
export const legacyFields = ['content', 'embeds'] as const;

export function legacyFieldFault(name: (typeof legacyFields)[number]) {
  return {
    code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    message: `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    path: [name],
  };
}

function v2Faults(payload: MessagePayload, all: readonly JsonObject[]) {
  const legacy = legacyFields
    .filter((name) => (payload[name]?.length ?? 0) > 0)
    .map(legacyFieldFault)
    .map(({ code, message, path }) => fault(code, message, path));
  const displayed = all
    .filter((component) => component['type'] === ComponentType.TextDisplay)
    .reduce((sum, component) => sum + Array.from(String(component['content'])).length, 0);
  return [
    ...legacy,
    ...(all.length > maxComponents
      ? [
          fault(
            'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
            `The total number of components cannot exceed ${String(maxComponents)}`,
            ['components'],
          ),
        ]
      : []),
    ...(displayed > maxDisplayedCharacters
      ? [
          fault(
            'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
            `The displayable text size cannot exceed ${String(maxDisplayedCharacters)}`,
            ['components'],
          ),
        ]
      : []),
  ];
}
