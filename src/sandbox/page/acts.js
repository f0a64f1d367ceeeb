import {
  Refusal,
  complete,
  createThread,
  deleteMessage,
  editMessage,
  interact,
  say,
  setPin,
  setReaction,
} from './control.js';

/** @typedef {ReturnType<typeof createActs>} Acts */

/** What the control API answers while the bot is not there. */
const offlineStatus = 503;

/**
 * What the person does, as opposed to where they look.
 *
 * @param {import('./session.js').Session} session
 * @param {() => void} speak the person sends something: the log goes to its end
 */
export function createActs(session, speak) {
  const { state, change, fail } = session;

  /** @param {object} interaction @param {string} silence what to say when the bot does not answer */
  async function act(interaction, silence) {
    const answer = await interact({ user: state.user, ...interaction }).catch((thrown) => {
      const isOffline = thrown instanceof Refusal && thrown.status === offlineStatus;
      throw isOffline ? new Error(`${state.world?.bot.name ?? 'The bot'} is offline, so nobody would answer.`) : thrown;
    });
    if (answer.ackMs === null) throw new Error(silence);
    change({ modal: answer.modal ?? null, notice: '' });
  }

  /** @param {Promise<unknown>} done what goes wrong is said above the messages */
  const tell = (done) => done.then(() => change({ notice: '' }), fail);

  return {
    /** @param {{ command: string, options: object }} command */
    async send(command) {
      speak();
      change({ note: `Sending /${command.command}…` });
      await act({ channel: state.channel, ...command }, 'The application did not respond').finally(() =>
        change({ note: '' }),
      );
    },
    /** @param {string} command name @param {string} target id of a message or user */
    useOn: (command, target) =>
      tell(act({ channel: state.channel, command, target }, 'The application did not respond')),
    /** @param {string} content */
    async say(content) {
      speak();
      await say({ user: state.user, channel: state.channel, content });
    },
    /** @param {{ command: string, options: object, focused: string }} request */
    complete: async (request) => (await complete({ user: state.user, channel: state.channel, ...request })).choices,
    /** @param {import('./control.js').Message} message @param {{ customId: string, values?: string[] }} pressed */
    press: (message, pressed) => act({ message: message.id, ...pressed }, 'This interaction failed').catch(fail),
    /** @param {Record<string, unknown>} fields */
    submitModal: (fields) => act({ customId: state.modal?.custom_id, fields }, 'Something went wrong. Try again.'),
    /** @param {{ id: string }} message @param {string} emoji @param {boolean} on */
    react: (message, emoji, on) => tell(setReaction({ user: state.user, message: message.id, emoji }, on)),
    /** @param {{ id: string }} message @param {boolean} on */
    pin: (message, on) => tell(setPin({ user: state.user, message: message.id }, on)),
    /** @param {string} message id @param {string} content */
    async edit(message, content) {
      await editMessage(message, { user: state.user, content });
      change({ dialog: null });
    },
    /** @param {string} message id */
    async remove(message) {
      await deleteMessage(message, state.user ?? '');
      change({ dialog: null });
    },
    /** A thread or a post, which is then open. @param {string} channel id @param {object} thread */
    async createThread(channel, thread) {
      const { id } = await createThread(channel, { user: state.user, ...thread });
      change({ dialog: null });
      await session.refresh();
      session.openChannel(id);
    },
    /** @param {string} text */
    copy: (text) => tell(navigator.clipboard.writeText(text)),
  };
}
