import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Command, Defer } from '../discord/command.ts';
import { alertsOf } from './alerts.ts';
import { categoryListChoices } from './category-choices.ts';
import type { CommandDeps } from './deps.ts';
import { everywhere, wishOptions } from './options.ts';
import { previewEmbed } from './preview-embed.ts';
import { readWish, subscriptionOf } from './wish.ts';
import { wishText } from './wish-text.ts';

/** /preview: what a subscription would have brought, before there is one. */
export function previewCommand(deps: CommandDeps): Command {
  return {
    data: {
      name: 'preview',
      description: 'See how many papers a query would bring, and which; nothing is subscribed',
      ...everywhere,
      options: [wishOptions.query, wishOptions.categories, wishOptions.interests, wishOptions.about, wishOptions.max],
    },
    run: (asked, defer) => preview(asked, defer, deps),
    complete: ({ focused }) => Promise.resolve(categoryListChoices(focused.value)),
  };
}

async function preview(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  const wish = readWish(asked.options);
  if (!wish.ok) return privately(wish.error);
  await defer('private');
  const wanted = subscriptionOf(wish.value, previewId, deps.defaults);
  const others =
    asked.guildId === null
      ? (await alertsOf(asked.userId, deps)).alerts
      : await deps.store.subscriptions.list({ target: asked.channel.id });
  const found = await deps.preview(wanted, others);
  const next =
    asked.guildId === null
      ? '`/alert add` sends it to you'
      : '`/subscribe` posts it here, `/alert add` sends it to you alone';
  return {
    place: 'private',
    body: {
      content: `This would be ${wishText(wanted)}. Nothing was subscribed; ${next}.`,
      embeds: [previewEmbed(found, wanted, others)],
    },
  };
}

/** No subscription has it: theirs are letters and digits, or what a file says. */
const previewId = ' preview';
