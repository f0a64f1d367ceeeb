import { z } from 'zod';
import { privately } from '../discord/command.ts';
import type { Answer, Asked, AskedCommand, Command, Defer } from '../discord/command.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { absUrl } from '../domain/links.ts';
import { alertsOf } from './alerts.ts';
import type { CommandDeps } from './deps.ts';
import { everywhere, stringOption, suggestedOption } from './options.ts';
import { maxPaperIdLength, readPaperId } from './paper-id.ts';
import { suggestSubscriptions } from './suggestions.ts';
import { placeName, visibleSubscriptions } from './visible-subscriptions.ts';
import { whyBody } from './why-body.ts';

const optionsSchema = z.object({
  paper: z.string().max(maxPaperIdLength),
  subscription: z.string().trim().default(''),
});

/** /why: why a paper came, or did not, by a subscription, by all of a channel, or by the asker's alerts. */
export function whyCommand(deps: CommandDeps): Command {
  return {
    data: {
      name: 'why',
      description: 'Why a paper was posted here, or why not',
      ...everywhere,
      options: [
        stringOption('paper', 'Its arXiv identifier or address, such as: 2505.16508', {
          required: true,
          max_length: maxPaperIdLength,
        }),
        suggestedOption('subscription', 'Only for this subscription or alert; start typing its query', {
          required: false,
        }),
      ],
    },
    run: (asked, defer) => why(asked, defer, deps),
    complete: async (asked) => {
      const { alerts } = await alertsOf(asked.userId, deps);
      const own = new Set(alerts.map(({ id }) => id));
      const visible = await visibleSubscriptions(asked, deps);
      return suggestSubscriptions(visible, asked.focused.value, (one) => placeName(asked, one, own.has(one.id)));
    },
  };
}

async function why(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  const { paper: written, subscription: id } = optionsSchema.parse(asked.options);
  const read = readPaperId(written);
  if (!read.ok) return privately(read.error);
  // Not everybody here may see the channels that are spoken of; and whoever asks wants to know it alone.
  await defer('private');
  const subscriptions = await askedAbout(asked, id, deps);
  if (typeof subscriptions === 'string') return privately(subscriptions);
  const explained = await deps.explain(read.value, subscriptions);
  if (explained === null) {
    return privately(
      `I have never read arXiv:${read.value}: it was in no listing of the archives that I follow, and in no import. Here it is on arXiv: ${absUrl(read.value)}`,
    );
  }
  return { place: 'private', body: whyBody(explained, asked.channel.id) };
}

/** The subscriptions that the asker wants to hear of, or a sentence where there are none. */
async function askedAbout(
  asked: Asked,
  id: string,
  deps: CommandDeps,
): Promise<readonly StoredSubscription[] | string> {
  if (id !== '') {
    const found = (await visibleSubscriptions(asked, deps)).find((one) => one.id === id);
    const list = asked.guildId === null ? '`/alert list`' : '`/subscriptions list` and `/alert list`';
    return found === undefined ? `I know no subscription of that id that you can see. ${list} shows them.` : [found];
  }
  if (asked.guildId === null) {
    const { alerts } = await alertsOf(asked.userId, deps);
    return alerts.length > 0
      ? alerts
      : 'You have no alerts yet, so nothing is sent to you. `/alert add` makes the first.';
  }
  const here = await deps.store.subscriptions.list({ target: asked.channel.id });
  if (here.length > 0) return here;
  return `Nothing is posted in <#${asked.channel.id}>: it has no subscriptions. With \`subscription:\` I can tell you about another channel, or about your alerts.`;
}
