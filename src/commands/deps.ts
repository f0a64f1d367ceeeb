import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { Store } from '../domain/ports.ts';
import type { StoredSubscription, Subscription } from '../domain/subscription.ts';
import type { Result } from '../lib/result.ts';
import type { Backtest } from '../pipeline/backtest.ts';
import type { PaperExplained } from '../pipeline/explain.ts';
import type { Learned } from './learned-text.ts';

/** Everything that slash commands and buttons need of the rest of the program. */
export type CommandDeps = {
  readonly store: {
    readonly papers: Pick<Store['papers'], 'byIds' | 'recent' | 'search' | 'similar'>;
    readonly subscriptions: Store['subscriptions'];
    readonly targets: Pick<Store['targets'], 'get' | 'dmOf' | 'resume'>;
    readonly marks: Pick<Store['marks'], 'toggle' | 'forget'>;
    readonly deliveries: Pick<Store['deliveries'], 'ofMessage' | 'sentTo'>;
    readonly queries: Store['queries'];
  };
  readonly clock: { now(): number };
  /** What a subscription would have brought over the last days, and how much of that its channel gets by `others`. */
  preview(subscription: Subscription, others: readonly Subscription[]): Promise<Backtest>;
  /** Why a paper (canonical id) came, or did not, by each of these subscriptions; null where it is unknown. */
  explain(paper: string, subscriptions: readonly StoredSubscription[]): Promise<PaperExplained>;
  /** What people's marks made of a subscription. */
  learned(subscription: Subscription): Promise<Learned>;
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
