import type { Place, PlaceEvents } from '../discord/place-events.ts';
import { fitMarkdown } from '../discord/markdown.ts';
import type { Store } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

/** Keeps targets in step with what happens to their channels. */
export type TargetWatch = {
  readonly events: PlaceEvents;
  /** Finishes what it has heard of; later events change nothing. */
  close(): Promise<void>;
};

const removed = 'I was removed from its server. Please invite me again.';

/**
 * Between two tries of the paused targets of one server, in real milliseconds. Some servers change a role every few seconds, and every try
 * that is refused counts against us at Discord.
 */
const probeIntervalMs = 60_000;

/** A watch that writes what it hears to `store`. What cannot be written is logged: the sender meets the same later. */
export function createTargetWatch(deps: {
  readonly store: { readonly targets: Store['targets'] };
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep' | 'fromReal'>;
  readonly log: Log;
}): TargetWatch {
  const { targets } = deps.store;
  const { clock, log } = deps;
  const closing = new AbortController();
  let done: Promise<void> = Promise.resolve();
  /** Servers that were tried lately, or are waited with, and since when on the monotonic clock. */
  const triedAt = new Map<string, number>();
  const waitedWith = new Set<string>();

  /** One after another: who was removed and is invited again is back in the end. */
  function then(step: () => Promise<void>): void {
    if (closing.signal.aborted) return;
    done = done.then(step).catch((error: unknown) => {
      log.warn({ error: messageOf(error) }, 'targets: what happened to a channel could not be recorded');
    });
  }

  async function probe(guildId: string): Promise<void> {
    const nextAt = (triedAt.get(guildId) ?? -Infinity) + clock.fromReal(probeIntervalMs);
    if (nextAt <= clock.monotonic()) {
      triedAt.delete(guildId);
      if ((await targets.probe(guildId, clock.now())) > 0) triedAt.set(guildId, clock.monotonic());
    } else if (!waitedWith.has(guildId)) {
      waitedWith.add(guildId);
      void probeLater(guildId, nextAt);
    }
  }

  async function probeLater(guildId: string, at: number): Promise<void> {
    await clock.sleep(at - clock.monotonic(), closing.signal);
    waitedWith.delete(guildId);
    then(() => probe(guildId));
  }

  async function setKinds(places: readonly Place[]): Promise<void> {
    for (const [kind, those] of Map.groupBy(places, (place) => place.kind)) {
      await targets.setKind(
        those.map(({ id }) => id),
        kind,
      );
    }
  }

  return {
    events: {
      connected: (guildIds, places) =>
        then(async () => {
          const known = await targets.list();
          const kinds = new Map(places.map(({ id, kind }) => [id, kind]));
          const guilds = new Set(guildIds);
          await setKinds(
            known.flatMap(({ id, kind }) => {
              const found = kinds.get(id);
              return found === undefined || found === kind ? [] : [{ id, kind: found }];
            }),
          );
          const paused = known.filter(({ state }) => state === 'paused');
          for (const guild of new Set(paused.map(({ guildId }) => guildId))) {
            if (guild !== null && guilds.has(guild)) await probe(guild);
          }
        }),
      changed: (guildId, places) =>
        then(async () => {
          await setKinds(places);
          await probe(guildId);
        }),
      removed: (guildId) =>
        then(async () => {
          const known = await targets.list();
          for (const target of known.filter((other) => other.guildId === guildId)) {
            await targets.pause(target.id, removed, clock.now());
          }
        }),
      deleted: (channelId, name) =>
        then(async () => {
          if ((await targets.get(channelId)) === null) return;
          const what = name === null ? 'it was deleted.' : `#${fitMarkdown(name, 100)} was deleted.`;
          await targets.close(channelId, what, clock.now());
        }),
    },
    close: async () => {
      closing.abort();
      await done;
    },
  };
}
