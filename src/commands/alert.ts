import { ApplicationCommandOptionType } from 'discord.js';
import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { z } from 'zod';
import { privately } from '../discord/command.ts';
import type { Answer, Asked, AskedCommand, AskedCompletion, Command, Defer } from '../discord/command.ts';
import type { MessageBody } from '../discord/embed-paper.ts';
import { addAlert } from './alert-add.ts';
import { alertsOf, ownAlert, unknownAlert } from './alerts.ts';
import { categoryListChoices } from './category-choices.ts';
import type { CommandDeps } from './deps.ts';
import { editByCommand } from './edit-by-command.ts';
import { aboutOption, everywhere, integerOption, suggestedOption, timingOptions, wishOptions } from './options.ts';
import { showAlert } from './show.ts';
import { subscriptionListPage } from './subscription-list.ts';
import { suggestSubscriptions } from './suggestions.ts';
import { wishText } from './wish-text.ts';
import { suggestZones } from './zones.ts';

const listSchema = z.object({ page: z.int().min(1).default(1) });
const idSchema = z.object({ id: z.string().trim() });

/** /alert add, list, show, edit, remove: papers of a query for one person, in direct messages. */
export function alertCommand(deps: CommandDeps): Command {
  return {
    data: {
      name: 'alert',
      description: 'Papers for you alone, in direct messages',
      ...everywhere,
      options: [
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'add',
          description: 'Send me the new papers that match a query, every morning',
          options: [
            wishOptions.query,
            wishOptions.interests,
            wishOptions.categories,
            wishOptions.about,
            ...timingOptions,
          ],
        },
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'list',
          description: 'My alerts',
          options: [integerOption('page', 'Page of a long list', { min: 1, max: 1000 })],
        },
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'show',
          description: 'All about one of my alerts: what it selects, how much it brings, what it learned',
          options: [suggestedOption('id', 'The alert; start typing its query')],
        },
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'edit',
          description: 'Change one of my alerts: in a form, or by the options here',
          options: [suggestedOption('id', 'The alert; start typing its query'), aboutOption, ...timingOptions],
        },
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'remove',
          description: 'Stop one of my alerts',
          options: [suggestedOption('id', 'The alert; start typing its query')],
        },
      ],
    },
    run: (asked, defer) => {
      switch (asked.subcommand) {
        case 'add':
          return addAlert(asked, defer, deps);
        case 'show':
          return showAlert(asked, defer, deps);
        case 'edit':
          return editByCommand('edit-alert', asked, defer, deps);
        case 'remove':
          return remove(asked, defer, deps);
        default:
          return list(asked, defer, deps);
      }
    },
    complete: (asked) => suggest(asked, deps),
  };
}

async function list(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  await defer('private');
  const { page } = listSchema.parse(asked.options);
  return { place: 'private', body: await listAlerts(asked, page, deps) };
}

/** A page of the asker's own private alerts. */
export async function listAlerts(
  { userId }: Asked,
  page: number,
  deps: Pick<CommandDeps, 'store'>,
): Promise<MessageBody> {
  const { alerts, targets } = await alertsOf(userId, deps);
  if (alerts.length === 0) return { content: 'You have no alerts yet. `/alert add` makes the first one.' };
  const title = alerts.length === 1 ? 'Your alert' : `Your ${alerts.length} alerts`;
  return subscriptionListPage({ title, subscriptions: alerts, targets, page, of: 'alerts' });
}

async function remove(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  await defer('private');
  const alert = await ownAlert(asked, idSchema.parse(asked.options).id, deps);
  if (alert === null) return privately(unknownAlert);
  await deps.store.subscriptions.delete(alert.id);
  return privately(`Removed: I no longer send you papers for ${wishText(alert)}.`);
}

async function suggest(
  asked: AskedCompletion,
  deps: CommandDeps,
): Promise<APIApplicationCommandOptionChoice<string>[]> {
  if (asked.focused.name === 'zone') return suggestZones(asked.focused.value, deps);
  if (asked.focused.name === 'categories') return categoryListChoices(asked.focused.value);
  const { alerts } = await alertsOf(asked.userId, deps);
  return suggestSubscriptions(alerts, asked.focused.value);
}
