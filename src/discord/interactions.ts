import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  ModalSubmitInteraction,
} from 'discord.js';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { privately } from './command.ts';
import type { Answer, Buttons, Command, Defer, Forms } from './command.ts';
import { decodeCustomId, isFormId } from './custom-id.ts';
import { openExchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { readAsked, readCommand, readFields } from './read-interaction.ts';
import { createNoticeTeller } from './tell-notices.ts';
import type { Notices } from './tell-notices.ts';

/** What answers people: slash commands by name, buttons and forms by the action of their custom id. */
export type Routes = { readonly commands: readonly Command[]; readonly buttons: Buttons; readonly forms: Forms };

export type RouterDeps = { readonly log: Log; newId(): string; readonly notices?: Notices };

const tooOld = (what: 'button' | 'form') =>
  privately(`This ${what} is too old: it is from before I was changed. Please use the command again.`);
const unknownCommand = privately('I do not know this command any more. Please reload Discord (Ctrl+R) and try again.');

/** Most choices that Discord takes. */
const maxChoices = 25;

/**
 * Answers every interaction, exactly once, and never throws: this is the one place where what goes wrong behind a command is caught.
 * The asker gets an incident number, and the log line bears the same one.
 */
export function createInteractionRouter(
  routes: Routes,
  { notices, ...deps }: RouterDeps,
): (interaction: Interaction) => Promise<void> {
  const commands = new Map(routes.commands.map((command) => [command.data.name, command]));
  const tellNotices = notices && createNoticeTeller(notices, deps.log);

  function runCommand(interaction: ChatInputCommandInteraction, defer: Defer): Promise<Answer> {
    const command = commands.get(interaction.commandName);
    return command ? command.run(readCommand(interaction), defer) : Promise.resolve(unknownCommand);
  }

  function runButton(interaction: ButtonInteraction, defer: Defer): Promise<Answer> {
    const button = decodeCustomId(interaction.customId);
    if (button === null || isFormId(button)) return Promise.resolve(tooOld('button'));
    const asked = { ...readAsked(interaction), messageId: interaction.message.id };
    switch (button.action) {
      case 'search':
        return routes.buttons.search({ ...asked, button }, defer);
      case 'list':
        return routes.buttons.list({ ...asked, button }, defer);
      case 'again':
        return routes.buttons.again({ ...asked, button }, defer);
      case 'forget':
        return routes.buttons.forget({ ...asked, button }, defer);
      case 'more':
        return routes.buttons.more({ ...asked, button }, defer);
      case 'similar':
        return routes.buttons.similar({ ...asked, button }, defer);
      default:
        return routes.buttons[button.action]({ ...asked, button }, defer);
    }
  }

  function runForm(interaction: ModalSubmitInteraction, defer: Defer): Promise<Answer> {
    const form = decodeCustomId(interaction.customId);
    if (form === null || !isFormId(form)) return Promise.resolve(tooOld('form'));
    const sent = { ...readAsked(interaction), form, fields: readFields(interaction) };
    return routes.forms[form.action](sent, defer);
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    const command = commands.get(interaction.commandName);
    try {
      const focused = interaction.options.getFocused(true);
      const asked = { ...readCommand(interaction), focused: { name: focused.name, value: focused.value } };
      const choices = (await command?.complete?.(asked)) ?? [];
      await interaction.respond(choices.slice(0, maxChoices));
    } catch (thrown) {
      // Nobody can be told here: Discord shows its own note when no suggestions come.
      deps.log.warn(
        { interaction: interaction.id, error: messageOf(thrown) },
        `no suggestions for /${interaction.commandName}`,
      );
    }
  }

  async function answered(
    exchange: Exchange,
    run: (defer: Defer) => Promise<Answer>,
    about: { readonly interaction: Interaction; readonly what: string },
  ): Promise<void> {
    const { id, user, guildId, channelId } = about.interaction;
    try {
      const answer = await run(exchange.defer);
      await exchange.answer(answer);
      deps.log.debug({ interaction: id, user: user.id, guild: guildId, channel: channelId }, `${about.what} answered`);
      // A form is no message that another could follow: it is sent soon, and answered by one.
      if (!('form' in answer)) await tellNotices?.(user.id, exchange.add);
    } catch (thrown) {
      const incident = deps.newId();
      const stack = thrown instanceof Error ? thrown.stack : undefined;
      deps.log.error(
        { incident, interaction: id, guild: guildId, channel: channelId, error: messageOf(thrown), stack },
        `${about.what} failed`,
      );
      await exchange.answer(privately(apology(incident))).catch((second: unknown) => {
        deps.log.warn({ incident, error: messageOf(second) }, 'the asker could not be told of the incident');
      });
    }
  }

  return async (interaction) => {
    if (interaction.isAutocomplete()) return complete(interaction);
    if (interaction.isChatInputCommand()) {
      const what = `/${interaction.commandName}`;
      return answered(openExchange(interaction), (defer) => runCommand(interaction, defer), { interaction, what });
    }
    if (interaction.isButton()) {
      const what = `button ${interaction.customId}`;
      return answered(openExchange(interaction), (defer) => runButton(interaction, defer), { interaction, what });
    }
    if (interaction.isModalSubmit()) {
      const what = `form ${interaction.customId}`;
      return answered(openExchange(interaction), (defer) => runForm(interaction, defer), { interaction, what });
    }
    deps.log.warn(
      { interaction: interaction.id, type: interaction.type },
      'an interaction of a kind that I never offer',
    );
  };
}

function apology(incident: string): string {
  return `Something went wrong on my side. Please try again in a moment; if it happens again, tell whoever runs me this number: \`${incident}\`.`;
}
