import { ApplicationCommandOptionType } from 'discord.js';
import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { z } from 'zod';
import { privately } from '../discord/command.ts';
import type { Answer, Asked, AskedCommand, AskedCompletion, Command, Defer } from '../discord/command.ts';
import type { MessageBody } from '../discord/embed-paper.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';
import type { CommandDeps } from './deps.ts';
import { editByCommand } from './edit-by-command.ts';
import { managedSubscription, unknownSubscription } from './managed-subscription.ts';
import { aboutOption, inServers, integerOption, stringOption, suggestedOption, timingOptions } from './options.ts';
import { managingRefused, maySee } from './permissions.ts';
import { showSubscription } from './show.ts';
import { subscriptionListPage } from './subscription-list.ts';
import { suggestSubscriptions } from './suggestions.ts';
import { wishText } from './wish-text.ts';
import { suggestZones } from './zones.ts';

const listSchema = z.object({ of: z.enum(['channel', 'server']).default('server'), page: z.int().min(1).default(1) });
const onlyInServers = '`/subscriptions` works in a server. Your private alerts are under `/alert list`.';
const idSchema = z.object({ id: z.string().trim() });

/** /subscriptions list, show, edit, delete: what the channels of a server are subscribed to. */
export function subscriptionsCommand(deps: CommandDeps): Command {
  return {
    data: {
      name: 'subscriptions',
      description: 'See, change and remove the subscriptions of this server',
      ...inServers,
      options: [
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'list',
          description: 'What is posted here',
          options: [
            stringOption('of', 'The whole server (default), or this channel only', {
              choices: [
                { name: 'the whole server', value: 'server' },
                { name: 'this channel', value: 'channel' },
              ],
            }),
            integerOption('page', 'Page of a long list', { min: 1, max: 1000 }),
          ],
        },
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'show',
          description: 'All about a subscription: what it selects, how much it brings, what it learned',
          options: [suggestedOption('id', 'The subscription; start typing its query or channel')],
        },
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'edit',
          description: 'Change a subscription: in a form, or by the options here',
          options: [
            suggestedOption('id', 'The subscription; start typing its query or channel'),
            aboutOption,
            ...timingOptions,
          ],
        },
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'delete',
          description: 'Stop a subscription',
          options: [suggestedOption('id', 'The subscription; start typing its query or channel')],
        },
      ],
    },
    run: async (asked, defer) => {
      if (asked.guildId === null) return privately(onlyInServers);
      switch (asked.subcommand) {
        case 'show':
          return showSubscription(asked, defer, deps);
        case 'edit':
          return editByCommand('edit-channel', asked, defer, deps);
        case 'delete':
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
  const { of, page } = listSchema.parse(asked.options);
  return { place: 'private', body: await listSubscriptions(asked, of, page, deps) };
}

/** A page of what this channel, or the channels of this server that the asker sees, are subscribed to. */
export async function listSubscriptions(
  asked: Asked,
  of: 'channel' | 'server',
  page: number,
  deps: Pick<CommandDeps, 'store'>,
): Promise<MessageBody> {
  const { guildId } = asked;
  if (guildId === null) return { content: onlyInServers };
  const filter = of === 'channel' ? { target: asked.channel.id } : { guildId };
  const all = await deps.store.subscriptions.list(filter);
  const subscriptions = all.filter(({ target }) => maySee(asked, target));
  if (subscriptions.length === 0) {
    const none =
      of === 'channel'
        ? `<#${asked.channel.id}> has no subscriptions yet.`
        : 'This server has no subscriptions that you can see.';
    return { content: `${none} \`/subscribe\` makes one.` };
  }
  const noun = subscriptions.length === 1 ? 'subscription' : 'subscriptions';
  return subscriptionListPage({
    title: `${subscriptions.length} ${noun} of ${of === 'channel' ? 'this channel' : 'this server'}`,
    subscriptions: subscriptions.toSorted((a, b) => (a.target === b.target ? 0 : a.target < b.target ? -1 : 1)),
    targets: await targetsOf(subscriptions, deps),
    page,
    of,
  });
}

async function remove(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  await defer(managingRefused(asked.channel) === null ? 'public' : 'private', 'if-slow');
  const { id } = idSchema.parse(asked.options);
  const managed = await managedSubscription(asked, id, deps);
  if (managed === null) return privately(unknownSubscription);
  if (!managed.ok) return privately(managed.error);
  const { target } = managed.value;
  // Not everybody here may see that other channel, or what is posted there.
  const place = target === asked.channel.id ? 'public' : 'private';
  await defer(place);
  await deps.store.subscriptions.delete(id);
  return {
    place,
    body: { content: `<#${target}> is no longer subscribed to ${wishText(managed.value)}.` },
  };
}

async function suggest(
  asked: AskedCompletion,
  deps: CommandDeps,
): Promise<APIApplicationCommandOptionChoice<string>[]> {
  if (asked.focused.name === 'zone') return suggestZones(asked.focused.value, deps);
  if (asked.guildId === null) return [];
  const all = await deps.store.subscriptions.list({ guildId: asked.guildId });
  const subscriptions = all.filter(({ target }) => maySee(asked, target));
  return suggestSubscriptions(subscriptions, asked.focused.value, ({ target }) => {
    const name = asked.lookUp(target)?.name;
    return name === undefined ? '' : `#${name}`;
  });
}

async function targetsOf(
  subscriptions: readonly StoredSubscription[],
  deps: Pick<CommandDeps, 'store'>,
): Promise<ReadonlyMap<string, Target>> {
  const ids = [...new Set(subscriptions.map(({ target }) => target))];
  const targets = await Promise.all(ids.map((id) => deps.store.targets.get(id)));
  return new Map(targets.flatMap((target) => (target ? [[target.id, target] as const] : [])));
}
