import { describe, expect, it } from 'vitest';
import { createDrafts } from '../../src/commands/drafts.ts';
import type { Draft } from '../../src/commands/drafts.ts';

const draft: Draft = {
  userId: 'u1',
  form: { action: 'edit-alert', subscription: 's1' },
  values: { query: 'a OR', interests: '', categories: '', style: '', max: '5' },
};
const minuteMs = 60_000;

/** Drafts on a clock that stands still until it is set; ids count up, each given out twice. */
function drafts() {
  let nowMs = 0;
  let given = 0;
  const clock = { now: () => nowMs };
  return {
    kept: createDrafts({ clock, newId: () => `d${Math.floor(given++ / 2)}` }),
    at: (ms: number) => (nowMs = ms),
  };
}

describe('createDrafts', () => {
  it('gives a draft back to whose it is, as often as they ask', () => {
    const { kept } = drafts();
    const id = kept.keep(draft);
    expect(kept.get(id, 'u1')).toMatchObject(draft);
    expect(kept.get(id, 'u1')).toMatchObject(draft);
    expect(kept.get(id, 'u2')).toBeNull();
    expect(kept.get('elsewhere', 'u1')).toBeNull();
  });

  it('forgets it after a quarter of an hour', () => {
    const { kept, at } = drafts();
    const id = kept.keep(draft);
    at(15 * minuteMs - 1);
    expect(kept.get(id, 'u1')).not.toBeNull();
    at(15 * minuteMs);
    expect(kept.get(id, 'u1')).toBeNull();
  });

  it('keeps 500 of them, each under an id of its own', () => {
    const { kept } = drafts();
    const ids = Array.from({ length: 501 }, () => kept.keep(draft));
    expect(new Set(ids).size).toBe(501);
    expect(ids.filter((id) => kept.get(id, 'u1') !== null)).toEqual(ids.slice(1));
  });
});
