import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { accessChannel } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { refuse } from './api-error.ts';
import { changeChannel } from './change-channel.ts';
import { changeThread } from './change-thread.ts';
import { channelObject } from './channel-objects.ts';
import { demandOverwrites, overwritesFrom } from './channel-overwrites.ts';
import { endpointsBelow, param } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import type { Overwrite } from './guild.ts';
import type { SandboxState } from './state.ts';
import { overwriteSchema } from './validate-channel.ts';

type ServerChannel = Extract<ChannelAccess, { kind: 'channel' }>;

const route = endpointsBelow('/channels/:id');

/** Channels and threads, changed and deleted, and who may do what in a channel. */
export function channelEndpoints(state: SandboxState): Endpoint[] {
  const change = (call: Call) => {
    const place = accessChannel(state, param(call, 'id'));
    if (place.kind === 'direct') throw refuse(50003);
    if (place.kind === 'thread') changeThread(state, place, call.body);
    else changeChannel(state, place, call.body);
    return { status: 200, body: channelObject(place.id, state) };
  };
  const remove = (call: Call) => {
    const known = accessChannel(state, param(call, 'id'));
    const place = accessChannel(state, known.id, rightToDelete(known));
    const body = channelObject(place.id, state);
    if (place.kind === 'thread') state.guilds.removeThread(place.id);
    if (place.kind === 'channel') state.guilds.removeChannel(place.id);
    // A private channel is only closed, and opens again as it was with the next message.
    return { status: 200, body };
  };
  /** Puts `next` in the place of the overwrite that the path names. */
  const overwrite = (call: Call, next: (id: string, place: ServerChannel) => readonly Overwrite[]) => {
    const place = accessChannel(state, param(call, 'id'), Permission.ManageRoles);
    if (place.kind === 'direct') throw refuse(50003);
    if (place.kind === 'thread') throw refuse(50024);
    const { guild, channel } = place;
    const id = param(call, 'overwrite');
    const after = [...channel.overwrites.filter((one) => one.id !== id), ...next(id, place)];
    demandOverwrites(guild, channel, channel.overwrites, after);
    state.guilds.changeChannel(channel.id, { overwrites: after });
    return { status: 204 };
  };
  return [
    route('PATCH', '', change),
    route('DELETE', '', remove),
    route('PUT', '/permissions/:overwrite', (call) => {
      const form = parseForm(overwriteSchema, call.body);
      return overwrite(call, (id, { guild }) => overwritesFrom([{ ...form, id }], guild));
    }),
    route('DELETE', '/permissions/:overwrite', (call) =>
      overwrite(call, (id, { channel }) => {
        if (!channel.overwrites.some((one) => one.id === id)) throw refuse(10009);
        return [];
      }),
    ),
  ];
}

function rightToDelete(place: ChannelAccess): bigint {
  if (place.kind === 'direct') return 0n;
  return place.kind === 'thread' ? Permission.ManageThreads : Permission.ManageChannels;
}
