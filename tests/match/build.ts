import type { AnnouncedPaper, AnnouncementKind, Paper } from '../../src/domain/paper.ts';
import { subscriptionSchema } from '../../src/domain/subscription.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { compileSubscription } from '../../src/match/compile.ts';
import type { CompiledSubscription } from '../../src/match/compile.ts';

/** A paper announced in its primary category, unless `announced` says otherwise (`{'cs.DC': 'cross'}`). */
export function announce(
  fields: Partial<Paper> = {},
  announced?: Readonly<Record<string, AnnouncementKind>>,
): AnnouncedPaper {
  const categories = fields.categories ?? ['cs.DC'];
  const primary = fields.primary ?? categories[0] ?? '';
  return {
    paper: {
      id: '2505.15988',
      version: null,
      title: '',
      authors: [],
      authorsTruncated: false,
      abstract: null,
      categories,
      primary,
      comments: null,
      journalRef: null,
      doi: null,
      withdrawn: false,
      formats: [],
      ...fields,
    },
    date: '2025-05-23',
    announcements: Object.entries(announced ?? { [primary]: 'new' as const }).map(([category, kind]) => ({
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
