import { InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';
import { commandsIn, demandPermission } from './command-access.ts';
import { invoke } from './command-options.ts';
import type { Invocation } from './command-options.ts';
import { useComponent } from './component-values.ts';
import { invokeOn } from './context-menu.ts';
import { readBody } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { fieldsOf, named } from './control-fields.ts';
import type { FileStore } from './file-store.ts';
import type { Gateway } from './gateway.ts';
import { isMember } from './guild-store.ts';
import { interactionPayload, resolvedData } from './interaction-payload.ts';
import type { InteractionOrigin, Interactions, Reply, UsedCommand } from './interactions.ts';
import type { JsonObject } from './json.ts';
import { atHand } from './mentioned.ts';
import type { Mentioned } from './mentioned.ts';
import type { Message } from './message.ts';
import { messageFor } from './message-view.ts';
import { fillModal, modalFieldsSchema } from './modal-values.ts';
import { personOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import { seenMessage } from './seen-message.ts';
import type { Command, SandboxState } from './state.ts';
import { bot } from './world.ts';

/** How long somebody at the control API is kept waiting for the bot. */
const patienceMs = 5_000;
const choicesPatienceMs = 3_000;

const commandBody = fieldsOf({
  user: named,
  channel: named,
  command: z.string().min(1),
  options: z.unknown().optional(),
  /** A message or person, for a command of their context menu. */
  target: named.optional(),
});
const componentBody = fieldsOf({
  user: named,
  channel: named.optional(),
  message: named,
  customId: z.string().min(1),
  values: z.array(z.string()).optional(),
});
const modalBody = fieldsOf({
  user: named,
  channel: named.optional(),
  customId: z.string().min(1),
  fields: modalFieldsSchema,
});
const autocompleteBody = commandBody.omit({ target: true }).extend({ focused: z.string().min(1) });

export type InteractionResult = {
  readonly id: string;
  /** From the event to the bot's first answer; null when it never came. */
  readonly ackMs: number | null;
  readonly replies: readonly Message[];
  /** The form that opened, where the answer was one. */
  readonly modal?: JsonObject;
};

type Deps = {
  readonly state: SandboxState;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly files: FileStore;
};

/**
 * Does what a person does in Discord's client: types a command, presses a button, chooses, sends a form. Resolves when
 * the bot has answered (after a deferral: when its edit or follow-up came), or after five seconds.
 *
 * @throws ControlError with a sentence where Discord's client would not even send it
 */
export async function interact(body: unknown, deps: Deps): Promise<InteractionResult> {
  const { origin, data } = readInteraction(body, deps);
  const { interaction, reply } = await start(origin, data, patienceMs, deps);
  const original = deps.state.findMessage(interaction.channel, interaction.originalId ?? '');
  const replies =
    reply?.kind === 'message'
      ? [reply.message]
      : reply === null && interaction.type === InteractionType.ApplicationCommand && original !== undefined
        ? [original]
        : [];
  return {
    id: interaction.id,
    ackMs: interaction.ackedMs === null ? null : interaction.ackedMs - interaction.startedMs,
    replies: replies.map((message) => messageFor(message, interaction.person.id, deps.state)),
    ...(reply?.kind === 'modal' ? { modal: reply.modal } : {}),
  };
}

/** What the bot offers for the option that is being typed; nothing when it does not answer in time. */
export async function autocomplete(body: unknown, deps: Deps): Promise<{ choices: readonly JsonObject[] }> {
  const asked = readBody(autocompleteBody, body);
  const place = placeOf(asked.user, asked.channel, deps.state);
  const invocation = typedCommand(place, asked.command, asked.options, asked.focused, deps);
  const origin = {
    ...originAt(place),
    type: InteractionType.ApplicationCommandAutocomplete,
    command: usedSlash(invocation),
    focused: invocation.focused,
  };
  const { reply } = await start(origin, slashData(invocation, place, deps.state), choicesPatienceMs, deps);
  return { choices: reply?.kind === 'choices' ? reply.choices : [] };
}

async function start(origin: InteractionOrigin, data: JsonObject, waitMs: number, deps: Deps) {
  const interaction = deps.interactions.start(origin);
  const answered: Promise<Reply | null> = deps.interactions.replyTo(interaction, waitMs);
  if (!deps.gateway.dispatchInteraction(interactionPayload(deps.state, interaction, data), origin.guild)) {
    deps.interactions.reply(interaction, { kind: 'nothing' });
    throw new ControlError(503, 'The bot is not connected to the gateway, so nobody would answer.');
  }
  return { interaction, reply: await answered };
}

function readInteraction(body: unknown, deps: Deps): { origin: InteractionOrigin; data: JsonObject } {
  const shape = (body ?? {}) as { command?: unknown; message?: unknown };
  if (shape.command !== undefined) return readCommand(readBody(commandBody, body), deps);
  if (shape.message !== undefined) return readComponent(readBody(componentBody, body), deps);
  return readModal(readBody(modalBody, body), deps);
}

function readCommand(asked: z.infer<typeof commandBody>, deps: Deps) {
  const place = placeOf(asked.user, asked.channel, deps.state);
  if (asked.target !== undefined) {
    if (asked.options !== undefined) throw new ControlError(400, 'A command with a target takes no options.');
    const { command, target, mentioned } = invokeOn(asked.command, asked.target, place, deps.state);
    const used = {
      type: command.type,
      name: command.name,
      targetUser: target.kind === 'user' ? target.person : null,
      targetMessage: target.kind === 'message' ? target.message : null,
    };
    const origin = { ...originAt(place), type: InteractionType.ApplicationCommand, command: used };
    const targetId = target.kind === 'user' ? target.person.id : target.message.id;
    return { origin, data: { ...commandData(command, mentioned, place, deps.state), target_id: targetId } };
  }
  const invocation = typedCommand(place, asked.command, asked.options, null, deps);
  const origin = { ...originAt(place), type: InteractionType.ApplicationCommand, command: usedSlash(invocation) };
  return { origin, data: slashData(invocation, place, deps.state) };
}

function readComponent(asked: z.infer<typeof componentBody>, { state, files }: Deps) {
  const { place, message: source } = seenMessage(asked.user, asked.message, state);
  if (source.author.id !== bot.id || (place.guild !== undefined && !isMember(place.guild, bot.id))) {
    throw new ControlError(403, 'This interaction failed: the bot is not here to hear of it.');
  }
  const at = atHand(place, state, files);
  const { data, mentioned } = useComponent(source.components, asked.customId, asked.values, at);
  const origin = { ...originAt(place), type: InteractionType.MessageComponent, source };
  return { origin, data: { ...data, ...resolvedData(state, mentioned, place) } };
}

function readModal(asked: z.infer<typeof modalBody>, { state, interactions, files }: Deps) {
  const person = personOf(asked.user, state);
  const open = interactions.modalOf(person.id);
  if (open === undefined || open.modal.custom_id !== asked.customId) {
    throw new ControlError(400, `${person.name} has no form “${asked.customId}” open.`);
  }
  const { opener, modal } = open;
  const place = placeOf(asked.user, opener.channel, state);
  const { data, mentioned } = fillModal(modal, asked.fields, atHand(place, state, files));
  interactions.closeModal(person.id);
  const origin = { ...originAt(place), type: InteractionType.ModalSubmit, source: opener.source, opener };
  return { origin, data: { ...data, ...resolvedData(state, mentioned, place) } };
}

function typedCommand(
  place: Place,
  command: string,
  options: unknown,
  focused: string | null,
  { state, files }: Deps,
): Invocation {
  const typing = { focused, locale: place.person.locale, at: atHand(place, state, files) };
  const invocation = invoke(commandsIn(place, state), command, options, typing);
  demandPermission(invocation.command, place, state);
  return invocation;
}

function usedSlash({ command, name }: Invocation): UsedCommand {
  return { type: command.type, name, targetUser: null, targetMessage: null };
}

function slashData({ command, options, mentioned }: Invocation, place: Place, state: SandboxState): JsonObject {
  return { ...commandData(command, mentioned, place, state), options };
}

function commandData(command: Command, mentioned: readonly Mentioned[], place: Place, state: SandboxState): JsonObject {
  const guild = command['guild_id'] === undefined ? {} : { guild_id: command['guild_id'] };
  const { id, name, type } = command;
  return { id, name, type, ...guild, ...resolvedData(state, mentioned, place) };
}

function originAt({ person, channel, guild }: Place) {
  return { person, channel, guild: guild?.id ?? null, command: null, source: null, opener: null, focused: null };
}
