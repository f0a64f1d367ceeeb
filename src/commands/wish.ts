import { z } from 'zod';
import { styles } from '../domain/subscription.ts';
import type { Style, Subscription } from '../domain/subscription.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { parseQuery } from '../query/parse.ts';
import { readCategories } from './category.ts';
import { maxInterestsLength, maxPapersADay, maxQueryLength } from './limits.ts';
import { optionProblem } from './option-problem.ts';
import { queryProblem } from './query-problem.ts';
import { volumeProblem } from './volume-text.ts';

/** What somebody asks to be told of, checked. `style`, `max` and `about` where they said so. */
export type Wish = {
  readonly query: string;
  readonly categories: readonly string[];
  readonly interests: string;
  readonly style: Style | null;
  readonly max: number | null;
  readonly about: number | null;
};

/** Options of /subscribe and /alert add. Discord's clients keep to the limits; a request made by hand need not. */
const optionsSchema = z.object({
  query: z.string().trim().min(1).max(maxQueryLength),
  categories: z.string().max(maxQueryLength).default(''),
  interests: z.string().trim().max(maxInterestsLength).default(''),
  style: z.enum(styles).nullable().default(null),
  max: z.int().min(1).max(maxPapersADay).nullable().default(null),
  about: z.int().min(1).max(maxPapersADay).nullable().default(null),
});

/** The same in a form, whose query may stay empty: then the interests select. */
const formSchema = optionsSchema.extend({ query: z.string().trim().max(maxQueryLength) });

/** Reads the options of a command that subscribes, or the fields of its form; else what is wrong with them, for people. */
export function readWish(
  options: Readonly<Record<string, unknown>>,
  from: 'command' | 'form' = 'command',
): Result<Wish, string> {
  const read = (from === 'form' ? formSchema : optionsSchema).safeParse(options);
  if (!read.success) return err(optionProblem(read.error));
  const query = read.data.query === '' ? ok(null) : parseQuery(read.data.query);
  if (!query.ok) return err(queryProblem(read.data.query, query.error));
  const { about: perDay, max: maxPapers } = read.data;
  const problem = maxPapers === null ? null : volumeProblem({ perDay, maxPapers });
  if (problem !== null) return err(problem);
  const categories = readCategories(read.data.categories);
  return categories.ok ? ok({ ...read.data, categories: categories.value }) : categories;
}

/** The subscription a wish asks for. The cap that nobody asked for makes room for what was. */
export function subscriptionOf(wish: Wish, id: string, defaults: { readonly maxPapers: number }): Subscription {
  return {
    id,
    query: wish.query,
    categories: [...wish.categories],
    interests: wish.interests,
    authors: [],
    kinds: ['new', 'cross'],
    minScore: 0,
    maxPapers: wish.max ?? Math.max(defaults.maxPapers, wish.about ?? 0),
    perDay: wish.about,
  };
}
