import type { Store } from '../domain/ports.ts';
import type { Target } from '../domain/target.ts';
import { unwantedReason } from '../pipeline/attempt.ts';
import { check, ill, well } from './check.ts';
import type { Check } from './check.ts';

const mend = 'See what the check “database” says.';

/** Whether every open delivery has its promises, and every promise its delivery. */
export function checkLedger(store: Store): Promise<Check> {
  return check('ledger', mend, async () => {
    const faults = await store.deliveries.faults();
    if (faults.length === 0) return well('every post that waits has its promises, and every promise its post');
    return ill(faults.join('; '), 'Restore a backup, or report it: Paperboy itself never writes this.');
  });
}

/** So long what was given up is worth a look, in milliseconds; then it is history. */
const recentMs = 24 * 3_600_000;

/** Dead letters that are looked through. */
const mostDead = 1_000;

/**
 * What waits in the outbox, and what was given up.
 *
 * @param isSent whether some process sends from this database now
 */
export function checkOutbox(store: Store, nowMs: number, isSent: boolean): Promise<Check> {
  return check('outbox', mend, async () => {
    const { pending, due, sent, dead } = await store.deliveries.counts(nowMs);
    const found = `${pending} posts wait, ${due} of them due; ${sent} sent, ${dead} given up`;
    const letters = await store.deliveries.dead(mostDead);
    const [latest, ...others] = letters.filter(
      ({ reason, settledAt }) => reason !== unwantedReason && nowMs - settledAt < recentMs,
    );
    if (latest) {
      const more = others.length === 0 ? '' : `, and ${others.length} more in the last 24 hours`;
      return ill(
        `${found}: ${latest.papers.join(', ')} to channel ${latest.target} (${latest.reason})${more}`,
        '`paperboy deliver --dead` lists them, `paperboy deliver --retry` puts them back.',
      );
    }
    if (due > 0 && !isSent) return ill(`${found}; nobody sends them`, 'Start the bot: npm start.');
    return well(found);
  });
}

/** Which of the channels and people that somebody subscribed are paused, and why. */
export function checkTargets(targets: readonly Target[]): Promise<Check> {
  return check('channels', mend, () => {
    const paused = targets.filter(({ state }) => state === 'paused');
    if (paused.length === 0) return well(`${targets.length} channels and people are posted to, none is paused`);
    const reasons = paused.slice(0, mostNamed).map(({ id, pausedReason }) => `${id}: ${pausedReason ?? 'paused'}`);
    const more = paused.length > mostNamed ? ` And ${paused.length - mostNamed} more.` : '';
    return ill(
      `${paused.length} of ${targets.length} are paused. ${reasons.join(' ')}${more}`,
      'Mend the reason; Paperboy tries again by itself within a day. In Discord, `/subscriptions edit` or `/alert edit` makes it go on at once.',
    );
  });
}

/** Channels that are named one by one. */
const mostNamed = 10;
