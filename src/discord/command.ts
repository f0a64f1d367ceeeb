import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { CustomId } from './custom-id.ts';
import type { MessageBody } from './embed-paper.ts';
import type { CommandData } from './registration.ts';

/** A channel somebody asks in, or names in an option. */
export type ChannelSeen = {
  readonly id: string;
  readonly name: string;
  /** Discord's channel type. */
  readonly type: number;
  /** Permission bits of the asker there; null where Discord did not tell. */
  readonly permissions: bigint | null;
  /** Permission bits of the bot there; null where Discord did not tell. */
  readonly appPermissions: bigint | null;
};

/** What a person asked of us, without anything of the library that received it. */
export type Asked = {
  /** The interaction's id: unique, and the same in every message about it. */
  readonly id: string;
  readonly userId: string;
  /** Null in direct messages. */
  readonly guildId: string | null;
  readonly channel: ChannelSeen;
  /**
   * A channel or thread of the server, as the asker and the bot stand there. Null for one that is gone, outside this server, or out of the
   * bot's sight, as archived threads are.
   */
  lookUp(channelId: string): ChannelSeen | null;
};

/** A slash command as somebody typed it. Option values are checked by Discord's clients only, so commands check them again. */
export type AskedCommand = Asked & {
  readonly command: string;
  readonly subcommand: string | null;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** Values of channel options. */
  readonly channels: Readonly<Record<string, ChannelSeen>>;
};

/** A half-typed slash command whose option `focused` wants suggestions. */
export type AskedCompletion = AskedCommand & { readonly focused: { readonly name: string; readonly value: string } };

/**
 * Where an answer goes: `public`, for everybody in the channel; `private`, for the one who asked; `update`, in place of the message whose
 * button was pressed.
 */
export type Place = 'public' | 'private' | 'update';

export type Answer = { readonly place: Place; readonly body: MessageBody };

/**
 * Tells Discord that an answer is on its way. It must hear of us within 3 s, so this comes before the first wait for the store or the
 * network; the answer itself then has 15 minutes, and may still go to another place.
 */
export type Defer = (place: Place) => Promise<void>;

/** One slash command: what is registered, and what answers. Anything it throws is caught by the router. */
export type Command = {
  readonly data: CommandData;
  run(asked: AskedCommand, defer: Defer): Promise<Answer>;
  /** At most 25 choices, within 3 s. */
  complete?(asked: AskedCompletion): Promise<readonly APIApplicationCommandOptionChoice<string>[]>;
};

/** A button of ours that somebody pressed. */
export type Pressed<Id extends CustomId> = Asked & { readonly button: Id };
type SearchId = Extract<CustomId, { action: 'search' }>;
type PaperId = Exclude<CustomId, SearchId>;

/** What answers the buttons, by their action. */
export type Buttons = {
  readonly search: (pressed: Pressed<SearchId>, defer: Defer) => Promise<Answer>;
} & Readonly<Record<PaperId['action'], (pressed: Pressed<PaperId>, defer: Defer) => Promise<Answer>>>;

/** An answer that only the asker sees. */
export function privately(content: string): Answer {
  return { place: 'private', body: { content } };
}
