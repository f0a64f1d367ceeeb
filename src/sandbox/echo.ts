import { ComponentType } from 'discord-api-types/v10';
import type { JsonObject } from './json.ts';
import { isJsonObject, withoutAbsent } from './json.ts';
import { discordTime, flattenComponents } from './message.ts';

/** Embeds as Discord gives them back: of type rich, absent properties left out, times and pictures completed. */
export function echoEmbeds(embeds: readonly JsonObject[]): JsonObject[] {
  return embeds.map((embed) => {
    const given = withoutAbsent(embed);
    return withoutAbsent({
      ...given,
      type: 'rich',
      timestamp: typeof given['timestamp'] === 'string' ? discordTime(Date.parse(given['timestamp'])) : undefined,
      fields: Array.isArray(given['fields']) && given['fields'].length > 0 ? given['fields'].map(echoField) : undefined,
      image: echoPicture(given['image']),
      thumbnail: echoPicture(given['thumbnail']),
      author: echoIcon(given['author']),
      footer: echoIcon(given['footer']),
    });
  });
}

function echoField(field: unknown): unknown {
  return isJsonObject(field) ? { ...field, inline: field['inline'] ?? false } : field;
}

function echoIcon(named: unknown): JsonObject | undefined {
  if (!isJsonObject(named)) return undefined;
  const given = withoutAbsent(named);
  return given['icon_url'] === undefined ? given : { ...given, proxy_icon_url: given['icon_url'] };
}

function echoPicture(picture: unknown): JsonObject | undefined {
  if (!isJsonObject(picture)) return undefined;
  return { ...withoutAbsent(picture), proxy_url: picture['url'], width: 0, height: 0, flags: 0 };
}

/** A picture or a file as components show it, with the name and the size of one that came with the message. */
export type Media = { readonly shown: JsonObject; readonly name: string | null; readonly size: number | null };

/**
 * Components as Discord gives them back: each with a number of its own and with the defaults of its kind, pictures and files completed.
 *
 * @param media completes what a component shows, given by its address, and at this path below `components`
 */
export function echoComponents(
  components: readonly JsonObject[],
  media: (given: JsonObject, path: readonly string[]) => Media = (shown) => ({ shown, name: null, size: null }),
): JsonObject[] {
  const taken = new Set(flattenComponents(components).map((component) => component['id']));
  let last = 0;
  const nextId = () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
  const echo = (component: JsonObject, path: readonly string[]): JsonObject => {
    const list = (name: string) =>
      (Array.isArray(component[name]) ? component[name] : [])
        .filter(isJsonObject)
        .map((one, at) => ({ one, path: [...path, name, String(at)] }));
    const given = withoutAbsent(component);
    // 0 means "number it for me".
    const id = given['id'] === undefined || given['id'] === 0 ? nextId() : given['id'];
    const complete: Record<string, unknown> = { ...defaultsOf(given), ...given, id };
    if (Array.isArray(given['components']))
      complete['components'] = list('components').map((at) => echo(at.one, at.path));
    if (isJsonObject(given['media'])) complete['media'] = media(given['media'], [...path, 'media']).shown;
    if (isJsonObject(given['file'])) {
      const { shown, name, size } = media(given['file'], [...path, 'file']);
      Object.assign(complete, { file: shown, name, size });
    }
    if (Array.isArray(given['items'])) {
      complete['items'] = list('items').map(({ one: item, path: at }) => ({
        description: null,
        spoiler: false,
        ...withoutAbsent(item),
        media: isJsonObject(item['media']) ? media(item['media'], [...at, 'media']).shown : item['media'],
      }));
    }
    if (isJsonObject(given['accessory'])) complete['accessory'] = echo(given['accessory'], [...path, 'accessory']);
    if (isJsonObject(given['component'])) complete['component'] = echo(given['component'], [...path, 'component']);
    return complete;
  };
  return components.map((component, at) => echo(component, [String(at)]));
}

function defaultsOf(component: JsonObject): JsonObject {
  switch (component['type']) {
    case ComponentType.StringSelect:
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return { min_values: 1, max_values: 1 };
    case ComponentType.TextInput:
      return { label: null, min_length: null, max_length: null, required: true };
    case ComponentType.Thumbnail:
      return { description: null, spoiler: false };
    case ComponentType.File:
      return { spoiler: false };
    case ComponentType.Separator:
      return { spacing: 1, divider: true };
    case ComponentType.Container:
      return { accent_color: null, spoiler: false };
    default:
      return {};
  }
}
