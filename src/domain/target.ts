/** Where posts go. */
export type Target = {
  /** Discord channel id; for a person, the id of the DM channel with them. */
  readonly id: string;
  /** `announcement`: what is posted there is published to the channels that follow it. `forum`: every post is a thread of its own. */
  readonly kind: 'channel' | 'announcement' | 'forum' | 'dm';
  readonly guildId: string | null;
  /** The person of a DM. */
  readonly userId: string | null;
  readonly state: 'active' | 'paused';
  /** One sentence for people; null while active. */
  readonly pausedReason: string | null;
};
