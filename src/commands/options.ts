import { ApplicationCommandOptionType, ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandChannelOption,
  APIApplicationCommandIntegerOption,
  APIApplicationCommandStringOption,
  ApplicationCommandOptionAllowedChannelType,
} from 'discord.js';
import type { Style } from '../domain/subscription.ts';
import { maxInterestsLength, maxPapersADay, maxQueryLength } from './limits.ts';
import { atOnce } from './timing.ts';

/** Where a command is offered: in servers, by servers that added the bot. */
export const inServers = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/** In servers and in direct messages with the bot. */
export const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

type StringDetails = Omit<Partial<APIApplicationCommandStringOption>, 'type' | 'name' | 'description' | 'autocomplete'>;

/** An option that takes text. */
export function stringOption(
  name: string,
  description: string,
  details: StringDetails = {},
): APIApplicationCommandBasicOption {
  return { type: ApplicationCommandOptionType.String, name, description, ...details };
}

/** An option that takes text and suggests it while it is typed. */
export function suggestedOption(
  name: string,
  description: string,
  details: { readonly required: boolean; readonly max_length?: number } = { required: true },
): APIApplicationCommandBasicOption {
  return { type: ApplicationCommandOptionType.String, name, description, ...details, autocomplete: true };
}

/** An option that takes a channel of one of these types. */
export function channelOption(
  name: string,
  description: string,
  types: readonly ApplicationCommandOptionAllowedChannelType[],
): APIApplicationCommandChannelOption {
  return { type: ApplicationCommandOptionType.Channel, name, description, channel_types: [...types] };
}

/** An option that takes a whole number in a range. */
export function integerOption(
  name: string,
  description: string,
  range: { readonly min: number; readonly max: number },
): APIApplicationCommandIntegerOption {
  return { type: ApplicationCommandOptionType.Integer, name, description, min_value: range.min, max_value: range.max };
}

export const styleChoices: readonly { readonly name: string; readonly value: Style }[] = [
  { name: 'cards: one message a paper, with its buttons', value: 'cards' },
  { name: 'digest: up to ten papers a message', value: 'digest' },
];

/** The options that say what somebody wants, the same wherever something is subscribed to. */
export const wishOptions = {
  query: stringOption('query', 'Words, "exact phrases", OR, -without, author:name; /help shows more', {
    required: true,
    max_length: maxQueryLength,
  }),
  categories: suggestedOption('categories', 'Only papers in any of these arXiv categories, such as: cs.DC, cs.LG', {
    required: false,
    max_length: maxQueryLength,
  }),
  interests: stringOption('interests', 'What you care about, in your own words; it ranks the matches', {
    max_length: maxInterestsLength,
  }),
  style: stringOption('style', 'How papers look: one message each with buttons, or ten to a message', {
    choices: [...styleChoices],
  }),
  about: integerOption('about', 'About so many papers a day: the most relevant ones', { min: 1, max: maxPapersADay }),
  max: integerOption('max', 'The most papers a day', { min: 1, max: maxPapersADay }),
} as const;

/** The same of a subscription that there is already. Left out, it changes nothing. */
export const aboutOption = integerOption(
  'about',
  'About so many papers a day, the most relevant ones; 0 for all that match',
  { min: 0, max: maxPapersADay },
);

const hourChoices: readonly { readonly name: string; readonly value: number }[] = [
  { name: 'as soon as arXiv announces them', value: atOnce },
  ...Array.from({ length: 24 }, (_, hour) => ({ name: `${hour}:00`, value: hour })),
];

/** The options that say when papers come, in the order in which they follow the others. Left out, they change nothing. */
export const timingOptions: readonly APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'hour',
    description: 'The hour at which papers come; without one, as soon as arXiv announces them',
    choices: [...hourChoices],
  },
  suggestedOption('zone', 'The time zone of the hours; start typing a big city near you', { required: false }),
  stringOption('quiet', 'Hours without posts, such as: 22-7 (from 22:00 to 7:00); none for no quiet hours', {
    max_length: 20,
  }),
];
