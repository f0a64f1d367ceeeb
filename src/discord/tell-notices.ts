import type { Notice } from '../domain/ports.ts';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { readableDate } from './dates.ts';
import type { MessageBody } from './embed-paper.ts';
import { limits } from './limits.ts';
import { lengthOf, shorten } from './shorten.ts';

/** What people have to hear from us, wherever that is kept. */
export type Notices = {
  /** Oldest first. */
  untold(userId: string): Promise<readonly Notice[]>;
  tell(ids: readonly number[]): Promise<void>;
};

/** Tells somebody what waits for them, in one message by `say`; nothing where nothing waits. Never throws. */
export type TellNotices = (userId: string, say: (body: MessageBody) => Promise<void>) => Promise<void>;

/**
 * Tells people what waits for them when they were answered something else. Marked as told only once Discord has it: what fails is told
 * the next time.
 */
export function createNoticeTeller(notices: Notices, log: Log): TellNotices {
  /** Whoever presses two buttons at once is told once. */
  const hearing = new Set<string>();
  return async (userId, say) => {
    if (hearing.has(userId)) return;
    hearing.add(userId);
    try {
      const waiting = await notices.untold(userId);
      if (waiting.length === 0) return;
      const { body, ids } = noticeMessage(waiting);
      await say(body);
      await notices.tell(ids);
    } catch (thrown) {
      log.warn({ user: userId, error: messageOf(thrown) }, 'somebody could not be told what waits for them');
    } finally {
      hearing.delete(userId);
    }
  };
}

/** As many notices as fit into one message, one a line; the rest waits for the next time. */
export function noticeMessage(notices: readonly Notice[]): {
  readonly body: MessageBody;
  readonly ids: readonly number[];
} {
  const ids: number[] = [];
  let content = '';
  for (const { id, text, createdAt } of notices) {
    const day = readableDate(new Date(createdAt).toISOString().slice(0, 10));
    const line = shorten(`**${day}** ${text}`, limits.content);
    const longer = content === '' ? line : `${content}\n${line}`;
    if (lengthOf(longer) > limits.content) break;
    content = longer;
    ids.push(id);
  }
  return { body: { content }, ids };
}
