import type { Asked, ChannelSeen } from '../discord/command.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { CommandDeps } from './deps.ts';
import { postingRefused } from './permissions.ts';

export type ResumeDeps = Pick<CommandDeps, 'store' | 'sendDm'>;

/**
 * Lets posts to the channel of a subscription go on where they were paused and nothing that Discord tells keeps us from posting there.
 * Returns the sentences that say so, or what still keeps us; none where all is well, as before.
 *
 * @param channel null where it is gone, or out of our sight
 */
export async function resumeChannel(
  channel: ChannelSeen | null,
  { target: id }: StoredSubscription,
  { store }: Pick<ResumeDeps, 'store'>,
): Promise<readonly string[]> {
  const refusal = channel && postingRefused(channel);
  if (refusal !== null) return [refusal];
  const target = await store.targets.get(id);
  if (target?.state !== 'paused') return [];
  if (channel === null)
    return [`<#${id}> stays paused: it is gone, or I cannot see it. Once I can, posts go on by themselves.`];
  await store.targets.resume(id);
  return [`<#${id}> was paused; I post there again.`];
}

/** The same for direct messages, of which only a message that arrives tells that they are open. */
export async function resumeDm(
  asked: Asked,
  { target: id }: StoredSubscription,
  { store, sendDm }: ResumeDeps,
): Promise<readonly string[]> {
  const target = await store.targets.get(id);
  if (target?.state !== 'paused') return [];
  const body = { content: 'Your alerts were paused, for my messages did not reach you. They come here again.' };
  const sent = await sendDm({ channelId: id, body, key: `resume:${asked.id}` });
  if (!sent.ok)
    return [`Your alerts stay paused: ${sent.error} They also go on by themselves once my messages reach you.`];
  await store.targets.resume(id);
  return ['Your alerts were paused; they come again.'];
}
