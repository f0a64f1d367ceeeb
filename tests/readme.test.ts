import { readFileSync, readdirSync } from 'node:fs';
import { ApplicationCommandOptionType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/config/environment.ts';
import { startBot } from './commands/start-bot.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it.each(environmentNames)('documents the variable %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });

  it('documents every slash command, its sub-commands and options', async () => {
    const bot = await startBot(null);
    await bot.close();
    expect(bot.data).not.toEqual([]);
    for (const { name, options = [] } of bot.data) {
      expect(readme).toContain(`\`/${name}`);
      for (const option of options) {
        const isSubcommand = option.type === ApplicationCommandOptionType.Subcommand;
        expect(readme).toContain(isSubcommand ? `/${name} ${option.name}` : option.name);
      }
    }
  });

  const verbs = readdirSync('src/cli')
    .map((file) => /^(\w+)\.ts$/.exec(file)?.[1] ?? '')
    .filter((name) => readFileSync('src/main.ts', 'utf8').includes(`'./cli/${name}.ts'`));

  it.each(verbs)('documents the verb %s', (verb) => {
    expect(readme).toMatch(new RegExp(`^\\| \`${verb}\\b`, 'm'));
  });

  it('says the acknowledgement that arXiv asks for', () => {
    expect(readme).toContain('Thank you to arXiv for use of its open access interoperability.');
  });
});
