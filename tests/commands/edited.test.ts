import { describe, expect, it } from 'vitest';
import { formValues } from '../../src/commands/edit-form.ts';
import { editedSubscription } from '../../src/commands/edited.ts';
import { aSubscription } from '../builders/domain.ts';

const present = aSubscription({
  id: 's1',
  query: 'gpu',
  categories: ['cs.*'],
  authors: ['Hinton'],
  kinds: ['replace'],
  minScore: 0.5,
  hour: 8,
  createdBy: 'u1',
  createdAt: 7,
});
const filled = formValues(present);

describe('editedSubscription', () => {
  it('leaves what the form does not ask for, and categories that only a file can name', () => {
    expect(editedSubscription(present, { ...filled, query: ' cache ', max: ' 7 ' })).toEqual({
      ok: true,
      value: { ...present, query: 'cache', maxPapers: 7 },
    });
  });

  it('reads categories that were changed as a command does', () => {
    expect(editedSubscription(present, { ...filled, categories: 'cs.dc hep-th' })).toMatchObject({
      value: { categories: ['cs.DC', 'hep-th'] },
    });
    expect(editedSubscription(present, { ...filled, categories: '' })).toMatchObject({ value: { categories: [] } });
    expect(editedSubscription(present, { ...filled, categories: 'cs.*, cs.dc' })).toMatchObject({ ok: false });
  });

  it('refuses a cap below the papers that are asked for', () => {
    const five = { ...present, perDay: 5 };
    expect(editedSubscription(five, { ...filled, max: '5' })).toMatchObject({ ok: true, value: { perDay: 5 } });
    expect(editedSubscription(five, { ...filled, max: '4' })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^About 5 papers a day cannot come where 4 are the most/),
    });
  });

  it('takes about five papers a day where interests alone begin to choose and nobody said how many', () => {
    const alone = { ...filled, query: '', interests: 'gossip' };
    expect(editedSubscription(present, alone)).toMatchObject({ value: { query: '', perDay: 5 } });
    expect(editedSubscription({ ...present, perDay: 9 }, alone)).toMatchObject({ value: { perDay: 9 } });
    expect(editedSubscription({ ...present, query: '' }, alone)).toMatchObject({ value: { perDay: null } });
  });

  it('keeps style and number where a form has no such field', () => {
    expect(editedSubscription(present, { ...filled, style: '', max: '' })).toEqual({ ok: true, value: present });
  });

  it.each([
    ['12x', '`max` takes a whole number.'],
    ['1.5', '`max` takes a whole number.'],
    ['-3', '`max` takes a whole number.'],
    ['0', '`max` takes a number from 1 on.'],
    ['999', '`max` takes a number up to 100.'],
  ])('says what is wrong with %s papers a day', (max, error) => {
    expect(editedSubscription(present, { ...filled, max })).toEqual({ ok: false, error });
  });

  it('wants something that selects', () => {
    const nobody = { ...present, authors: [] };
    const empty = { ...filled, query: ' ', categories: '' };
    expect(editedSubscription(nobody, empty)).toMatchObject({ error: expect.stringMatching(/^Please say what/) });
    expect(editedSubscription(nobody, { ...empty, interests: 'memory' })).toMatchObject({ ok: true });
    expect(editedSubscription(present, empty)).toMatchObject({ ok: true });
  });
});
