import type { AnnouncedPaper, AnnouncementKind, Paper } from '../../src/domain/paper.ts';
import { subscriptionSchema } from '../../src/domain/subscription.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { compileSubscription } from '../../src/match/compile.ts';
import type { CompiledSubscription } from '../../src/match/compile.ts';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import { aPaper } from '../builders/domain.ts';

/** What a fresh install knows: every term weighs the same. */
export const noFrequencies = countDocumentFrequencies([]);

/** A paper announced in its primary category, unless `announced` says otherwise (`{'cs.DC': 'cross'}`). */
export function announce(
  fields: Partial<Paper> = {},
  announced?: Readonly<Record<string, AnnouncementKind>>,
): AnnouncedPaper {
  const paper = aPaper({ title: '', abstract: null, ...fields });
  return {
    paper,
    date: '2025-05-23',
    announcements: Object.entries(announced ?? { [paper.primary]: 'new' as const }).map(([category, kind]) => ({
      category,
      kind,
    })),
  };
}

export function subscription(fields: Partial<Subscription> = {}): Subscription {
  return subscriptionSchema.parse({ id: 's1', ...fields });
}

export function compiled(fields: Partial<Subscription> = {}): CompiledSubscription {
  const result = compileSubscription(subscription(fields));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
