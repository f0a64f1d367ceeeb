import { z } from 'zod';
import { canonicalId } from '../arxiv/identifier.ts';
import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Command, Defer } from '../discord/command.ts';
import { renderPaper } from '../discord/render-paper.ts';
import { absUrl } from '../domain/links.ts';
import type { CommandDeps } from './deps.ts';
import { everywhere, stringOption } from './options.ts';

const optionsSchema = z.object({ id: z.string().max(200) });

/** /paper: one paper of the archive, by any form of its identifier. */
export function paperCommand(deps: CommandDeps): Command {
  return {
    data: {
      name: 'paper',
      description: 'Show one paper',
      ...everywhere,
      options: [
        stringOption(
          'id',
          'Its arXiv identifier or address, such as: 2505.16508, or https://arxiv.org/abs/2505.16508',
          {
            required: true,
            max_length: 200,
          },
        ),
      ],
    },
    run: (asked, defer) => showPaper(asked, defer, deps),
  };
}

async function showPaper(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  const { id: written } = optionsSchema.parse(asked.options);
  // People put an address between < and > to keep Discord from showing its page.
  const id = canonicalId(written.trim().replace(/^<(.*)>$/, '$1'));
  if (id === null) {
    return privately(
      'That is no arXiv identifier. It looks like `2505.16508` or `math.GT/0309136`; the address of its page works too.',
    );
  }
  await defer('public', 'if-slow');
  const [paper] = await deps.store.papers.byIds([id]);
  if (!paper) {
    return privately(
      `I have not met arXiv:${id} yet: I know the papers of the listings I read. Here it is on arXiv: ${absUrl(id)}`,
    );
  }
  return { place: 'public', body: renderPaper(paper) };
}
