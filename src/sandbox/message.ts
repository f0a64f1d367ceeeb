import { MessageType } from 'discord-api-types/v10';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { Snowflake } from './snowflake.ts';

/** A user object, as it stands inside messages and members. */
export type UserObject = {
  readonly id: Snowflake;
  readonly username: string;
  readonly discriminator: string;
  readonly global_name: string | null;
  readonly avatar: string | null;
  readonly bot?: boolean;
  readonly public_flags: number;
  readonly flags: number;
  readonly primary_guild: null;
};

/** A message object of Discord's, with the properties that the sandbox fills. Times are ISO 8601 in UTC. */
export type Message = {
  readonly id: Snowflake;
  readonly channel_id: Snowflake;
  readonly author: UserObject;
  readonly content: string;
  readonly timestamp: string;
  readonly edited_timestamp: string | null;
  readonly tts: boolean;
  readonly mention_everyone: boolean;
  readonly mentions: readonly UserObject[];
  readonly mention_roles: readonly Snowflake[];
  readonly attachments: readonly JsonObject[];
  readonly embeds: readonly JsonObject[];
  readonly components: readonly JsonObject[];
  readonly pinned: boolean;
  readonly type: number;
  readonly flags: number;
  readonly nonce?: string | number;
  readonly webhook_id?: Snowflake;
  readonly application_id?: Snowflake;
  readonly interaction?: JsonObject;
  readonly interaction_metadata?: JsonObject;
  readonly message_reference?: JsonObject;
  /** The one that it refers to; not kept, but put in as the message leaves (referenced-message.ts). */
  readonly referenced_message?: JsonObject | null;
  readonly reactions?: readonly JsonObject[];
  /** The thread that was started from it. */
  readonly thread?: JsonObject;
};

const saidBySomebody: ReadonlySet<number> = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);

/** Whether Discord itself said it, in the name of somebody. */
export function isSystemMessage({ type }: Pick<Message, 'type'>): boolean {
  return !saidBySomebody.has(type);
}

/** An instant (epoch ms) as Discord writes it: `2026-11-22T17:07:56.123000+00:00`. */
export function discordTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000+00:00');
}

/** The components of a message at any depth, outermost first. */
export function flattenComponents(components: readonly JsonObject[]): JsonObject[] {
  return components.flatMap((component) => {
    const children = Array.isArray(component['components']) ? component['components'] : [];
    const inner = [...children, component['accessory'], component['component']].filter(isJsonObject);
    return [component, ...flattenComponents(inner)];
  });
}
