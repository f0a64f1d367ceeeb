import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  EmbedBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Client, Interaction } from 'discord.js';
import { logIn } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

const search = new SlashCommandBuilder()
  .setName('search')
  .setDescription('Search the archive')
  .addStringOption((option) => option.setName('query').setDescription('What to look for').setRequired(true))
  .addStringOption((option) =>
    option
      .setName('sort')
      .setDescription('Order of the results')
      .addChoices({ name: 'Relevance', value: 'relevance' }, { name: 'Date', value: 'date' }),
  )
  .addStringOption((option) => option.setName('category').setDescription('arXiv category').setAutocomplete(true));
const alert = new SlashCommandBuilder()
  .setName('alert')
  .setDescription('Private alerts')
  .addSubcommand((sub) =>
    sub
      .setName('add')
      .setDescription('Tell me alone')
      .addStringOption((option) => option.setName('query').setDescription('What to look for').setRequired(true)),
  )
  .addSubcommand((sub) => sub.setName('edit').setDescription('Change it in a form'));

export const buttons = () =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('save').setLabel('Save').setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('up').setEmoji('👍').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId('off').setLabel('Spent').setStyle(ButtonStyle.Danger).setDisabled(true),
    new ButtonBuilder().setURL('https://arxiv.org/abs/2505.15988').setLabel('arXiv').setStyle(ButtonStyle.Link),
  );
export const card = () =>
  new EmbedBuilder()
    .setTitle('Sailing by the Stars \\*')
    .setURL('https://arxiv.org/abs/2505.15988')
    .setColor(0xb3_1b_1b)
    .setAuthor({ name: 'cs.DC · new · 23 May 2025' })
    .setDescription('A **survey** of [rewards](https://example.org) in O(nΔ³), 1.15× faster 🎉')
    .addFields(
      { name: 'Why', value: '`survey` in title' },
      { name: 'Primary', value: 'cs.DC', inline: true },
      { name: 'Also in', value: 'cs.LG', inline: true },
    )
    .setFooter({ text: 'arXiv:2505.15988' });

/** What the bot of these tests does with what people do. */
async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond([{ name: `Distributed computing (${typed})`, value: 'cs.DC' }]);
  } else if (interaction.isChatInputCommand() && interaction.commandName === 'search') {
    await interaction.deferReply();
    const values = ['query', 'sort', 'category'].map((name) => interaction.options.getString(name));
    await interaction.editReply({
      content: `Results for ${values.join(' | ')}`,
      embeds: [card()],
      components: [buttons()],
    });
  } else if (interaction.isChatInputCommand() && interaction.options.getSubcommand() === 'add') {
    const direct = await interaction.user.createDM();
    await direct.send('You will hear from me here.');
    await interaction.reply({
      content: `Alert: ${interaction.options.getString('query')}`,
      flags: MessageFlags.Ephemeral,
    });
  } else if (interaction.isChatInputCommand()) {
    const field = new TextInputBuilder().setCustomId('query').setLabel('Query').setStyle(TextInputStyle.Short);
    const row = new ActionRowBuilder<TextInputBuilder>().addComponents(field);
    await interaction.showModal(new ModalBuilder().setCustomId('edit').setTitle('Change the alert').addComponents(row));
  } else if (interaction.isModalSubmit()) {
    await interaction.reply({
      content: `Changed to ${interaction.fields.getTextInputValue('query')}`,
      flags: MessageFlags.Ephemeral,
    });
  } else if (interaction.isButton()) {
    await interaction.reply({ content: `Pressed ${interaction.customId}`, flags: MessageFlags.Ephemeral });
  }
}

/** A bot that knows `/search` and `/alert`, and answers whatever people do with them. */
export async function startBot(sandbox: RunningSandbox): Promise<Client<true>> {
  const client = await logIn(sandbox, answer);
  await client.application.commands.set([search.toJSON(), alert.toJSON()]);
  return client;
}

export async function post(
  client: Client<true>,
  sandbox: RunningSandbox,
  channel: string,
  message: object | string,
): Promise<void> {
  const id = sandbox.ready.channels.find(({ name }) => name === channel)?.id ?? '';
  const found = await client.channels.fetch(id);
  if (!found?.isSendable()) throw new Error(`#${channel} takes no messages`);
  await found.send(message);
}
