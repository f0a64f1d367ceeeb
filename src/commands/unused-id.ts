import type { CommandDeps } from './deps.ts';

/** An id for a new subscription: saving one under an id that is taken would replace what somebody else subscribed to. */
export async function unusedId(deps: Pick<CommandDeps, 'store' | 'newId'>): Promise<string> {
  for (;;) {
    const id = deps.newId();
    if ((await deps.store.subscriptions.get(id)) === null) return id;
  }
}
