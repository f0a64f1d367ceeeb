import type { StoredSubscription } from '../domain/subscription.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { formValues } from './edit-form.ts';
import type { FormValues } from './edit-form.ts';
import { missingQuery } from './option-problem.ts';
import { volumeProblem } from './volume-text.ts';
import { readWish } from './wish.ts';

/**
 * A subscription as its form, filled in with `values`, wants it; else what is wrong with them, for people. What the form does not ask
 * for stays: authors, kinds, score, about how many papers, hour and place.
 */
export function editedSubscription(
  present: StoredSubscription,
  values: FormValues,
): Result<StoredSubscription, string> {
  // A file may name whole archives, `cs.*`, which commands do not take; left alone, they stay.
  const keepsCategories = values.categories === formValues(present).categories;
  const wish = readWish(
    {
      query: values.query,
      interests: values.interests,
      categories: keepsCategories ? '' : values.categories,
      style: values.style === '' ? null : values.style,
      max: values.max.trim() === '' ? null : wholeNumber(values.max),
    },
    'form',
  );
  if (!wish.ok) return wish;
  const { query, interests } = wish.value;
  const edited = {
    ...present,
    query,
    interests,
    categories: keepsCategories ? present.categories : [...wish.value.categories],
    style: wish.value.style ?? present.style,
    maxPapers: wish.value.max ?? present.maxPapers,
  };
  const problem = volumeProblem(edited);
  if (problem !== null) return err(problem);
  return selects(edited) ? ok(edited) : err(missingQuery);
}

/** Whether anything chooses among the papers of the day. */
function selects({ query, interests, categories, authors }: StoredSubscription): boolean {
  return query !== '' || interests !== '' || categories.length > 0 || authors.length > 0;
}

function wholeNumber(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}
