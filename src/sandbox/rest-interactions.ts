import {
  ApplicationCommandOptionType as Option,
  InteractionResponseType as Response,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { refuse } from './api-error.ts';
import { param, usualLimit } from './endpoint.ts';
import type { Answer, Call, Endpoint } from './endpoint.ts';
import { echoComponents } from './echo.ts';
import type { FileStore } from './file-store.ts';
import { invalidForm, parseForm } from './form-errors.ts';
import { addAnswer, changeAnswer } from './interaction-messages.ts';
import type { Interaction, Interactions } from './interactions.ts';
import { shownName } from './localisations.ts';
import type { Message } from './message.ts';
import { readableByBot } from './message-content.ts';
import type { SandboxState } from './state.ts';
import { choicesOf, choiceValues } from './validate-command-options.ts';
import { parseMessage } from './validate-message.ts';
import { modalSchema } from './validate-modal.ts';

const callbackSchema = z.object({ type: z.int(), data: z.unknown().optional() });
/** Of a promise the bot can only say who will see it; all else comes with the edit. */
const deferralSchema = z
  .object({
    flags: z
      .int()
      .refine((flags) => (flags & ~MessageFlags.Ephemeral) === 0, 'Only EPHEMERAL may be set on a deferred answer.')
      .nullish(),
  })
  .nullish();
/** Suggestions must be of the kind of the option that they are for. */
const suggestionsFor = (option: Option | null) => {
  const kind = option === Option.Integer || option === Option.Number ? option : Option.String;
  return z.object({ choices: choicesOf<string | number>(choiceValues[kind]) });
};

/**
 * Which answers each kind of interaction takes. The bot has no Activity to launch, sells nothing (its answer is retired anyway), and is
 * pinged only over HTTP. Source: interactions/receiving-and-responding, Interaction Callback Type.
 */
const allowedAnswers: Readonly<Partial<Record<InteractionType, readonly Response[]>>> = {
  [InteractionType.ApplicationCommand]: [
    Response.ChannelMessageWithSource,
    Response.DeferredChannelMessageWithSource,
    Response.Modal,
  ],
  [InteractionType.MessageComponent]: [
    Response.ChannelMessageWithSource,
    Response.DeferredChannelMessageWithSource,
    Response.DeferredMessageUpdate,
    Response.UpdateMessage,
    Response.Modal,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Response.ApplicationCommandAutocompleteResult],
  [InteractionType.ModalSubmit]: [
    Response.ChannelMessageWithSource,
    Response.DeferredChannelMessageWithSource,
    Response.DeferredMessageUpdate,
    Response.UpdateMessage,
  ],
};

/** The first answer to an interaction: a message, a promise of one, an update, choices or a modal. */
export function callbackEndpoint(state: SandboxState, interactions: Interactions, files: FileStore): Endpoint {
  return {
    method: 'POST',
    path: '/interactions/:id/:token/callback',
    access: 'open',
    limit: usualLimit,
    handle(call) {
      const interaction = interactions.toAnswer(param(call, 'id'), param(call, 'token'));
      const { type, data } = parseForm(callbackSchema, call.body);
      const allowed = (allowedAnswers[interaction.type] ?? []).filter(
        (one) => interaction.source !== null || !isUpdate(one),
      );
      if (!allowed.includes(type)) {
        const message = `Value must be one of {${allowed.join(', ')}}.`;
        throw invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
      }
      const shown = answer(interaction, type, data, call);
      interactions.acknowledge(interaction);
      return answerBody(call, interaction, shown, state);
    },
  };

  function answer(interaction: Interaction, type: Response, data: unknown, call: Call): Shown {
    const asked = { payload: parseMessageData(type, data, interaction.source), files: call.files, under: ['data'] };
    switch (type) {
      case Response.ChannelMessageWithSource: {
        const isEphemeral = ((asked.payload.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
        const message = addAnswer(state, files, interaction, { ...asked, isEphemeral });
        Object.assign(interaction, { isEphemeral, originalId: message.id });
        interactions.reply(interaction, { kind: 'message', message });
        return { type, message };
      }
      case Response.DeferredChannelMessageWithSource: {
        const flags = parseForm(deferralSchema, data ?? {}, ['data'])?.flags ?? 0;
        const isEphemeral = (flags & MessageFlags.Ephemeral) !== 0;
        const message = addAnswer(state, files, interaction, { payload: {}, files: [], isEphemeral, isLoading: true });
        Object.assign(interaction, { isEphemeral, originalId: message.id });
        return { type, message };
      }
      case Response.DeferredMessageUpdate:
        interaction.originalId = interaction.source?.id ?? null;
        return { type };
      case Response.UpdateMessage: {
        const source = state.findMessage(interaction.channel, interaction.source?.id ?? '');
        if (source === undefined) throw refuse(10008);
        const message = changeAnswer(state, files, source, asked);
        interaction.originalId = message.id;
        interactions.reply(interaction, { kind: 'message', message });
        return { type, message };
      }
      case Response.ApplicationCommandAutocompleteResult: {
        const { choices } = parseForm(suggestionsFor(interaction.focused), data ?? {}, ['data']);
        const { locale } = interaction.person;
        const offered = choices.map((choice) => ({ name: shownName(choice, locale), value: choice.value }));
        interactions.reply(interaction, { kind: 'choices', choices: offered });
        return { type };
      }
      default: {
        const { components, ...modal } = parseForm(modalSchema, data ?? {}, ['data']);
        const shown = { ...modal, components: echoComponents(components) };
        interactions.showModal(interaction, shown);
        interactions.reply(interaction, { kind: 'modal', modal: shown });
        return { type };
      }
    }
  }
}

type Shown = { readonly type: Response; readonly message?: Message };

function isUpdate(type: Response): boolean {
  return type === Response.UpdateMessage || type === Response.DeferredMessageUpdate;
}

function parseMessageData(type: Response, data: unknown, source: Message | null) {
  if (type !== Response.ChannelMessageWithSource && type !== Response.UpdateMessage) return {};
  const isV2 = type === Response.UpdateMessage && ((source?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  return parseMessage(data ?? {}, { isV2, under: ['data'] });
}

/** 204, or with `with_response` what became of it. */
function answerBody(call: Call, interaction: Interaction, shown: Shown, state: SandboxState): Answer {
  if (call.query.get('with_response') !== 'true') return { status: 204 };
  const { message, type } = shown;
  const isLoading = type === Response.DeferredChannelMessageWithSource;
  const body = {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      channel_id: interaction.channel,
      ...(interaction.guild === null ? {} : { guild_id: interaction.guild }),
      ...(message === undefined
        ? {}
        : {
            response_message_id: message.id,
            response_message_loading: isLoading,
            response_message_ephemeral: (message.flags & MessageFlags.Ephemeral) !== 0,
          }),
    },
    ...(message === undefined || isLoading ? {} : { resource: { type, message: readableByBot(message, state) } }),
  };
  return { status: 200, body };
}
