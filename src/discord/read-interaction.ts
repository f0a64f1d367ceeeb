import { ChannelType } from 'discord.js';
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  CommandInteractionOption,
  ModalSubmitInteraction,
} from 'discord.js';
import type { Asked, AskedCommand, ChannelSeen } from './command.ts';

type OptionChannel = NonNullable<CommandInteractionOption['channel']>;

type AnyInteraction =
  | ChatInputCommandInteraction
  | AutocompleteInteraction
  | ButtonInteraction
  | ModalSubmitInteraction;

/** Who asks, and where. */
export function readAsked(interaction: AnyInteraction): Asked {
  const { channel, guildId } = interaction;
  const here: ChannelSeen = {
    id: interaction.channelId ?? '',
    name: channel !== null && 'name' in channel ? (channel.name ?? '') : '',
    type: channel?.type ?? (guildId === null ? ChannelType.DM : ChannelType.GuildText),
    permissions: interaction.memberPermissions?.bitfield ?? null,
    appPermissions: interaction.appPermissions.bitfield,
  };
  return {
    id: interaction.id,
    userId: interaction.user.id,
    guildId,
    channel: here,
    // Of the channel asked in Discord itself told the permissions.
    lookUp: (channelId) => (channelId === here.id ? here : cachedChannel(interaction, channelId)),
  };
}

/** A channel of the server, or a thread that is not archived, as the client knows it; a thread has the permissions of its channel. */
function cachedChannel(interaction: AnyInteraction, channelId: string): ChannelSeen | null {
  if (!interaction.inCachedGuild()) return null;
  const { guild, member } = interaction;
  const found = guild.channels.cache.get(channelId);
  // A thread whose channel the bot cannot see is as good as unknown.
  const origin = found?.isThread() ? found.parent : found;
  if (!found || !origin) return null;
  const me = guild.members.me;
  return {
    id: found.id,
    name: found.name,
    type: found.type,
    permissions: origin.permissionsFor(member).bitfield,
    appPermissions: me === null ? null : origin.permissionsFor(me).bitfield,
  };
}

/** A slash command with its options, those of a sub-command included. */
export function readCommand(interaction: ChatInputCommandInteraction | AutocompleteInteraction): AskedCommand {
  const options: Record<string, string | number | boolean> = {};
  const channels: Record<string, ChannelSeen> = {};
  for (const option of flatOptions(interaction.options.data)) {
    if (option.channel) channels[option.name] = channelSeen(option.channel);
    else if (option.value !== undefined) options[option.name] = option.value;
  }
  const subcommand = interaction.options.getSubcommand(false);
  return { ...readAsked(interaction), command: interaction.commandName, subcommand, options, channels };
}

/** What a form holds as it is sent, by the names of its fields: texts, and the value of a select that takes one. */
export function readFields({ fields }: ModalSubmitInteraction): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, field] of fields.fields) {
    const value = 'values' in field ? field.values[0] : field.value;
    if (typeof value === 'string') read[name] = value;
  }
  return read;
}

function flatOptions(options: readonly CommandInteractionOption[]): CommandInteractionOption[] {
  return options.flatMap((option) => (option.options ? flatOptions(option.options) : [option]));
}

/** Discord sends both permissions with a resolved channel since July 2026; the names in the raw form differ. */
function channelSeen(channel: OptionChannel): ChannelSeen {
  const { id, name, type } = channel;
  const raw = 'app_permissions' in channel ? channel.app_permissions : undefined;
  const app = 'appPermissions' in channel ? channel.appPermissions?.bitfield : bits(raw);
  const own = typeof channel.permissions === 'string' ? bits(channel.permissions) : channel.permissions?.bitfield;
  return { id, name: name ?? '', type, permissions: own ?? null, appPermissions: app ?? null };
}

function bits(text: unknown): bigint | undefined {
  return typeof text === 'string' && /^\d+$/.test(text) ? BigInt(text) : undefined;
}
