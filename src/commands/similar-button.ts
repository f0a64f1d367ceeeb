import { privately } from '../discord/command.ts';
import type { Buttons } from '../discord/command.ts';
import { renderSimilar } from '../discord/render-similar.ts';
import { absUrl } from '../domain/links.ts';
import type { CommandDeps } from './deps.ts';
import { unlessEnded } from './search-ended.ts';

const mostPapers = 5;

/** The button that shows papers like one, to the presser alone. */
export function similarButton(deps: CommandDeps): Buttons['similar'] {
  return async ({ button }, defer) => {
    await defer('private');
    const [paper] = await deps.store.papers.byIds([button.paper]);
    if (!paper) return privately(`I no longer have this paper. Here it is on arXiv: ${absUrl(button.paper)}`);
    return unlessEnded(async () => {
      const similar = await deps.store.papers.similar(paper.id, mostPapers);
      return { place: 'private', body: renderSimilar(paper, similar) };
    });
  };
}
