import type { Message, UserObject } from './message.ts';
import type { SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';
import type { MessagePayload } from './validate-message.ts';

/**
 * Who is mentioned, as far as the payload allows it; without `allowed_mentions` everybody is, and so is who wrote the message that this
 * one replies to. Source: resources/message, Allowed Mentions Object; people have measured the last.
 */
export function mentionedUsers(
  content: string,
  payload: MessagePayload,
  repliedTo: Message | undefined,
  state: SandboxState,
): UserObject[] {
  const allowed = payload.allowed_mentions;
  const named = Array.from(content.matchAll(/<@!?(\d{1,20})>/g), (match) => match[1] ?? '').filter(
    (id) => !allowed || allowed.parse?.includes('users') === true || allowed.users?.includes(id) === true,
  );
  const pinged = repliedTo !== undefined && (!allowed || allowed.replied_user === true) ? [repliedTo.author.id] : [];
  return [...new Set([...pinged, ...named])].flatMap((id) => state.people.byId(id) ?? []).map(userObject);
}
