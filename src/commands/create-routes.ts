import type { Routes } from '../discord/interactions.ts';
import { alertCommand } from './alert.ts';
import type { CommandDeps } from './deps.ts';
import { createDrafts } from './drafts.ts';
import { againButton, editForm } from './edit.ts';
import { forgetButton } from './forget-button.ts';
import { helpCommand } from './help.ts';
import { listButton } from './list-button.ts';
import { markButton } from './mark-button.ts';
import { moreButton } from './more-button.ts';
import { paperCommand } from './paper.ts';
import { previewCommand } from './preview.ts';
import { searchButton, searchCommand } from './search.ts';
import { similarButton } from './similar-button.ts';
import { subscribeCommand } from './subscribe.ts';
import { subscriptionsCommand } from './subscriptions.ts';
import { whyCommand } from './why.ts';

/** Every slash command, button and form there is, commands in the order in which /help lists them. */
export function createRoutes(deps: CommandDeps): Routes {
  const drafts = createDrafts(deps);
  const commands = [
    searchCommand(deps),
    paperCommand(deps),
    subscribeCommand(deps),
    subscriptionsCommand(deps),
    alertCommand(deps),
    previewCommand(deps),
    whyCommand(deps),
  ];
  return {
    commands: [...commands, helpCommand(commands.map(({ data }) => data))],
    buttons: {
      search: searchButton(deps),
      more: moreButton(deps),
      similar: similarButton(deps),
      up: markButton('up', deps),
      down: markButton('down', deps),
      list: listButton(deps),
      again: againButton(drafts),
      forget: forgetButton(deps),
    },
    forms: { 'edit-channel': editForm(drafts, deps), 'edit-alert': editForm(drafts, deps) },
  };
}
