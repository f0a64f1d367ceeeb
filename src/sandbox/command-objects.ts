import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from './json.ts';
import { isJsonObject, withoutAbsent } from './json.ts';
import { translationFor } from './localisations.ts';
import type { Snowflake } from './snowflake.ts';
import type { Command } from './state.ts';
import { applicationId } from './world.ts';

/** `fields` as Discord answers them. A command that was there keeps its id, and its version while nothing changed. */
export function completeCommand(
  fields: JsonObject,
  known: Command | undefined,
  guild: Snowflake | undefined,
  nextId: () => Snowflake,
): Command {
  const id = known?.id ?? nextId();
  const permissions = fields['default_member_permissions'];
  const isChatInput = (fields['type'] ?? 1) === 1;
  const command = {
    id,
    application_id: applicationId,
    version: known?.['version'] ?? id,
    default_member_permissions:
      typeof permissions === 'string' || typeof permissions === 'number' ? String(permissions) : null,
    type: Number(fields['type'] ?? 1),
    name: String(fields['name']),
    name_localizations: localisationsOf(fields['name_localizations']),
    description: isChatInput && typeof fields['description'] === 'string' ? fields['description'] : '',
    description_localizations: localisationsOf(fields['description_localizations']),
    dm_permission: fields['dm_permission'] ?? true,
    contexts: fields['contexts'] ?? null,
    integration_types: fields['integration_types'] ?? [0],
    nsfw: fields['nsfw'] ?? false,
    ...(Array.isArray(fields['options']) && fields['options'].length > 0
      ? { options: fields['options'].map(withoutAbsentAnywhere) }
      : {}),
    ...(guild === undefined ? {} : { guild_id: guild }),
  };
  return known !== undefined && isDeepStrictEqual(known, command) ? known : { ...command, version: nextId() };
}

/** A translation that is null is one that is not there. */
function localisationsOf(given: unknown): JsonObject | null {
  return isJsonObject(given) ? withoutAbsent(given) : null;
}

function withoutAbsentAnywhere(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsentAnywhere);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(withoutAbsent(value)).map(([key, inner]) => [key, withoutAbsentAnywhere(inner)]),
  );
}

/** A command as lists give it: without its translations, but with those for the language of whoever asks. */
export function commandFor(command: JsonObject, locale: string): JsonObject {
  const shown = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shown);
    return isJsonObject(value) ? commandFor(value, locale) : value;
  };
  const { name_localizations: names, description_localizations: descriptions, ...kept } = command;
  return {
    ...Object.fromEntries(Object.entries(kept).map(([key, value]) => [key, shown(value)])),
    name_localized: translationFor(names, locale),
    description_localized: translationFor(descriptions, locale),
  };
}
