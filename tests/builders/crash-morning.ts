import { arxivAt } from './arxiv-at.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { botEnvironment } from './bot-process.ts';
import { readyOf, startChild } from './child.ts';
import type { Child } from './child.ts';
import { phasesAfter } from './crash-phase.ts';
import type { Phases } from './crash-phase.ts';
import { rowsOf } from './ledger.ts';
import { startDiscord } from './discord-process.ts';
import { leaseHolders, verifyExactlyOnce } from './exactly-once.ts';
import type { Verdict } from './exactly-once.ts';
import { categories, startLoopbackMornings } from './loopback-mornings.ts';
import { expectedPromises, placesOf, subscribe } from './morning-world.ts';
import { createRandom } from './random.ts';

export type CrashRun = {
  readonly kills: number;
  /** The same seed kills after the same delays; what it hits depends on the machine too. */
  readonly seed: number;
  /** DATABASE_URL of a new database without tables. */
  readonly newDatabase: () => Promise<string>;
  /** Whether a forum is among the places. What may have arrived there waits half a minute before it is looked for, and so does the end. */
  readonly withForum: boolean;
  /** Called while the local Discord still runs, for whoever wants to look at its log; root of its control API. */
  readonly beforeEnd?: (control: string) => Promise<void>;
};

export type CrashReport = Verdict & {
  readonly kills: number;
  /** Kills that hit each phase; see `Phases`. */
  readonly hits: Readonly<
    Record<'migrating' | 'starting' | 'reading' | 'matching' | 'sending' | 'arrived' | 'between', number>
  >;
  /** Posts in hand when a process was killed, and those of them that had arrived. */
  readonly uncertainPosts: number;
  readonly arrivedPosts: number;
  readonly mornings: number;
  readonly seconds: number;
};

/** One kill in so many hits a database that is being made; one in so many falls at any time since the start. */
const oneMigratingIn = 10;
const oneFromStartIn = 5;

/** From the first sign of work until a kill at the latest: half as long as the start took, for a busy machine also works slowly. */
const workMs = { least: 600, most: 1_500 };

/** The next morning comes out where no more posts than these wait. */
const fewPending = 25;

/** How long Discord takes to answer: where the post is made first, whoever dies meanwhile does not know. */
const answerMs = 60;

/** How long the last process may take for what is left. */
const finishWithinMs = 120_000;

/**
 * Kills a bot with SIGKILL at random instants of one busy morning after another, starts it again each time, lets the last one finish, and
 * reports what is in Discord.
 */
export async function crashMornings({
  kills,
  seed,
  newDatabase,
  withForum,
  beforeEnd,
}: CrashRun): Promise<CrashReport> {
  const startedAt = performance.now();
  const random = createRandom(seed);
  const discord = await startDiscord();
  const arxiv = await startLoopbackMornings();
  // Held in an object, as only functions set it.
  const current: { child: Child | null } = { child: null };
  try {
    const slow = { route: 'POST *', status: 'slow', count: 1_000_000 };
    await discord.order('POST', '/faults', { ...slow, delayMs: answerMs, when: 'after' });
    const wanted = (await placesOf(discord)).filter(({ target }) => withForum || target.kind !== 'forum');
    // Those that are killed leave no compiled code behind; this one does.
    await startChild(['start', '--help'], {}).ended;
    const environment = (databaseUrl: string, nowMs: number) =>
      botEnvironment(databaseUrl, discord, { ...arxivAt(arxiv.url), PAPERBOY_NOW: new Date(nowMs).toISOString() });
    const startBot = (databaseUrl: string, nowMs: number) =>
      (current.child = startChild(['start', '--role', 'worker'], environment(databaseUrl, nowMs)));

    const migrating = Math.max(1, Math.round(kills / oneMigratingIn));
    let databaseUrl = '';
    for (let number = 0; number < migrating; number++) {
      databaseUrl = await newDatabase();
      await killWhileMigrating(startBot(databaseUrl, Date.now()), databaseUrl, random);
    }
    await subscribe(databaseUrl, wanted);

    let releasedAt = performance.now();
    let morningMs = arxiv.next();
    const nowMs = () => Math.floor(morningMs + performance.now() - releasedAt);
    const phases: Phases[] = [];
    for (let number = migrating; number < kills; number++) {
      const bot = startBot(databaseUrl, nowMs());
      await killAtRandom(bot, random);
      const hit = await phasesAfter(databaseUrl, discord, {
        pid: bot.pid,
        listings: arxiv.dates().length * categories.length,
      });
      phases.push(hit);
      if (!hit.reading && !hit.matching && hit.pending < fewPending) {
        morningMs = arxiv.next();
        releasedAt = performance.now();
      }
    }
    const last = startBot(databaseUrl, nowMs());
    await finish(last, databaseUrl, arxiv.dates().length * categories.length);
    const verdict = await verifyExactlyOnce(databaseUrl, discord, expectedPromises(wanted, arxiv.announcements()));
    const held = (await leaseHolders(databaseUrl)).map((holder) => `a lease was not released: ${holder}`);
    await beforeEnd?.(discord.control);
    const kinds = (isHit: (phase: Phases) => boolean) => phases.filter(isHit).length;
    return {
      ...verdict,
      faults: [...verdict.faults, ...held],
      kills,
      hits: {
        migrating,
        starting: kinds(({ starting }) => starting),
        reading: kinds(({ starting, reading }) => !starting && reading),
        matching: kinds(({ starting, matching }) => !starting && matching),
        sending: kinds(({ starting, sending }) => !starting && sending > 0),
        arrived: kinds(({ starting, arrived }) => !starting && arrived > 0),
        between: kinds(
          ({ starting, reading, matching, sending }) => !starting && !reading && !matching && sending === 0,
        ),
      },
      uncertainPosts: sum(phases.map(({ starting, sending }) => (starting ? 0 : sending))),
      arrivedPosts: sum(phases.map(({ starting, arrived }) => (starting ? 0 : arrived))),
      mornings: arxiv.dates().length,
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    };
  } finally {
    if (current.child?.isAlive()) current.child.signal('SIGKILL');
    arxiv.close();
    await discord.stop();
  }
}

/** Kills a process that makes its tables or is about to, and sees that another one can make them. */
async function killWhileMigrating(bot: Child, databaseUrl: string, random: () => number): Promise<void> {
  const untilMs = performance.now() + 20_000;
  while (!(await hasTables(databaseUrl)) && performance.now() < untilMs) await sleep(1);
  await sleep(random() * 30);
  await kill(bot);
  const store = await openStore(databaseUrl, { log: createLog('silent') });
  await store.close();
}

/** Whether there is a trace of our tables: the migrator makes its own first. */
async function hasTables(databaseUrl: string): Promise<boolean> {
  const catalogue = databaseUrl.startsWith('sqlite:') ? 'sqlite_master' : "pg_tables where schemaname = 'public'";
  return rowsOf(databaseUrl, `select 1 from ${catalogue}`).then(
    (rows) => rows.length > 0,
    () => false,
  );
}

async function killAtRandom(bot: Child, random: () => number): Promise<void> {
  const isFromStart = random() < 1 / oneFromStartIn;
  const part = random();
  const startedAt = performance.now();
  if (!isFromStart) await readyOf(bot);
  const startMs = performance.now() - startedAt;
  const mostMs = isFromStart ? workMs.most : Math.min(workMs.most, Math.max(workMs.least, startMs / 2));
  await sleep(part * mostMs);
  await kill(bot);
}

async function kill(bot: Child): Promise<void> {
  if (!bot.isAlive()) throw new Error(`the bot ended before it was killed:\n${bot.complaints()}`);
  bot.signal('SIGKILL');
  await bot.ended;
}

/** Leaves a process alone until nothing is to be read or sent, and stops it politely. */
async function finish(bot: Child, databaseUrl: string, listings: number): Promise<void> {
  await readyOf(bot);
  const store = await openStore(databaseUrl, { log: createLog('silent') });
  try {
    const untilMs = performance.now() + finishWithinMs;
    for (;;) {
      const days = (await store.days.recent(listings)).filter(({ matchedAt }) => matchedAt !== null);
      const { pending } = await store.deliveries.counts(Date.now());
      const unpublished = await rowsOf(databaseUrl, 'select id from deliveries where publish_at is not null');
      if (days.length === listings && pending + unpublished.length === 0) break;
      if (performance.now() > untilMs || !bot.isAlive()) {
        throw new Error(
          `${days.length} of ${listings} listings are matched and ${pending} posts wait:\n${bot.complaints()}`,
        );
      }
      await sleep(100);
    }
  } finally {
    await store.close();
  }
  bot.signal('SIGTERM');
  const { code } = await bot.ended;
  if (code !== 0) throw new Error(`the last process ended with ${code}:\n${bot.complaints()}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
