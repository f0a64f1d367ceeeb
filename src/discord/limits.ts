/**
 * Discord's limits for a message with embeds and for a form, in code points. Source: Discord API documents, resources/message, embed
 * limits; components/reference, label and text input; interactions/receiving-and-responding, modal (2026-11).
 */
export const limits = {
  content: 2_000,
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
  threadName: 100,
  formTitle: 45,
  formFields: 5,
  fieldLabel: 45,
  fieldDescription: 100,
  fieldPlaceholder: 100,
} as const;
