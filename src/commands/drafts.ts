import type { FormId } from '../discord/custom-id.ts';
import type { CommandDeps } from './deps.ts';
import type { FormValues } from './edit-form.ts';

/** A form that somebody sent and that could not be used, so that they need not type it again. */
export type Draft = { readonly userId: string; readonly form: FormId; readonly values: FormValues };

export type Drafts = ReturnType<typeof createDrafts>;

/** As long as Discord lets us answer a form that was sent. */
const keptMs = 15 * 60_000;

/** All of them together: under a megabyte. */
const mostKept = 500;

/** Drafts, in memory only: each for a quarter of an hour, or until 500 others came after it. */
export function createDrafts(deps: Pick<CommandDeps, 'clock' | 'newId'>) {
  const drafts = new Map<string, Draft & { readonly keptAt: number }>();

  const isKept = ({ keptAt }: { readonly keptAt: number }) => deps.clock.now() - keptAt < keptMs;

  function forgetOld(): void {
    for (const [id, draft] of drafts) {
      if (isKept(draft) && drafts.size < mostKept) break;
      drafts.delete(id);
    }
  }

  function unusedId(): string {
    const id = deps.newId();
    return drafts.has(id) ? unusedId() : id;
  }

  return {
    /** Returns the id to get it back with. */
    keep(draft: Draft): string {
      forgetOld();
      const id = unusedId();
      drafts.set(id, { ...draft, keptAt: deps.clock.now() });
      return id;
    },
    /** A person's own draft; null where it is somebody else's, or no longer kept. */
    get(id: string, userId: string): Draft | null {
      const draft = drafts.get(id);
      return draft?.userId === userId && isKept(draft) ? draft : null;
    },
  };
}
