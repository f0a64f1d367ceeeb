import { z } from 'zod';
import { isPlainId } from '../discord/custom-id.ts';
import type { FormId } from '../discord/custom-id.ts';
import { choiceField, formOf, textField } from '../discord/form.ts';
import type { Form } from '../discord/form.ts';
import { oneLine } from '../discord/markdown.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { maxInterestsLength, maxPapersADay, maxQueryLength } from './limits.ts';
import { styleChoices, wishOptions } from './options.ts';

/** What the form sends: text, empty where it has no such field. Its names are those of /subscribe's options, and so its problems' too. */
export const formValuesSchema = z.object({
  query: z.string().default(''),
  interests: z.string().default(''),
  categories: z.string().default(''),
  style: z.string().default(''),
  max: z.string().default(''),
});
export type FormValues = Readonly<z.infer<typeof formValuesSchema>>;

/** A subscription as its form shows it. */
export function formValues(subscription: StoredSubscription): FormValues {
  return {
    query: oneLine(subscription.query),
    interests: subscription.interests,
    categories: subscription.categories.join(', '),
    style: subscription.style,
    max: String(subscription.maxPapers),
  };
}

/** False for some that came from a file: by its id or its length the form could not show, or not send back, what there is. */
export function fitsForm(subscription: StoredSubscription): boolean {
  const { query, interests, categories } = formValues(subscription);
  return (
    isPlainId(subscription.id) &&
    query.length <= maxQueryLength &&
    interests.length <= maxInterestsLength &&
    categories.length <= maxQueryLength
  );
}

/** The form that changes a subscription, filled in. Private alerts are digests always, so theirs does not ask for a style. */
export function renderEditForm(id: FormId, values: FormValues): Form {
  const query = textField(named('query', 'Query'), {
    value: values.query,
    shape: 'line',
    longest: maxQueryLength,
    isRequired: false,
    placeholder: 'such as: "federated learning" OR gossip -survey',
  });
  const interests = textField(named('interests', 'Interests'), {
    value: values.interests,
    shape: 'paragraph',
    longest: maxInterestsLength,
    isRequired: false,
  });
  const categories = textField(named('categories', 'Categories'), {
    value: values.categories,
    shape: 'line',
    longest: maxQueryLength,
    isRequired: false,
    placeholder: 'empty: all of them',
  });
  const max = textField(named('max', 'Max'), {
    value: values.max,
    shape: 'line',
    longest: String(maxPapersADay).length,
    isRequired: true,
    placeholder: `1 to ${maxPapersADay}`,
  });
  if (id.action === 'edit-alert') return formOf(id, 'Change your alert', [query, interests, categories, max]);
  const choices = styleChoices.map(({ name, value }) => ({ label: name, value }));
  const style = choiceField(named('style', 'Style'), choices, values.style);
  return formOf(id, 'Change a subscription', [query, interests, categories, style, max]);
}

/** A field that says of itself what the option of the same name does. */
function named(name: keyof typeof wishOptions, label: string) {
  return { name, label, description: wishOptions[name].description };
}
