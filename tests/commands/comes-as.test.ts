import { describe, expect, it } from 'vitest';
import { comesAs, whenText } from '../../src/commands/comes-as.ts';
import { aSubscription } from '../builders/domain.ts';

const quiet = { from: 22, until: 7 };
const zone = 'Europe/Berlin';
const of = (given: object) => aSubscription({ id: 's1', zone, ...given });

describe('comesAs', () => {
  it.each([
    [{}, 'New papers come as soon as arXiv announces them, one message each, at most 25 a day.'],
    [{ hour: 9 }, 'New papers come at 9:00 (Europe/Berlin), one message each, at most 25 a day.'],
    [
      { quiet },
      'New papers come as soon as arXiv announces them, but not from 22:00 to 7:00 (Europe/Berlin), one message each, at most 25 a day.',
    ],
    [
      { hour: 9, quiet, style: 'digest', maxPapers: 3 },
      'New papers come at 9:00, never from 22:00 to 7:00 (Europe/Berlin), ten to a message, at most 3 a day.',
    ],
    [{ perDay: 5 }, 'New papers come as soon as arXiv announces them, one message each, about 5 a day, at most 25.'],
  ])('says of %o when and how papers come', (given, sentence) => {
    expect(comesAs(of(given))).toBe(sentence);
  });

  it('says where, where it is said there', () => {
    expect(comesAs(of({ hour: 0 }), 'here')).toMatch(/^New papers come here at 0:00 \(Europe\/Berlin\),/);
  });
});

describe('whenText', () => {
  it.each([
    [{}, ''],
    [{ hour: 9 }, 'at 9:00 (Europe/Berlin)'],
    [{ quiet }, 'not from 22:00 to 7:00 (Europe/Berlin)'],
    [{ hour: 9, quiet }, 'at 9:00, never from 22:00 to 7:00 (Europe/Berlin)'],
  ])('says of %o what there is to say', (given, text) => {
    expect(whenText(of(given))).toBe(text);
  });
});
