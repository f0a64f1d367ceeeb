import type { Buttons } from '../discord/command.ts';
import { listAlerts } from './alert.ts';
import type { CommandDeps } from './deps.ts';
import { listSubscriptions } from './subscriptions.ts';

/** The buttons under a list of subscriptions: another page, as it is now, in place of this one. */
export function listButton(deps: CommandDeps): Buttons['list'] {
  return async ({ button, ...asked }, defer) => {
    await defer('update');
    const { of, page } = button;
    const body = of === 'alerts' ? listAlerts(asked, page, deps) : listSubscriptions(asked, of, page, deps);
    return { place: 'update', body: await body };
  };
}
