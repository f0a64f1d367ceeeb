import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { StoredSubscription } from '../domain/subscription.ts';
import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Command, Defer } from '../discord/command.ts';
import { kindOfChannel } from '../discord/channel-kind.ts';
import { categoryListChoices } from './category-choices.ts';
import { comesAs } from './comes-as.ts';
import type { CommandDeps } from './deps.ts';
import { maxSubscriptionsPerChannel } from './limits.ts';
import { channelOption, inServers, timingOptions, wishOptions } from './options.ts';
import { managingRefused, postingRefused } from './permissions.ts';
import { placeText } from './place-text.ts';
import { previewEmbed } from './preview-embed.ts';
import { resumeChannel } from './resume.ts';
import { isSameWish } from './same-wish.ts';
import { readTiming } from './timing.ts';
import { unusedId } from './unused-id.ts';
import { readWish, subscriptionOf } from './wish.ts';
import { wishText } from './wish-text.ts';
import { suggestZones } from './zones.ts';

/** Types of channel that posts can go to; a forum gets a thread for each. Media channels are not yet in what Discord publishes (2026-11). */
const channelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
  ChannelType.GuildForum,
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
        wishOptions.about,
        wishOptions.max,
        ...timingOptions,
      ],
    },
    run: (asked, defer) => subscribe(asked, defer, deps),
    complete: ({ focused: { name, value } }) =>
      Promise.resolve(name === 'categories' ? categoryListChoices(value) : suggestZones(value, deps)),
  };
}

async function subscribe(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  if (asked.guildId === null)
    return privately('`/subscribe` works in a server. For papers to you alone there is `/alert add`.');
  const channel = asked.channels['channel'] ?? asked.channel;
  const unmanaged = managingRefused(channel);
  if (unmanaged !== null) return privately(`${unmanaged} Or use \`/alert add\`: that sends papers to you alone.`);
  const kind = kindOfChannel(channel.type);
  if (kind === null) return privately(`I cannot post in <#${channel.id}>: channels of its kind take no messages.`);
  const unpostable = postingRefused(channel);
  if (unpostable !== null) return privately(unpostable);
  const wish = readWish(asked.options);
  if (!wish.ok) return privately(wish.error);
  const timing = readTiming(asked.options, { hour: null, quiet: null, zone: deps.defaults.zone });
  if (!timing.ok) return privately(timing.error);

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
    ...timing.value,
    createdBy: asked.userId,
    createdAt: deps.clock.now(),
  };
  const twin = present.find((other) => isSameWish(other, wanted));
  if (twin) {
    const unchanged = `<#${channel.id}> is subscribed to ${wishText(twin)} already (\`${twin.id}\`). Nothing was changed; \`/subscriptions edit id:${twin.id}\` does that.`;
    return privately([unchanged, ...(await resumeChannel(channel, twin, deps))].join(' '));
  }
  await defer(place);
  const preview = await deps.preview(wanted, present);
  await deps.store.subscriptions.save(subscription, {
    id: channel.id,
    kind,
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
      embeds: [previewEmbed(preview, subscription, present, placeText(channel.id, asked.channel.id, false))],
    },
  };
}
