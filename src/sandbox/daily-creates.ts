import { refuse } from './api-error.ts';
import { widening } from './rate-limits.ts';
import type { LimitsMode } from './rate-limits.ts';

/** New commands of one scope within a day. Source: interactions/application-commands, Registering a Command. */
const perDay = 200;
const dayMs = 24 * 60 * 60_000;

/** Counts commands that are made: a day begins with its first. A restart forgets them. */
export function createDailyCreates(mode: LimitsMode, now: () => number) {
  const days = new Map<string, { readonly endsAt: number; readonly made: number }>();
  const most = perDay * widening[mode];
  return {
    /**
     * Counts `made` new commands of a scope (a server, or '' for global ones).
     *
     * @throws ApiError 30034 where that is more than a day allows; then none is counted
     */
    count(scope: string, made: number): void {
      const known = days.get(scope);
      const day = known === undefined || known.endsAt <= now() ? { endsAt: now() + dayMs, made: 0 } : known;
      if (made > 0 && day.made + made > most) throw refuse(30034);
      days.set(scope, { ...day, made: day.made + made });
    },
  };
}
