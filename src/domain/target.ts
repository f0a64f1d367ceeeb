/** Where posts go. */
export type Target = {
  /** Discord channel id; for a person, the id of the DM channel with them. */
  readonly id: string;
  readonly kind: 'channel' | 'forum' | 'dm';
  readonly guildId: string | null;
  /** The person of a DM. */
  readonly userId: string | null;
  readonly state: 'active' | 'paused';
  /** One sentence for people; null while active. */
  readonly pausedReason: string | null;
};
