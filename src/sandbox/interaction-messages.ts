import { ApplicationCommandType, InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { refuse } from './api-error.ts';
import { buildMessage, editMessage } from './build-message.ts';
import type { UploadedFile } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import type { Interaction, UsedCommand } from './interactions.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import { referenceTo } from './reply.ts';
import type { SandboxState } from './state.ts';
import { demandAnswerable, noteThreadMessage } from './thread-activity.ts';
import { userObject } from './user-objects.ts';
import type { MessagePayload } from './validate-message.ts';
import { applicationId, bot } from './world.ts';

/** How a message comes about that answers an interaction. */
export type AnswerOptions = {
  readonly payload: MessagePayload;
  readonly files: readonly UploadedFile[];
  readonly isEphemeral: boolean;
  /** Where the message stands in the request's body. */
  readonly under?: readonly string[];
  /** A deferred answer: “Paperboy is thinking…”, to be filled in later. */
  readonly isLoading?: boolean;
};

/**
 * Posts the first answer of an interaction, or one that follows it, into its channel. To a thread it is a message like any other, unless
 * one person alone sees it.
 *
 * @throws ApiError 10003, 50006, 50035, 50046, 50083, 160005, 160006
 */
export function addAnswer(
  state: SandboxState,
  files: FileStore,
  interaction: Interaction,
  options: AnswerOptions,
): Message {
  const flags =
    (options.isEphemeral ? MessageFlags.Ephemeral : 0) | (options.isLoading === true ? MessageFlags.Loading : 0);
  const isFollowUp = interaction.originalId !== null;
  const replied = isFollowUp
    ? { id: interaction.originalId ?? '', channel_id: interaction.channel }
    : (interaction.source ?? interaction.command?.targetMessage);
  const answersCommand = interaction.command !== null && !isFollowUp;
  if (!state.hasChannel(interaction.channel)) throw refuse(10003);
  if (!options.isEphemeral) demandAnswerable(state, interaction.channel);
  const message = buildMessage(state, files, {
    channel: interaction.channel,
    author: bot,
    payload: options.payload,
    files: options.files,
    under: options.under ?? [],
    extra: {
      type: answersCommand ? typeOfAnswer(interaction.command) : MessageType.Reply,
      flags,
      webhook_id: applicationId,
      application_id: applicationId,
      interaction_metadata: metadataOf(interaction),
      ...(answersCommand ? { interaction: legacyInteraction(interaction, interaction.command.name) } : {}),
      ...(replied ? { message_reference: referenceTo(replied, state) } : {}),
    },
  });
  if (!options.isEphemeral) noteThreadMessage(state, interaction.channel, bot.id);
  state.addMessage(message, options.isEphemeral ? interaction.person.id : null);
  return message;
}

/** Edits a message that answers an interaction, or the one that its component stands on. @throws ApiError as addAnswer does */
export function changeAnswer(
  state: SandboxState,
  files: FileStore,
  message: Message,
  change: { payload: MessagePayload; files: readonly UploadedFile[]; under?: readonly string[] },
): Message {
  if ((message.flags & MessageFlags.Ephemeral) === 0) demandAnswerable(state, message.channel_id);
  const edited = editMessage(state, files, message, change.payload, change.files, change.under);
  state.replaceMessage(edited);
  return edited;
}

/** A slash command's answer says so, as does one of a context menu. */
function typeOfAnswer(command: UsedCommand): MessageType {
  return command.type === ApplicationCommandType.ChatInput
    ? MessageType.ChatInputCommand
    : MessageType.ContextMenuCommand;
}

/** Which interaction a message answers; that of a modal tells which one opened it. */
function metadataOf(interaction: Interaction): JsonObject {
  const { command, source, opener } = interaction;
  const isComponent = interaction.type === InteractionType.MessageComponent;
  return {
    id: interaction.id,
    type: interaction.type,
    user: userObject(interaction.person),
    authorizing_integration_owners: { 0: interaction.guild ?? '0' },
    ...(command === null ? {} : { name: command.name, command_type: command.type }),
    ...(command?.targetUser ? { target_user: userObject(command.targetUser) } : {}),
    ...(command?.targetMessage ? { target_message_id: command.targetMessage.id } : {}),
    ...(interaction.originalId === null ? {} : { original_response_message_id: interaction.originalId }),
    ...(isComponent && source !== null ? { interacted_message_id: source.id } : {}),
    ...(opener === null ? {} : { triggering_interaction_metadata: metadataOf({ ...opener, originalId: null }) }),
  };
}

/** The older form, which still names the command. */
function legacyInteraction({ id, type, person }: Interaction, name: string): JsonObject {
  return { id, type, name, user: userObject(person) };
}
