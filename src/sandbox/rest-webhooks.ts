import { MessageFlags } from 'discord-api-types/v10';
import { refuse } from './api-error.ts';
import { param } from './endpoint.ts';
import type { Call, Endpoint, Limit } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import { addAnswer, changeAnswer } from './interaction-messages.ts';
import type { Interaction, Interactions } from './interactions.ts';
import type { Message } from './message.ts';
import { readableByBot } from './message-content.ts';
import type { SandboxState } from './state.ts';
import { parseMessage } from './validate-message.ts';
import { applicationId } from './world.ts';

const perToken: Limit = { count: 5, windowMs: 5_000 };

/** What follows the first answer of an interaction, under its token: follow-ups, and edits of what was answered. */
export function webhookEndpoints(state: SandboxState, interactions: Interactions, files: FileStore): Endpoint[] {
  const interactionOf = (call: Call): Interaction => {
    if (param(call, 'id') !== applicationId) throw refuse(10015);
    return interactions.answered(param(call, 'token'));
  };
  /** The message of the path, which must have come of this interaction. */
  const messageOf = (call: Call, interaction: Interaction): Message => {
    const id = call.params['message'] ?? interaction.originalId;
    const message = id === null ? undefined : state.findMessage(interaction.channel, id);
    const isOwn = id === interaction.originalId || message?.interaction_metadata?.['id'] === interaction.id;
    if (message === undefined || !isOwn) throw refuse(10008);
    return message;
  };
  const change = (call: Call): Message => {
    const interaction = interactionOf(call);
    const message = messageOf(call, interaction);
    const payload = parseMessage(call.body, { isV2: (message.flags & MessageFlags.IsComponentsV2) !== 0 });
    const edited = changeAnswer(state, files, message, { payload, files: call.files });
    interactions.reply(interaction, { kind: 'message', message: edited });
    return edited;
  };
  const follow = (call: Call): Message => {
    const interaction = interactionOf(call);
    const original = state.findMessage(interaction.channel, interaction.originalId ?? '');
    // The first message after a deferred answer takes its place, as an edit would.
    if (original !== undefined && (original.flags & MessageFlags.Loading) !== 0) return change(call);
    const payload = parseMessage(call.body);
    const isEphemeral = ((payload.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
    const message = addAnswer(state, files, interaction, { payload, files: call.files, isEphemeral });
    interactions.reply(interaction, { kind: 'message', message });
    return message;
  };
  return [
    route('POST', '', (call) => ({ status: 200, body: readableByBot(follow(call), state) })),
    ...['/messages/@original', '/messages/:message'].flatMap((path) => [
      route('GET', path, (call) => ({ status: 200, body: readableByBot(messageOf(call, interactionOf(call)), state) })),
      route('PATCH', path, (call) => ({ status: 200, body: readableByBot(change(call), state) })),
      route('DELETE', path, (call) => {
        const message = messageOf(call, interactionOf(call));
        state.removeMessage(message.channel_id, message.id);
        return { status: 204 };
      }),
    ]),
  ];
}

function route(method: Endpoint['method'], path: string, handle: Endpoint['handle']): Endpoint {
  return { method, path: `/webhooks/:id/:token${path}`, access: 'open', limit: perToken, handle };
}
