import { randomBytes } from 'node:crypto';
import type { ApplicationCommandOptionType, ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { refuse } from './api-error.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import type { Person } from './person.ts';
import type { Snowflake } from './snowflake.ts';

/** The first answer must come within this; later its token is worth nothing. Source: interactions/receiving-and-responding. */
const firstAnswerMs = 3_000;
/** How long the token serves for edits and follow-ups. */
const tokenMs = 15 * 60_000;

/** The command that was used. */
export type UsedCommand = {
  readonly type: ApplicationCommandType;
  /** `search` or `alert add`. */
  readonly name: string;
  /** Whom or what a command of a context menu was used on. */
  readonly targetUser: Person | null;
  readonly targetMessage: Message | null;
};

/** What a person did, as far as answering it needs to know. */
export type InteractionOrigin = {
  readonly type: InteractionType;
  readonly person: Person;
  readonly channel: Snowflake;
  /** The server it happened in; null for a private channel. */
  readonly guild: Snowflake | null;
  /** Null for components and modals. */
  readonly command: UsedCommand | null;
  /** The message whose component was used, also for a modal that it opened. */
  readonly source: Message | null;
  /** The interaction that opened the modal which is sent now. */
  readonly opener: Interaction | null;
  /** The kind of the option that is being typed. */
  readonly focused: ApplicationCommandOptionType | null;
};

export type Modal = { readonly custom_id: string; readonly title: string; readonly components: readonly JsonObject[] };

/** What the bot made of it, as the control API tells it. */
export type Reply =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'modal'; readonly modal: Modal }
  | { readonly kind: 'choices'; readonly choices: readonly JsonObject[] }
  /** Acknowledged without anything to see: a deferred update. */
  | { readonly kind: 'nothing' };

export type Interaction = InteractionOrigin & {
  readonly id: string;
  readonly token: string;
  readonly startedMs: number;
  /** When the first answer came; null until then. */
  ackedMs: number | null;
  isEphemeral: boolean;
  /** The message that `@original` stands for. */
  originalId: string | null;
};

export type Interactions = ReturnType<typeof createInteractions>;

/** The interactions that are under way, with their deadlines, and the modals that people have before them. */
export function createInteractions(deps: { now: () => number; nextId: () => string }) {
  const running = new Map<string, Interaction>();
  const byToken = new Map<string, Interaction>();
  const waiting = new Map<string, (reply: Reply) => void>();
  /** One a person: a second one takes the place of the first. */
  const modals = new Map<string, { readonly modal: Modal; readonly opener: Interaction }>();

  const forgetOld = () => {
    for (const [id, interaction] of running) {
      if (deps.now() - interaction.startedMs < tokenMs) break;
      running.delete(id);
      byToken.delete(interaction.token);
      waiting.delete(id);
    }
  };

  return {
    start(origin: InteractionOrigin): Interaction {
      forgetOld();
      const interaction: Interaction = {
        ...origin,
        id: deps.nextId(),
        token: randomBytes(48).toString('base64url'),
        startedMs: deps.now(),
        ackedMs: null,
        isEphemeral: false,
        originalId: null,
      };
      running.set(interaction.id, interaction);
      byToken.set(interaction.token, interaction);
      return interaction;
    },
    /** The interaction to answer for the first time. @throws ApiError 10062 too late or never asked, 40060 a second time */
    toAnswer(id: string, token: string): Interaction {
      const interaction = running.get(id);
      if (interaction === undefined || interaction.token !== token) throw refuse(10062);
      if (interaction.ackedMs !== null) throw refuse(40060);
      if (deps.now() - interaction.startedMs > firstAnswerMs) throw refuse(10062);
      return interaction;
    },
    /** The interaction that was answered and whose token still serves. @throws ApiError 10015, 50027 */
    answered(token: string): Interaction {
      const interaction = byToken.get(token);
      if (interaction === undefined || deps.now() - interaction.startedMs > tokenMs) throw refuse(50027);
      if (interaction.ackedMs === null) throw refuse(10015);
      return interaction;
    },
    acknowledge(interaction: Interaction): void {
      interaction.ackedMs = deps.now();
    },
    showModal: (opener: Interaction, modal: Modal): void => void modals.set(opener.person.id, { modal, opener }),
    modalOf: (personId: string) => modals.get(personId),
    closeModal: (personId: string) => modals.delete(personId),
    /** Tells whoever waits that the bot has answered; only the first reply counts. */
    reply(interaction: Interaction, reply: Reply): void {
      waiting.get(interaction.id)?.(reply);
      waiting.delete(interaction.id);
    },
    /** The bot's reply; null when none came within `patienceMs` of the machine's time. */
    replyTo(interaction: Interaction, patienceMs: number): Promise<Reply | null> {
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(interaction.id);
          resolve(null);
        }, patienceMs);
        waiting.set(interaction.id, (reply) => {
          clearTimeout(timer);
          resolve(reply);
        });
      });
    },
    /** Ends the waiting, as the sandbox closes. */
    close(): void {
      for (const resolve of waiting.values()) resolve({ kind: 'nothing' });
      waiting.clear();
    },
  };
}
