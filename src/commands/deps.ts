import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { Paper } from '../domain/paper.ts';
import type { Store } from '../domain/ports.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Result } from '../lib/result.ts';

/** Everything that slash commands and buttons need of the rest of the program. */
export type CommandDeps = {
  readonly store: {
    readonly papers: Pick<Store['papers'], 'byIds' | 'recent' | 'search' | 'similar'>;
    readonly subscriptions: Store['subscriptions'];
    readonly targets: Pick<Store['targets'], 'get' | 'dmOf' | 'resume'>;
    readonly marks: Store['marks'];
    readonly queries: Store['queries'];
  };
  readonly clock: { now(): number };
  /** What the latest listing would have brought, best first, at most `maxPapers`; `date` null where none was read yet. */
  preview(subscription: Subscription): Promise<{
    readonly date: string | null;
    readonly matches: readonly { readonly paper: Paper; readonly score: number }[];
  }>;
  /**
   * The id of the DM channel with a person, or a sentence for them. Of those never written to before (`isKnown` false) only one at a time
   * is opened, so that this may take minutes.
   */
  openDm(person: { readonly userId: string; readonly isKnown: boolean }): Promise<Result<string, string>>;
  /** Posts to an open DM channel: the message's id, or a sentence for the person. `key` names the message: sent twice, posted once. */
  sendDm(message: {
    readonly channelId: string;
    readonly body: RESTPostAPIChannelMessageJSONBody;
    readonly key: string;
  }): Promise<Result<string, string>>;
  /** A short random id, so short that somebody may have it already. */
  newId(): string;
  /** What a new subscription gets where its maker does not say. */
  readonly defaults: { readonly zone: string; readonly maxPapers: number };
};
