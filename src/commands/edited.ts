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
 * for stays: authors, kinds, score, about how many papers, hour and place. Whoever takes the query away and said no number gets about five
 * papers a day, the nearest to the interests.
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
  const isChosenAnew = present.query !== '' && choosesByInterests(edited) && present.perDay === null;
  const wanted = isChosenAnew ? { ...edited, perDay: Math.min(perDayOfInterests, edited.maxPapers) } : edited;
  const problem = volumeProblem(wanted);
  if (problem !== null) return err(problem);
  return selects(wanted) ? ok(wanted) : err(missingQuery);
}

/** Without a query a sixth of all papers are a little on the subject: few of them are worth a post. Zero (`about:0`) takes it back. */
const perDayOfInterests = 5;

function choosesByInterests({ query, interests }: StoredSubscription): boolean {
  return query === '' && interests !== '';
}

/** Whether anything chooses among the papers of the day. */
function selects({ query, interests, categories, authors }: StoredSubscription): boolean {
  return query !== '' || interests !== '' || categories.length > 0 || authors.length > 0;
}

function wholeNumber(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}
