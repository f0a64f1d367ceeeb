/** Discord's limits for a message with embeds, in code points. Source: Discord API documents, resources/message, embed limits (2026-11). */
export const limits = {
  embedTitle: 256,
  embedDescription: 4_096,
  fieldValue: 1_024,
  footer: 2_048,
  /** All texts of all embeds of a message together. */
  embedsTogether: 6_000,
  buttonLabel: 80,
  customId: 100,
  buttonsPerRow: 5,
  rowsPerMessage: 5,
} as const;
