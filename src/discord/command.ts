import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { ButtonId, FormId } from './custom-id.ts';
import type { MessageBody } from './embed-paper.ts';
import type { Form } from './form.ts';
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
 * button was pressed, or had opened the form; where there is none, privately.
 */
export type Place = 'public' | 'private' | 'update';

export type MessageAnswer = { readonly place: Place; readonly body: MessageBody };

/** A message, or a form to fill in. A form must come at once, within 3 s: nothing may be deferred before it. */
export type Answer = MessageAnswer | { readonly form: Form };

/**
 * Tells Discord that an answer is on its way. It must hear of us within 3 s, so this comes before the first wait for the store or the
 * network; the answer itself then has 15 minutes. Its place is settled by this: a private answer to what was announced to all leaves
 * “Original message was deleted” behind. So as long as a public answer may yet become a private one, announce it only `if-slow`, which
 * says so if there is no answer after a second, and `now` once nothing can refuse any more, before what takes long.
 */
export type Defer = (place: Place, when?: 'now' | 'if-slow') => Promise<void>;

/** One slash command: what is registered, and what answers. Anything it throws is caught by the router. */
export type Command = {
  readonly data: CommandData;
  run(asked: AskedCommand, defer: Defer): Promise<Answer>;
  /** At most 25 choices, within 3 s. */
  complete?(asked: AskedCompletion): Promise<readonly APIApplicationCommandOptionChoice<string>[]>;
};

/** A button of ours that somebody pressed. `messageId`: of the message that it stands under. */
export type Pressed<Id extends ButtonId> = Asked & { readonly button: Id; readonly messageId: string };
type SearchId = Extract<ButtonId, { action: 'search' }>;
type AgainId = Extract<ButtonId, { action: 'again' }>;
type ListId = Extract<ButtonId, { action: 'list' }>;
type ForgetId = Extract<ButtonId, { action: 'forget' }>;
type MarkId = Extract<ButtonId, { action: 'up' | 'down' }>;
type MoreId = Extract<ButtonId, { action: 'more' }>;
type SimilarId = Extract<ButtonId, { action: 'similar' }>;

/** What answers the buttons, by their action. */
export type Buttons = {
  readonly search: (pressed: Pressed<SearchId>, defer: Defer) => Promise<Answer>;
  readonly list: (pressed: Pressed<ListId>, defer: Defer) => Promise<Answer>;
  readonly again: (pressed: Pressed<AgainId>, defer: Defer) => Promise<Answer>;
  readonly forget: (pressed: Pressed<ForgetId>, defer: Defer) => Promise<Answer>;
  readonly more: (pressed: Pressed<MoreId>, defer: Defer) => Promise<Answer>;
  readonly similar: (pressed: Pressed<SimilarId>, defer: Defer) => Promise<Answer>;
} & Readonly<Record<MarkId['action'], (pressed: Pressed<MarkId>, defer: Defer) => Promise<Answer>>>;

/** A form of ours that somebody filled in and sent. `fields`: by name, the text or the value chosen; checked by Discord's clients only. */
export type SentForm = Asked & { readonly form: FormId; readonly fields: Readonly<Record<string, string>> };

/** What answers the forms, by their action. Discord takes no form as an answer to a form. */
export type Forms = Readonly<Record<FormId['action'], (sent: SentForm, defer: Defer) => Promise<MessageAnswer>>>;

/** An answer that only the asker sees. */
export function privately(content: string): MessageAnswer {
  return { place: 'private', body: { content } };
}
