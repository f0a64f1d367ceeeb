import { createLookBack } from '../../src/app/look-back.ts';
import { createTargetWatch } from '../../src/app/target-watch.ts';
import { createRoutes } from '../../src/commands/create-routes.ts';
import { openDm, sendDm } from '../../src/discord/direct-message.ts';
import { createDmQueue } from '../../src/discord/dm-queue.ts';
import { openGateway } from '../../src/discord/gateway.ts';
import { registerCommands } from '../../src/discord/registration.ts';
import { createRest } from '../../src/discord/rest.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Store } from '../../src/domain/ports.ts';
import { createClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Log } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startLocalDiscord } from '../builders/local-discord.ts';
import { startRetouchedDiscord } from './retouched-discord.ts';
import type { Retouch } from './retouched-discord.ts';

/** A message as the sandbox shows it, as far as the tests look at it. */
export type ShownMessage = {
  readonly id: string;
  readonly content: string;
  readonly flags?: number;
  readonly embeds: readonly {
    readonly title?: string;
    readonly description?: string;
    readonly fields?: readonly { readonly name: string; readonly value: string }[];
    readonly footer?: { readonly text: string };
  }[];
  readonly components: readonly {
    readonly components: readonly {
      readonly custom_id?: string;
      readonly label?: string;
      readonly disabled?: boolean;
    }[];
  }[];
};

/** A form as the sandbox shows it. */
export type ShownForm = {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly {
    readonly label: string;
    readonly description: string;
    readonly component: {
      readonly custom_id: string;
      readonly value?: string;
      readonly max_length?: number;
      readonly options?: readonly { readonly value: string; readonly default: boolean }[];
    };
  }[];
};

function onFatal(error: Error): never {
  throw error;
}

function idOf(list: readonly { readonly id: string; readonly name: string }[], name: string): string {
  const found = list.find((entry) => entry.name === name);
  if (!found) throw new Error(`the sandbox has no ${name}`);
  return found.id;
}

export type Bot = Awaited<ReturnType<typeof startBot>>;

/** Epoch milliseconds: the evening on which the listing of 23 May 2025 comes out. */
const nowMs = Date.UTC(2025, 4, 23, 0, 0);

/**
 * The bot as people meet it: the real client, logged in to a local Discord, over a real database that has read `listing`.
 * Ids are `n1`, `n2` and so on.
 *
 * @param retouch changes gateway events before the bot sees them
 */
export async function startBot(listing: Listing | null, log: Log = createLog('silent'), retouch?: Retouch) {
  const sandbox = await startLocalDiscord({ log });
  const { ready } = sandbox;
  const store: Store = await openStore('sqlite::memory:', { log });
  if (listing) await store.papers.saveListing(listing);

  let ids = 0;
  const newId = () => `n${++ids}`;
  const rest = createRest({ apiUrl: ready.api, token: ready.token });
  const dms = createDmQueue((userId) => openDm(rest, userId), 0, createClock());
  const watch = createTargetWatch({ store, clock: { ...createClock(), now: () => nowMs }, log });
  const notices = {
    untold: (userId: string) => store.notices.untold(userId),
    tell: (read: readonly number[]) => store.notices.tell(read, nowMs),
  };
  const routes = createRoutes({
    store,
    clock: { now: () => nowMs },
    ...createLookBack(store),
    openDm: dms.open,
    sendDm: (message) => sendDm(rest, message),
    newId,
    defaults: { zone: 'UTC', maxPapers: 25 },
  });
  const retouched = retouch ? await startRetouchedDiscord(ready.api, retouch) : null;
  const apiUrl = retouched?.api ?? ready.api;
  const gateway = await openGateway({ apiUrl, token: ready.token }, routes, {
    log,
    newId,
    onFatal,
    notices,
    places: watch.events,
  });
  const data = routes.commands.map((command) => command.data);
  const registered = await registerCommands(rest, gateway.applicationId, data);

  async function control<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${ready.control}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`control${path} answered ${response.status}: ${await response.text()}`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is the sandbox's contract, see DESIGN §5
    return (await response.json()) as T;
  }
  async function interact(body: object): Promise<{ readonly replies: ShownMessage[]; readonly modal?: ShownForm }> {
    return control('/interactions', body);
  }
  const user = (name: string) => idOf(ready.users, name);
  const channel = (name: string) => idOf(ready.channels, name);

  return {
    ready,
    store,
    rest,
    data,
    registered,
    applicationId: gateway.applicationId,
    user,
    channel,
    control,
    /** Types a slash command; `where` is a channel's name, `llm-serving` unless told. */
    async ask(who: string, command: string, options: object = {}, where = 'llm-serving'): Promise<ShownMessage[]> {
      const body = { user: user(who), channel: channel(where), command, options };
      return (await interact(body)).replies;
    },
    async press(who: string, message: string, customId: string): Promise<ShownMessage[]> {
      return (await interact({ user: user(who), message, customId })).replies;
    },
    /** The form that a slash command, or a button (`message`, `customId`), opens. */
    async form(who: string, how: object): Promise<ShownForm> {
      const { modal, replies } = await interact({ user: user(who), ...how });
      if (!modal) throw new Error(`no form opened, but: ${JSON.stringify(replies)}`);
      return modal;
    },
    /** Sends the form that somebody has open; fields that are not named stay as they were filled in. */
    async send(who: string, customId: string, fields: object): Promise<ShownMessage[]> {
      return (await interact({ user: user(who), customId, fields })).replies;
    },
    async complete(
      who: string,
      command: string,
      options: object,
      focused: string,
      where = 'llm-serving',
    ): Promise<{ name: string; value: string }[]> {
      const body = { user: user(who), channel: channel(where), command, options, focused };
      return (await control<{ choices: { name: string; value: string }[] }>('/autocomplete', body)).choices;
    },
    async close(): Promise<void> {
      await gateway.close();
      await watch.close();
      await retouched?.close();
      await store.close();
      await sandbox.close();
    },
  };
}
