import { z } from 'zod';
import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Command, Defer } from '../discord/command.ts';
import { renderPaper } from '../discord/render-paper.ts';
import { absUrl } from '../domain/links.ts';
import type { CommandDeps } from './deps.ts';
import { everywhere, stringOption } from './options.ts';
import { maxPaperIdLength, readPaperId } from './paper-id.ts';

const optionsSchema = z.object({ id: z.string().max(maxPaperIdLength) });

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
            max_length: maxPaperIdLength,
          },
        ),
      ],
    },
    run: (asked, defer) => showPaper(asked, defer, deps),
  };
}

async function showPaper(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  const read = readPaperId(optionsSchema.parse(asked.options).id);
  if (!read.ok) return privately(read.error);
  const id = read.value;
  await defer('public', 'if-slow');
  const [paper] = await deps.store.papers.byIds([id]);
  if (!paper) {
    return privately(
      `I have not met arXiv:${id} yet: I know the papers of the listings I read. Here it is on arXiv: ${absUrl(id)}`,
    );
  }
  return { place: 'public', body: renderPaper(paper) };
}
