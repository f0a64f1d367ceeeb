import { privately } from '../discord/command.ts';
import type { Buttons } from '../discord/command.ts';
import { renderPaper } from '../discord/render-paper.ts';
import { absUrl } from '../domain/links.ts';
import type { CommandDeps } from './deps.ts';

/** The button that shows a paper with its whole abstract, to the presser alone. */
export function moreButton(deps: CommandDeps): Buttons['more'] {
  return async ({ button, messageId }, defer) => {
    await defer('private');
    const [paper] = await deps.store.papers.byIds([button.paper]);
    if (!paper) return privately(`I no longer have this paper. Here it is on arXiv: ${absUrl(button.paper)}`);
    return { place: 'private', body: renderPaper(paper, messageId) };
  };
}
