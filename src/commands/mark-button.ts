import { privately } from '../discord/command.ts';
import type { Buttons } from '../discord/command.ts';
import { titleOf } from '../discord/embed-paper.ts';
import type { MarkKind } from '../domain/mark.ts';
import type { CommandDeps } from './deps.ts';

type Opinion = Extract<MarkKind, 'up' | 'down'>;

/** What is said of a mark that is now set, and of one that is now taken back. */
const said: Readonly<
  Record<Opinion, { readonly set: (name: string) => string; readonly unset: (name: string) => string }>
> = {
  up: {
    set: (name) => `👍 Recorded: you find ${name} relevant. Press again to take it back.`,
    unset: (name) => `Your 👍 for ${name} is taken back.`,
  },
  down: {
    set: (name) => `👎 Recorded: ${name} is not for you. Press again to take it back.`,
    unset: (name) => `Your 👎 for ${name} is taken back.`,
  },
};

/** A button that sets or takes back the presser's mark on a paper, and says to them alone which of the two it did. */
export function markButton(kind: Opinion, deps: CommandDeps): Buttons[Opinion] {
  return async ({ userId, button }, defer) => {
    await defer('private');
    const mark = { userId, paper: button.paper, kind, subscriptions: [], nowMs: deps.clock.now() };
    const isSet = await deps.store.marks.toggle(mark);
    const [paper] = await deps.store.papers.byIds([button.paper]);
    const name = paper ? `**${titleOf(paper).title}**` : `arXiv:${button.paper}`;
    return privately(isSet ? said[kind].set(name) : said[kind].unset(name));
  };
}
