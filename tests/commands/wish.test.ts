import { describe, expect, it } from 'vitest';
import { readWish, subscriptionOf } from '../../src/commands/wish.ts';
import { wishText } from '../../src/commands/wish-text.ts';

describe('readWish', () => {
  it('reads every option, and leaves out what was not said', () => {
    expect(
      readWish({ query: ' gpu ', categories: 'cs.dc', interests: 'memory', style: 'digest', max: 5, about: 3 }),
    ).toEqual({
      ok: true,
      value: { query: 'gpu', categories: ['cs.DC'], interests: 'memory', style: 'digest', max: 5, about: 3 },
    });
    expect(readWish({ query: 'gpu' })).toEqual({
      ok: true,
      value: { query: 'gpu', categories: [], interests: '', style: null, max: null, about: null },
    });
  });

  it('lets the query of a form stay empty, and that of a command not', () => {
    expect(readWish({ query: ' ', interests: 'memory' }, 'form')).toMatchObject({ ok: true, value: { query: '' } });
    expect(readWish({ query: ' ', interests: 'memory' })).toMatchObject({ ok: false });
  });

  it('says where a query cannot be read', () => {
    expect(readWish({ query: 'gpu (cache' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('^'),
    });
  });

  it('refuses what Discord’s own clients would not send', () => {
    expect(readWish({ query: 'gpu', max: 1000 })).toMatchObject({
      ok: false,
      error: '`max` takes a number up to 100.',
    });
    expect(readWish({ query: 'gpu', about: 0 })).toMatchObject({ ok: false });
    expect(readWish({ query: 'gpu', about: 6, max: 5 })).toEqual({
      ok: false,
      error: 'About 6 papers a day cannot come where 5 are the most: `about` takes a number up to `max`.',
    });
  });
});

describe('subscriptionOf', () => {
  it('makes room for about as many papers as were asked for where nobody named the most', () => {
    const wish = { query: 'gpu', categories: [], interests: '', style: null, max: null, about: 40 };
    expect(subscriptionOf(wish, 's1', { maxPapers: 25 })).toMatchObject({ perDay: 40, maxPapers: 40 });
    expect(subscriptionOf({ ...wish, about: 5 }, 's1', { maxPapers: 25 })).toMatchObject({ perDay: 5, maxPapers: 25 });
  });
});

describe('wishText', () => {
  const wanted = { query: '', categories: [], interests: '', authors: [] };

  it('shows a query as it was read', () => {
    expect(wishText({ ...wanted, query: 'low-density  AND codes', categories: ['cs.IT', 'math.IT'] })).toBe(
      '`low-density codes` in cs.IT or math.IT',
    );
  });

  it('keeps backticks from ending the code', () => {
    expect(wishText({ ...wanted, interests: 'a `b` c' })).toBe("papers close to `a 'b' c`");
  });

  it('cuts long texts where a list asks for it', () => {
    expect(wishText({ ...wanted, interests: 'x'.repeat(50) }, 10)).toBe(`papers close to \`${'x'.repeat(9)}…\``);
  });
});
