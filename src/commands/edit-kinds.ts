import type { Asked } from '../discord/command.ts';
import type { FormId } from '../discord/custom-id.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { ownAlert, unknownAlert } from './alerts.ts';
import type { CommandDeps } from './deps.ts';
import { managedSubscription, unknownSubscription } from './managed-subscription.ts';
import { resumeChannel, resumeDm } from './resume.ts';
import type { ResumeDeps } from './resume.ts';
import { wishText } from './wish-text.ts';

/** How the subscriptions of channels and the private alerts of people differ when they are changed. */
type EditKind = {
  /** What the asker may change; a sentence where they may know of it only, null where not even that. */
  find(asked: Asked, id: string, deps: Pick<CommandDeps, 'store'>): Promise<Result<StoredSubscription, string> | null>;
  readonly unknown: string;
  /**
   * Lets posts to its target go on where they were paused and are found to be possible again. Returns the sentences that say so, or what
   * still keeps us from posting; none where all is well, as before.
   */
  resume(asked: Asked, subscription: StoredSubscription, deps: ResumeDeps): Promise<readonly string[]>;
  /** What it is now, as the end of a sentence. */
  states(subscription: StoredSubscription): string;
};

export const editKinds: Readonly<Record<FormId['action'], EditKind>> = {
  'edit-channel': {
    find: managedSubscription,
    unknown: unknownSubscription,
    resume: (asked, subscription, deps) => resumeChannel(asked.lookUp(subscription.target), subscription, deps),
    states: (subscription) => `<#${subscription.target}> is subscribed to ${wishText(subscription)}`,
  },
  'edit-alert': {
    find: async (asked, id, deps) => {
      const alert = await ownAlert(asked, id, deps);
      return alert && ok(alert);
    },
    unknown: unknownAlert,
    resume: resumeDm,
    states: (alert) => `your alert is for ${wishText(alert)}`,
  },
};
