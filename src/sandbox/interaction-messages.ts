import { InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { buildMessage, editMessage } from './build-message.ts';
import type { UploadedFile } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import type { Interaction } from './interactions.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import { referenceTo, withoutReferenced } from './reply.ts';
import type { SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';
import type { MessagePayload } from './validate-message.ts';
import { applicationId, bot } from './world.ts';

/** How a message comes about that answers an interaction. */
export type AnswerOptions = {
  readonly payload: MessagePayload;
  readonly files: readonly UploadedFile[];
  readonly isEphemeral: boolean;
  /** A deferred answer: “Paperboy is thinking…”, to be filled in later. */
  readonly isLoading?: boolean;
};

/** Posts the first answer of an interaction, or one that follows it, into its channel. */
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
    ? state.findMessage(interaction.channel, interaction.originalId ?? '')
    : interaction.source;
  const isCommand = interaction.commandName !== null;
  const message = buildMessage(state, files, {
    channel: interaction.channel,
    author: bot,
    payload: options.payload,
    files: options.files,
    extra: {
      type: isCommand && !isFollowUp ? MessageType.ChatInputCommand : MessageType.Reply,
      flags,
      webhook_id: applicationId,
      application_id: applicationId,
      interaction_metadata: metadataOf(interaction),
      ...(isCommand && !isFollowUp ? { interaction: legacyInteraction(interaction) } : {}),
      ...(replied
        ? { message_reference: referenceTo(replied, state), referenced_message: withoutReferenced(replied) }
        : {}),
    },
  });
  if (!options.isEphemeral) state.guilds.countMessage(interaction.channel);
  state.addMessage(message, options.isEphemeral ? interaction.person.id : null);
  return message;
}

/** Edits a message that answers an interaction, or the one that its component stands on. */
export function changeAnswer(
  state: SandboxState,
  files: FileStore,
  message: Message,
  change: { payload: MessagePayload; files: readonly UploadedFile[] },
): Message {
  const edited = editMessage(state, files, message, change.payload, change.files);
  state.replaceMessage(edited);
  return edited;
}

function metadataOf(interaction: Interaction): JsonObject {
  const isComponent = interaction.type !== InteractionType.ApplicationCommand;
  return {
    id: interaction.id,
    type: interaction.type,
    user: userObject(interaction.person),
    authorizing_integration_owners: { 0: interaction.guild ?? '0' },
    ...(interaction.commandName === null ? {} : { name: interaction.commandName, command_type: 1 }),
    ...(interaction.originalId === null ? {} : { original_response_message_id: interaction.originalId }),
    ...(isComponent && interaction.source !== null ? { interacted_message_id: interaction.source.id } : {}),
    ...(interaction.type === InteractionType.ModalSubmit
      ? { triggering_interaction_metadata: interaction.source?.interaction_metadata ?? openingMetadata(interaction) }
      : {}),
  };
}

/** The interaction that opened a modal, where no message tells of it. */
function openingMetadata(interaction: Interaction): JsonObject {
  return {
    id: interaction.id,
    type: InteractionType.ApplicationCommand,
    user: userObject(interaction.person),
    authorizing_integration_owners: { 0: interaction.guild ?? '0' },
  };
}

/** The older form, which still names the command. */
function legacyInteraction(interaction: Interaction): JsonObject {
  const { id, type, person, commandName } = interaction;
  return { id, type, name: commandName, user: userObject(person) };
}
