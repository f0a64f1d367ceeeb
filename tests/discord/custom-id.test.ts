import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCustomId, encodeCustomId } from '../../src/discord/custom-id.ts';

describe('encodeCustomId', () => {
  it('writes version, action and arguments', () => {
    expect(encodeCustomId({ action: 'more', paper: 'math/0309136' })).toBe('v1:more:math/0309136');
    expect(encodeCustomId({ action: 'search', query: 'q-7', offset: 20 })).toBe('v1:search:q-7:20');
    expect(encodeCustomId({ action: 'edit-channel', subscription: 's1' })).toBe('v1:edit-channel:s1');
    expect(encodeCustomId({ action: 'list', of: 'alerts', page: 2 })).toBe('v1:list:alerts:2');
    expect(encodeCustomId({ action: 'again', draft: 'd1' })).toBe('v1:again:d1');
    expect(encodeCustomId({ action: 'forget', subscription: 's1', sure: true })).toBe('v1:forget:s1:1');
    expect(encodeCustomId({ action: 'up', paper: '2505.15988', post: '42' })).toBe('v1:up:2505.15988:42');
  });

  it('refuses an id that could not be read back', () => {
    expect(() => encodeCustomId({ action: 'up', paper: 'a:b' })).toThrow('makes no custom id');
    expect(() => encodeCustomId({ action: 'up', paper: 'x'.repeat(100) })).toThrow('makes no custom id');
  });
});

describe('decodeCustomId', () => {
  it('reads back what was written', () => {
    const id = fc.stringMatching(/^[\w./-]{1,80}$/);
    const action = fc.constantFrom('more', 'similar', 'up', 'down');
    fc.assert(
      fc.property(id, action, fc.nat(1e6), (text, of, offset) => {
        expect(decodeCustomId(encodeCustomId({ action: of, paper: text }))).toEqual({ action: of, paper: text });
        expect(decodeCustomId(encodeCustomId({ action: 'search', query: text, offset }))).toEqual({
          action: 'search',
          query: text,
          offset,
        });
        const mark = { action: 'down', paper: '2505.1', post: String(offset) } as const;
        expect(decodeCustomId(encodeCustomId(mark))).toEqual(mark);
        const list = { action: 'list', of: 'server', page: offset } as const;
        expect(decodeCustomId(encodeCustomId(list))).toEqual(list);
        const form = { action: 'edit-channel', subscription: text } as const;
        expect(decodeCustomId(encodeCustomId(form))).toEqual(form);
        const alert = { action: 'edit-alert', subscription: text } as const;
        expect(decodeCustomId(encodeCustomId(alert))).toEqual(alert);
        const draft = { action: 'again', draft: text } as const;
        expect(decodeCustomId(encodeCustomId(draft))).toEqual(draft);
        const forget = { action: 'forget', subscription: text, sure: offset % 2 === 1 } as const;
        expect(decodeCustomId(encodeCustomId(forget))).toEqual(forget);
      }),
    );
  });

  it.each([
    '',
    'v0:more:2505.1',
    'v2:more:2505.1',
    'v1:more',
    'v1:more:',
    'v1:more:a:b',
    'v1:more:a:1',
    'v1:up:a:b',
    'v1:up:a:1:2',
    'v1:erase:2505.1',
    'v1:search:q1',
    'v1:list:server',
    'v1:list:everywhere:1',
    'v1:search:q1:-1',
    'v1:search:q1:1:2',
    'v1:more:<@1>',
  ])('gives null for %j', (text) => {
    expect(decodeCustomId(text)).toBeNull();
  });
});
