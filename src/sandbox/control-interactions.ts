import { InteractionType, PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { invoke } from './command-options.ts';
import type { Invocation } from './command-options.ts';
import { fillModal, useComponent } from './component-values.ts';
import { readBody } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { interactionPayload, resolvedData } from './interaction-payload.ts';
import type { Gateway } from './gateway.ts';
import type { InteractionOrigin, Interactions, Reply } from './interactions.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import type { Command, SandboxState } from './state.ts';
import { personOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import { guildChannels, guildId, permissionsOf } from './world.ts';
import type { Person } from './world.ts';

/** How long somebody at the control API is kept waiting for the bot. */
const patienceMs = 5_000;
const choicesPatienceMs = 3_000;

const who = z.string().min(1);
const commandBody = z.strictObject({
  user: who,
  channel: who,
  command: z.string().min(1),
  options: z.unknown().optional(),
});
const componentBody = z.strictObject({
  user: who,
  channel: who.optional(),
  message: who,
  customId: z.string().min(1),
  values: z.array(z.string()).optional(),
});
const modalBody = z.strictObject({
  user: who,
  channel: who.optional(),
  customId: z.string().min(1),
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});
const autocompleteBody = commandBody.extend({ focused: z.string().min(1) });

export type InteractionResult = {
  readonly id: string;
  /** From the event to the bot's first answer; null when it never came. */
  readonly ackMs: number | null;
  readonly replies: readonly Message[];
  /** The form that opened, where the answer was one. */
  readonly modal?: JsonObject;
};

type Deps = { readonly state: SandboxState; readonly gateway: Gateway; readonly interactions: Interactions };

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
    replies,
    ...(reply?.kind === 'modal' ? { modal: reply.modal } : {}),
  };
}

/** What the bot offers for the option that is being typed; nothing when it does not answer in time. */
export async function autocomplete(body: unknown, deps: Deps): Promise<{ choices: readonly JsonObject[] }> {
  const asked = readBody(autocompleteBody, body);
  const place = placeOf(asked.user, asked.channel, deps.state);
  const invocation = invoke(commandsIn(place, deps.state), asked.command, asked.options, asked.focused);
  demandPermission(invocation.command, place);
  const origin = {
    ...place,
    type: InteractionType.ApplicationCommandAutocomplete,
    commandName: invocation.name,
    source: null,
  };
  const { reply } = await start(origin, commandData(invocation, place.person, deps.state), choicesPatienceMs, deps);
  return { choices: reply?.kind === 'choices' ? reply.choices : [] };
}

async function start(origin: InteractionOrigin, data: JsonObject, waitMs: number, deps: Deps) {
  const interaction = deps.interactions.start(origin);
  const answered: Promise<Reply | null> = deps.interactions.replyTo(interaction, waitMs);
  if (
    !deps.gateway.dispatchInteraction(
      interactionPayload(deps.state, interaction, data),
      origin.isDirect ? null : guildId,
    )
  ) {
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

function readCommand(asked: z.infer<typeof commandBody>, { state }: Deps) {
  const place = placeOf(asked.user, asked.channel, state);
  const invocation = invoke(commandsIn(place, state), asked.command, asked.options, null);
  demandPermission(invocation.command, place);
  const origin = { ...place, type: InteractionType.ApplicationCommand, commandName: invocation.name, source: null };
  return { origin, data: commandData(invocation, place.person, state) };
}

function readComponent(asked: z.infer<typeof componentBody>, { state }: Deps) {
  const person = personOf(asked.user);
  const channels = [...guildChannels, ...state.directChannels()];
  const source = channels.flatMap(({ id }) => state.findMessage(id, asked.message) ?? [])[0];
  const only = source === undefined ? null : state.visibleTo(source.id);
  if (source === undefined || (only !== null && only !== person.id)) {
    throw new ControlError(404, `There is no message ${asked.message} that ${person.name} can see.`);
  }
  const place = placeOf(asked.user, source.channel_id, state);
  const { data, mentioned } = useComponent(source.components, asked.customId, asked.values);
  const origin = { ...place, type: InteractionType.MessageComponent, commandName: null, source };
  return { origin, data: { ...data, ...resolvedData(state, mentioned, person) } };
}

function readModal(asked: z.infer<typeof modalBody>, { state, interactions }: Deps) {
  const person = personOf(asked.user);
  const open = interactions.modalOf(person.id);
  if (open === undefined || open.modal.custom_id !== asked.customId) {
    throw new ControlError(400, `${person.name} has no form “${asked.customId}” open.`);
  }
  const data = fillModal(open.modal, asked.fields);
  const place = placeOf(asked.user, open.channel, state);
  interactions.closeModal(person.id);
  return { origin: { ...place, type: InteractionType.ModalSubmit, commandName: null, source: open.source }, data };
}

/** The commands that Discord's client offers in this place. Source: interactions/application-commands, contexts. */
function commandsIn(place: Place, state: SandboxState): Command[] {
  return state.commands().filter((command) => {
    if (!place.isDirect) return !Array.isArray(command['contexts']) || command['contexts'].includes(0);
    if (command['guild_id'] !== undefined) return false;
    return Array.isArray(command['contexts']) ? command['contexts'].includes(1) : command['dm_permission'] !== false;
  });
}

function demandPermission(command: Command, { person, isDirect }: Place): void {
  const needed = command['default_member_permissions'];
  const held = permissionsOf(person);
  if (isDirect || typeof needed !== 'string' || (held & PermissionFlagsBits.Administrator) !== 0n) return;
  const bits = BigInt(needed);
  // "0" is for administrators alone.
  if (bits !== 0n && (held & bits) === bits) return;
  throw new ControlError(
    403,
    `You do not have permission to use this command: /${command.name} is not for ${person.name} here.`,
  );
}

function commandData({ command, options, mentioned }: Invocation, person: Person, state: SandboxState): JsonObject {
  const guild = command['guild_id'] === undefined ? {} : { guild_id: command['guild_id'] };
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...guild,
    options,
    ...resolvedData(state, mentioned, person),
  };
}
