import { describe, expect, it } from 'vitest';
import { fitsForm, formValues, renderEditForm } from '../../src/commands/edit-form.ts';
import { maxInterestsLength, maxQueryLength } from '../../src/commands/limits.ts';
import { limits } from '../../src/discord/limits.ts';
import { lengthOf } from '../../src/discord/shorten.ts';
import { aSubscription } from '../builders/domain.ts';

const present = aSubscription({
  id: 's1',
  query: 'gpu\n OR cache',
  categories: ['cs.DC', 'cs.*'],
  interests: 'memory\n\nand time',
  maxPapers: 9,
  style: 'digest',
});

describe('renderEditForm', () => {
  it.each(['edit-channel', 'edit-alert'] as const)('keeps inside a form of Discord for %s', (action) => {
    const { title, components } = renderEditForm({ action, subscription: 's'.repeat(80) }, formValues(present));
    expect(lengthOf(title)).toBeLessThanOrEqual(limits.formTitle);
    expect(components.length).toBeLessThanOrEqual(limits.formFields);
    for (const field of components) {
      if (!('component' in field)) throw new Error('a field without a label');
      expect(lengthOf(field.label)).toBeLessThanOrEqual(limits.fieldLabel);
      expect(lengthOf(field.description ?? '')).toBeLessThanOrEqual(limits.fieldDescription);
      const placeholder = 'placeholder' in field.component ? (field.component.placeholder ?? '') : '';
      expect(lengthOf(placeholder)).toBeLessThanOrEqual(limits.fieldPlaceholder);
    }
  });
});

describe('formValues', () => {
  it('shows what there is, a query on one line', () => {
    expect(formValues(present)).toEqual({
      query: 'gpu OR cache',
      interests: 'memory\n\nand time',
      categories: 'cs.DC, cs.*',
      style: 'digest',
      max: '9',
    });
  });
});

describe('fitsForm', () => {
  it('takes everything that commands make', () => {
    const longest = { query: 'q'.repeat(maxQueryLength), interests: 'i'.repeat(maxInterestsLength) };
    expect(fitsForm({ ...present, ...longest })).toBe(true);
  });

  it.each([
    ['id', { id: 'reading group: caches' }],
    ['query', { query: 'q'.repeat(maxQueryLength + 1) }],
    ['interests', { interests: 'i'.repeat(maxInterestsLength + 1) }],
    ['categories', { categories: Array.from({ length: 100 }, () => 'cs.DC') }],
  ])('refuses what only a file can say: %s', (_what, change) => {
    expect(fitsForm({ ...present, ...change })).toBe(false);
  });
});
