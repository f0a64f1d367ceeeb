import { z } from 'zod';
import { privately } from '../discord/command.ts';
import type { Answer, AskedCommand, Buttons, Command, Defer, Place } from '../discord/command.ts';
import { renderSearchPage } from '../discord/render-search-page.ts';
import type { SearchRequest } from '../domain/search.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { parseQuery } from '../query/parse.ts';
import { categoryChoices } from './category-choices.ts';
import { readCategory } from './category.ts';
import type { CommandDeps } from './deps.ts';
import { maxQueryLength } from './limits.ts';
import { optionProblem } from './option-problem.ts';
import { everywhere, stringOption, suggestedOption } from './options.ts';
import { queryProblem } from './query-problem.ts';
import { unlessEnded } from './search-ended.ts';

/** Papers on one page of results. */
const pageSize = 5;

const optionsSchema = z.object({
  query: z.string().trim().min(1).max(maxQueryLength),
  category: z.string().trim().optional(),
  since: z.string().trim().optional(),
  sort: z.enum(['relevance', 'date']).default('relevance'),
});

/** /search: papers of the archive, a page at a time. */
export function searchCommand(deps: CommandDeps): Command {
  return {
    data: {
      name: 'search',
      description: 'Search the papers that were announced so far',
      ...everywhere,
      options: [
        stringOption('query', 'Words, "exact phrases", OR, -without, author:name; /help shows more', {
          required: true,
          max_length: maxQueryLength,
        }),
        suggestedOption('category', 'Only papers in this arXiv category, such as: cs.DC', {
          required: false,
          max_length: 100,
        }),
        stringOption('since', 'Only papers announced on this day or later, such as: 2025-05-01', { max_length: 10 }),
        stringOption('sort', 'What comes first', {
          choices: [
            { name: 'best match first', value: 'relevance' },
            { name: 'newest first', value: 'date' },
          ],
        }),
      ],
    },
    run: (asked, defer) => search(asked, defer, deps),
    complete: ({ focused }) => Promise.resolve(categoryChoices(focused.value)),
  };
}

/** The buttons under a page of results: another page, in place of this one. */
export function searchButton(deps: CommandDeps): Buttons['search'] {
  return async ({ button }, defer) => {
    await defer('update');
    const request = await deps.store.queries.get(button.query);
    if (request === null)
      return privately('I have forgotten this search; it is months old. Please use `/search` again.');
    return page(request, button.offset, 'update', deps);
  };
}

async function search(asked: AskedCommand, defer: Defer, deps: CommandDeps): Promise<Answer> {
  const request = readRequest(asked.options);
  if (!request.ok) return privately(request.error);
  await defer('public', 'if-slow');
  return page(request.value, 0, 'public', deps);
}

function page(request: SearchRequest, offset: number, place: Place, deps: CommandDeps): Promise<Answer> {
  return unlessEnded(() => readPage(request, offset, place, deps));
}

async function readPage(request: SearchRequest, offset: number, place: Place, deps: CommandDeps): Promise<Answer> {
  const found = await deps.store.papers.search({ ...request, limit: pageSize, offset });
  if (!found.ok) return privately(queryProblem(request.query, found.error));
  const isEmpty = found.value.hits.length === 0;
  const isArchiveEmpty = isEmpty && (await deps.store.papers.recent(1)).length === 0;
  const id = await deps.store.queries.remember(request, deps.clock.now());
  const { suggestion } = found.value;
  const better = suggestion === null ? null : { ...request, query: suggestion };
  const betterId = better === null ? null : await deps.store.queries.remember(better, deps.clock.now());
  return {
    // That there is nothing is no news for the whole channel.
    place: isEmpty && place === 'public' ? 'private' : place,
    body: renderSearchPage({ request, page: found.value, id, betterId, offset, pageSize, isArchiveEmpty }),
  };
}

function readRequest(options: AskedCommand['options']): Result<SearchRequest, string> {
  const read = optionsSchema.safeParse(options);
  if (!read.success) return err(optionProblem(read.error));
  const { query, category, since, sort } = read.data;
  const parsed = parseQuery(query);
  if (!parsed.ok) return err(queryProblem(query, parsed.error));
  const code = category === undefined || category === '' ? null : readCategory(category);
  if (code !== null && !code.ok) return code;
  if (since !== undefined && since !== '' && !z.iso.date().safeParse(since).success) {
    return err('`since` takes a day such as `2025-05-01`: year, month and day.');
  }
  return ok({ query, sort, ...(code === null ? {} : { category: code.value }), ...(since ? { since } : {}) });
}
