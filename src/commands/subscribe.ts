import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { StoredSubscription } from '../domain/subscription.ts';
import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Command, Defer } from '../discord/command.ts';
import { comesAs } from './comes-as.ts';
import type { CommandDeps } from './deps.ts';
import { maxSubscriptionsPerChannel } from './limits.ts';
import { channelOption, inServers, wishOptions } from './options.ts';
import { managingRefused, postingRefused } from './permissions.ts';
import { previewEmbed } from './preview-embed.ts';
import { isSameWish } from './same-wish.ts';
import { unusedId } from './unused-id.ts';
import { readWish, subscriptionOf } from './wish.ts';
import { wishText } from './wish-text.ts';

/** Types of channel that messages can be posted to. A forum takes threads only. */
const channelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;

/** /subscribe: papers of a query for a channel, every morning. */
export function subscribeCommand(deps: CommandDeps): Command {
  return {
    data: {
      name: 'subscribe',
      description: 'Post the new papers that match a query to a channel, every morning',
      ...inServers,
      default_member_permissions: String(PermissionFlagsBits.ManageChannels),
      options: [
        wishOptions.query,
        channelOption('channel', 'Where to post; this channel if you leave it out', channelTypes),
        wishOptions.categories,
        wishOptions.interests,
        wishOptions.style,
        wishOptions.max,
      ],
    },
    run: (asked, defer) => subscribe(asked, defer, deps),
  };
}

async function subscribe(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  if (asked.guildId === null)
    return privately('`/subscribe` works in a server. For papers to you alone there is `/alert add`.');
  const channel = asked.channels['channel'] ?? asked.channel;
  const unmanaged = managingRefused(channel);
  if (unmanaged !== null) return privately(`${unmanaged} Or use \`/alert add\`: that sends papers to you alone.`);
  const unpostable = postingRefused(channel);
  if (unpostable !== null) return privately(unpostable);
  const wish = readWish(asked.options);
  if (!wish.ok) return privately(wish.error);

  // Not everybody here may see that other channel, or what is posted there.
  const place = channel.id === asked.channel.id ? 'public' : 'private';
  await defer(place, 'if-slow');
  const present = await deps.store.subscriptions.list({ target: channel.id });
  if (present.length >= maxSubscriptionsPerChannel) {
    return privately(
      `<#${channel.id}> has ${present.length} subscriptions, and ${maxSubscriptionsPerChannel} is the most a channel can have. Remove one with \`/subscriptions delete\` first.`,
    );
  }
  const wanted = subscriptionOf(wish.value, await unusedId(deps), deps.defaults);
  const subscription: StoredSubscription = {
    ...wanted,
    target: channel.id,
    style: wish.value.style ?? 'cards',
    hour: null,
    quiet: null,
    zone: deps.defaults.zone,
    createdBy: asked.userId,
    createdAt: deps.clock.now(),
  };
  const twin = present.find((other) => isSameWish(other, wanted));
  if (twin) {
    return privately(
      `<#${channel.id}> is subscribed to ${wishText(twin)} already (\`${twin.id}\`). Nothing was changed.`,
    );
  }
  await defer(place);
  const preview = await deps.preview(wanted);
  await deps.store.subscriptions.save(subscription, {
    id: channel.id,
    kind: 'channel',
    guildId: asked.guildId,
    userId: null,
    state: 'active',
    pausedReason: null,
  });
  // Its posts may have been paused for want of permissions, which were just found to be there.
  await deps.store.targets.resume(channel.id);
  return {
    place,
    body: {
      content: `Subscribed <#${channel.id}> to ${wishText(subscription)}. ${comesAs(subscription)} \`/subscriptions edit id:${subscription.id}\` changes it, \`/subscriptions delete id:${subscription.id}\` ends it.`,
      embeds: [previewEmbed(preview, subscription.maxPapers)],
    },
  };
}
