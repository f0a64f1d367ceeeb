import { ApplicationCommandOptionType } from 'discord.js';
import type { APIEmbed } from 'discord.js';
import type { Command } from '../discord/command.ts';
import type { CommandData } from '../discord/registration.ts';
import { everywhere } from './options.ts';

const data: CommandData = {
  name: 'help',
  description: 'What Paperboy does, and how to ask it',
  ...everywhere,
};

const about =
  'I read the day’s announcements of arXiv and bring the papers you asked for to channels and to people, each morning that arXiv announces (Monday to Friday). Every post says which of your words matched.';

const queries = [
  '`federated learning` both words, in title or abstract; word endings do not matter',
  '`"graph neural network"` exactly this phrase',
  '`inference OR serving` either · `-survey` without · `molecul*` any ending',
  '`author:hinton` `title:consensus` `cat:cs.DC` only in that field · `( )` to group',
  '`LLM` short words with capitals are taken as they stand: `LLM OR LLMs` finds both',
].join('\n');

const coming = [
  'As soon as arXiv announces them (about 20:00 in New York), or at an `hour` of yours, in your `zone`.',
  '`quiet:22-7` posts nothing from 22:00 to 7:00: what is ready then comes at 7:00.',
  '`about:5` brings about five papers a day, the most relevant ones: fewer on quiet days, more on rich ones.',
  'Where I cannot post, I tell whoever subscribed, try again now and then, and go on once I can.',
].join('\n');

/** arXiv asks those who use its interfaces to say this. Source: info.arxiv.org/help/api/tou.html. */
const arxivThanks = 'Thank you to arXiv for use of its open access interoperability.';

/** /help: the commands as they are registered, so that it cannot say anything else. */
export function helpCommand(others: readonly CommandData[]): Command {
  const embed: APIEmbed = {
    title: 'Paperboy',
    description: about,
    fields: [
      { name: 'Commands', value: [...others, data].flatMap(commandLines).join('\n') },
      { name: 'Queries', value: queries },
      { name: 'When papers come, and how many', value: coming },
      {
        name: 'Buttons',
        value:
          '👍 asks for more papers like this one, 👎 for fewer, in the subscription that brought it; pressed again, it is taken back. “Abstract” shows all of it. The answer goes to you alone.',
      },
    ],
    footer: { text: arxivThanks },
  };
  return { data, run: () => Promise.resolve({ place: 'private', body: { embeds: [embed] } }) };
}

/** One line a command, or one a sub-command where it has any. */
function commandLines(command: CommandData): string[] {
  const options = command.options ?? [];
  const subcommands = options.flatMap((option) =>
    option.type === ApplicationCommandOptionType.Subcommand ? [option] : [],
  );
  if (subcommands.length === 0) return [`\`/${command.name}\` ${command.description}`];
  return subcommands.map(({ name, description }) => `\`/${command.name} ${name}\` ${description}`);
}
