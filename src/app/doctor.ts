import { readUsableEnvironment } from '../config/environment.ts';
import type { Environment } from '../config/environment.ts';
import type { Settings } from '../config/settings.ts';
import type { Store } from '../domain/ports.ts';
import type { Target } from '../domain/target.ts';
import { createClock } from '../lib/clock.ts';
import { checkArxiv } from './check-arxiv.ts';
import { checkClock } from './check-clock.ts';
import { checkDatabase } from './check-database.ts';
import { checkDays } from './check-days.ts';
import { checkDisk, checkMachine } from './check-machine.ts';
import { checkLedger, checkOutbox, checkTargets } from './check-outbox.ts';
import { checkPort } from './check-port.ts';
import { checkRoles } from './check-roles.ts';
import { checkEnvironment, checkSettings } from './check-settings.ts';
import { skipped } from './check.ts';
import type { Check } from './check.ts';
import { discordChecks } from './discord-checks.ts';
import { archivesToRead, openClock } from './foundation.ts';

export type Diagnosis = {
  /** False where a check failed; one that could not be done is no failure. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** The address that lets the bot into a server; null where nobody could say whose the token is. */
  readonly invite: string | null;
};

/**
 * Looks at everything that Paperboy needs, and changes none of it. Every check stands alone: what one cannot read, the others do without.
 *
 * @param variables `process.env`
 * @param options.arxivAgain arXiv, which had asked us to stop, may be asked again
 */
export async function diagnose(
  variables: Readonly<Record<string, string | undefined>>,
  options: { readonly arxivAgain?: boolean } = {},
): Promise<Diagnosis> {
  const read = readUsableEnvironment(variables);
  const { environment } = read;
  const settings = await checkSettings(environment.PAPERBOY_CONFIG);
  const checks = [
    await checkEnvironment(read),
    settings.check,
    await checkMachine(),
    await checkDisk(environment.DATABASE_URL),
    await checkPort(environment),
  ];
  const { check: database, store } = await checkDatabase(read);
  checks.push(database);
  try {
    const subscribed = store ? await subscribedTargets(store).catch(() => null) : null;
    checks.push(...(await stateChecks(environment, settings.settings, store, subscribed)));
    const discord = await discordChecks(read, settings.settings, subscribed);
    checks.push(...discord.checks);
    if (options.arxivAgain) await store?.arxivTurns.reopen();
    const arxiv = await checkArxiv(environment, settings.settings, store);
    checks.push(
      arxiv.check,
      await checkClock(environment, [
        { name: 'Discord', aheadMs: discord.aheadMs },
        { name: 'arXiv', aheadMs: arxiv.aheadMs },
      ]),
    );
    return { ok: checks.every(({ ok }) => ok !== false), checks, invite: discord.invite };
  } finally {
    await store?.close();
  }
}

/** Targets with a subscription: those that nobody wants any more are left alone. */
async function subscribedTargets({ subscriptions, targets }: Store): Promise<Target[]> {
  const wanted = new Set((await subscriptions.list()).map(({ target }) => target));
  return (await targets.list()).filter(({ id }) => wanted.has(id));
}

async function stateChecks(
  environment: Environment,
  settings: Settings,
  store: Store | null,
  subscribed: readonly Target[] | null,
): Promise<Check[]> {
  if (!store) return skipped(['ledger', 'roles', 'outbox', 'channels', 'listings'], 'there is no database to read');
  const clock = await openClock(environment, store, false).catch(() => createClock());
  const { check: roles, isSent } = await checkRoles(store.leases);
  return [
    await checkLedger(store),
    roles,
    await checkOutbox(store, clock.now(), isSent),
    ...(subscribed ? [await checkTargets(subscribed)] : skipped(['channels'], 'the subscriptions cannot be read')),
    await checkDays(store.days, {
      nowMs: clock.now(),
      holidays: settings.arxiv.holidays,
      archives: await archivesToRead(store, settings).catch(() => settings.arxiv.listings),
      reachDays: settings.catchUp.days,
      isDemo: environment.DISCORD_TOKEN === undefined,
    }),
  ];
}
