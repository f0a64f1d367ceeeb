import { MessageFlags } from 'discord.js';
import type {
  BaseMessageOptions,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import type { Answer, Defer, MessageAnswer, Place } from './command.ts';
import type { MessageBody } from './embed-paper.ts';
import { discordFailure } from './failure.ts';
import type { Form } from './form.ts';

/** One question and its answer, whatever was said to Discord about it so far. */
export type Exchange = {
  readonly defer: Defer;
  answer(answer: Answer): Promise<void>;
  /** A further, private message after an answer that was one. */
  add(body: MessageBody): Promise<void>;
};

/**
 * How long an answer announced `if-slow` may take, in real milliseconds: of the three seconds that Discord waits, two are left for the way
 * there and for whatever keeps this process busy.
 */
const patienceMs = 1_000;

/** Discord's code for an interaction that has its first answer already. */
const alreadyAcknowledged = 40060;

/**
 * Opens an exchange over an interaction that nobody has answered yet.
 * Where a call fails so that nobody knows whether Discord took it, the next one shows: it takes only one first answer.
 * Deferring twice changes nothing; an answer after an answer is a further, private message.
 */
export function openExchange(
  interaction: ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction,
): Exchange {
  let state: 'new' | Place | 'answered' = 'new';
  /** What Discord may have heard already, although its answer was lost. */
  let unsure: Place | null = null;
  const onMessage =
    interaction.isButton() || (interaction.isModalSubmit() && interaction.isFromMessage()) ? interaction : null;

  let patience: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** One call of Discord after another, whatever became of those before: an answer must not overtake its announcement. */
  function inTurn(call: () => Promise<void>): Promise<void> {
    clearTimeout(patience);
    const done = turn.then(call);
    turn = done.catch(() => undefined);
    return done;
  }

  async function announce(asked: Place): Promise<void> {
    if (state !== 'new' || unsure !== null) return;
    const place = asked === 'update' && !onMessage ? 'private' : asked;
    try {
      if (place === 'update' && onMessage) await onMessage.deferUpdate();
      else await interaction.deferReply(place === 'public' ? {} : { flags: MessageFlags.Ephemeral });
      state = place;
    } catch (thrown) {
      if (!mayHaveArrived(thrown)) throw thrown;
      // The answer may still come through, and tells which it was.
      unsure = place;
    }
  }

  const defer: Defer = async (place, when = 'now') => {
    if (when === 'now') return inTurn(() => announce(place));
    clearTimeout(patience);
    patience = setTimeout(() => {
      // What keeps Discord from hearing this keeps it from hearing the answer, and that is where it shows.
      inTurn(() => announce(place)).catch(() => undefined);
    }, patienceMs);
  };

  async function open(form: Form): Promise<void> {
    if (state !== 'new' || interaction.isModalSubmit()) {
      throw new Error('discord: a form came as a second answer, or as the answer to a form');
    }
    try {
      await interaction.showModal(form);
    } catch (thrown) {
      if (!mayHaveArrived(thrown)) throw thrown;
      await interaction.showModal(form).catch((second: unknown) => {
        if (!isAcknowledged(second)) throw second;
      });
    }
    state = 'answered';
  }

  /** Gives the first answer there is; false where there was one before, which is to be edited. */
  async function begin(message: BaseMessageOptions, flags: number, place: Place): Promise<boolean> {
    const reply = async () => {
      if (place === 'update') await onMessage?.update(message);
      else await interaction.reply({ ...message, flags });
    };
    try {
      try {
        await reply();
      } catch (thrown) {
        if (!mayHaveArrived(thrown)) throw thrown;
        unsure ??= place;
        await reply();
      }
      return true;
    } catch (thrown) {
      if (unsure === null || !isAcknowledged(thrown)) throw thrown;
      state = unsure;
      // The library knows only of answers whose arrival it was told of, and edits no other.
      interaction.deferred = true;
      return false;
    }
  }

  // The state follows what Discord accepted, so that an answer it refused can be followed by an apology.
  async function show({ place: asked, body }: MessageAnswer): Promise<void> {
    const message = messageOptions(body);
    const flags = body.flags ?? 0;
    const place = asked === 'update' && !onMessage ? 'private' : asked;
    const hidden = { ...message, flags: flags | MessageFlags.Ephemeral } as const;
    if (state === 'new' && (await begin(message, place === 'public' ? flags : hidden.flags, place))) {
      state = 'answered';
      return;
    }
    if (state === 'answered' || (state === 'update' && place !== 'update')) {
      await interaction.followUp(hidden);
    } else if (state === 'public' && place === 'private') {
      // Whether an answer is private is fixed when it is announced, so the announcement is taken back first. Discord then shows “Original
      // message was deleted” above the answer: the price of a refusal that came late.
      await interaction.deleteReply();
      state = 'answered';
      await interaction.followUp(hidden);
    } else {
      await interaction.editReply(message);
    }
    state = 'answered';
  }

  return {
    defer,
    answer: (answer) => inTurn(() => ('form' in answer ? open(answer.form) : show(answer))),
    add: (body) => inTurn(() => show({ place: 'private', body })),
  };
}

/** Whether a call failed in a way that leaves open what became of it. */
function mayHaveArrived(thrown: unknown): boolean {
  const failure = discordFailure(thrown);
  return failure?.kind === 'server' || failure?.kind === 'network';
}

function isAcknowledged(thrown: unknown): boolean {
  const failure = discordFailure(thrown);
  return failure?.kind === 'refused' && failure.code === alreadyAcknowledged;
}

/** The JSON of a message as discord.js takes it. Nobody is ever pinged. */
function messageOptions(body: RESTPostAPIChannelMessageJSONBody): BaseMessageOptions {
  return {
    // An edit keeps what it does not name: a page of results without buttons must lose those of the page before.
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    allowedMentions: { parse: [] },
  };
}
