import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { openFoundation } from '../app/foundation.ts';
import type { Foundation } from '../app/foundation.ts';
import { placeSubscriptions } from '../app/place-subscriptions.ts';
import type { ResolveChannel } from '../app/place-subscriptions.ts';
import { readEnvironment } from '../config/environment.ts';
import { kindOfChannel } from '../discord/channel-kind.ts';
import { createDirectory } from '../discord/directory.ts';
import type { Directory } from '../discord/directory.ts';
import { createRest } from '../discord/rest.ts';
import { readPlacedSubscriptions, writePlacedSubscriptions } from '../exports/subscriptions-file.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import { err, ok } from '../lib/result.ts';
import { printJson } from './print.ts';
import { readTextInput } from './read-input.ts';

/** `subscriptions import|export FILE`: the subscriptions of channels, to and from a YAML or JSON file. */
export function addSubscriptions(program: Command): void {
  const verb = program
    .command('subscriptions')
    .description('bring subscriptions from a file, or take them away in one');
  verb
    .command('import')
    .description('add the subscriptions of a file; the same file again changes nothing')
    .argument('<file>', 'YAML or JSON: [{guild, channel, style, query, …}]')
    .action((file: string) =>
      withFoundation(async (foundation) => {
        const subscriptions = readPlacedSubscriptions(readTextInput(file), file);
        const { store, clock, settings } = foundation;
        const resolveChannel = placeResolver(foundation);
        await placeSubscriptions(subscriptions, {
          store,
          resolveChannel,
          nowMs: clock.now(),
          zone: settings.posting.zone,
        });
        printJson({ imported: subscriptions.length });
      }),
    );
  verb
    .command('export')
    .description('write the subscriptions of all channels; private alerts stay private')
    .argument('<file>', 'ends in .yaml or .json')
    .action((file: string) =>
      withFoundation(async (foundation) => {
        const exported = await channelSubscriptions(foundation);
        writeOutput(file, writePlacedSubscriptions(exported, file));
        printJson({ exported: exported.length });
      }),
    );
}

async function withFoundation(action: (foundation: Foundation) => Promise<void>): Promise<void> {
  const foundation = await openFoundation(readEnvironment(process.env));
  try {
    await action(foundation);
  } finally {
    await foundation.store.close();
  }
}

const snowflake = /^\d{15,20}$/;

/** Names are looked up on Discord. Ids are taken at their word, so that files of ids can be imported without it. */
function placeResolver({ environment, store }: Foundation): ResolveChannel {
  const token = environment.DISCORD_TOKEN;
  const directory =
    token === undefined ? null : createDirectory(createRest({ apiUrl: environment.DISCORD_API_URL, token }));
  const typesOf = channelTypes(directory);
  return async (guild, channel) => {
    if (snowflake.test(guild) && snowflake.test(channel)) {
      const type = (await typesOf(guild)).get(channel);
      // Threads are in no list of channels, nor is what the bot cannot see yet.
      const unlisted = async () => (await store.targets.get(channel))?.kind ?? 'channel';
      const kind = type === undefined ? await unlisted() : kindOfChannel(type);
      return kind === null
        ? err('nothing can be posted there: it is a category or the like')
        : ok({ id: channel, guildId: guild, kind });
    }
    if (directory) return directory.resolveChannel(guild, channel);
    return err('names are looked up on Discord: set DISCORD_TOKEN, or give the ids of server and channel');
  };
}

/** Discord's types of the channels of a server by id, asked for once; none where Discord does not say. */
function channelTypes(directory: Directory | null): (guild: string) => Promise<ReadonlyMap<string, number>> {
  const asked = new Map<string, Promise<ReadonlyMap<string, number>>>();
  const ask = async (guild: string) => {
    try {
      const channels = directory === null ? [] : await directory.channels(guild);
      return new Map(channels.map(({ id, type }) => [id, type]));
    } catch (error) {
      if (error instanceof AppError) return new Map<string, number>();
      throw error;
    }
  };
  return (guild) => {
    const answer = asked.get(guild) ?? ask(guild);
    asked.set(guild, answer);
    return answer;
  };
}

async function channelSubscriptions({ store }: Foundation) {
  const guildOf = new Map(
    (await store.targets.list()).flatMap(({ id, guildId }) => (guildId === null ? [] : [[id, guildId]])),
  );
  const subscriptions = await store.subscriptions.list();
  return subscriptions.flatMap(({ target, createdBy: _createdBy, createdAt: _createdAt, ...subscription }) => {
    const guild = guildOf.get(target);
    return guild === undefined ? [] : [{ guild, channel: target, ...subscription }];
  });
}

function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new AppError('unwritable-file', `${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}
