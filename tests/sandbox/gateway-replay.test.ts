import { describe, expect, it } from 'vitest';
import { createReplay } from '../../src/sandbox/gateway-replay.ts';

describe('createReplay', () => {
  it('keeps the last thousand events, whatever their number', () => {
    const replay = createReplay();
    for (let seq = 1; seq <= 3_456; seq += 1) {
      replay.keep(String(seq));
      if (seq < 1_002) continue;
      expect(replay.after(seq - 1_001)).toBeNull();
      expect(replay.after(seq - 1_000)?.[0]).toBe(String(seq - 999));
    }
    expect(replay.lastSeq()).toBe(3_456);
    expect(replay.after(3_454)).toEqual(['3455', '3456']);
    expect(replay.after(3_456)).toEqual([]);
  });

  it('keeps no more than eight million characters', () => {
    const replay = createReplay();
    const event = 'x'.repeat(1024 * 1024);
    for (let seq = 1; seq <= 20; seq += 1) replay.keep(event);
    expect(replay.after(11)).toBeNull();
    expect(replay.after(12)).toHaveLength(8);
    replay.keep(event.repeat(9));
    expect(replay.after(20)).toBeNull();
    expect(replay.after(21)).toEqual([]);
  });

  it('knows how much it keeps, and forgets it all when told to', () => {
    const replay = createReplay();
    for (const event of ['abc', 'de']) replay.keep(event);
    expect(replay.characters()).toBe(5);
    replay.forget();
    expect(replay.characters()).toBe(0);
    expect(replay.after(1)).toBeNull();
    expect(replay.after(2)).toEqual([]);
    replay.keep('f');
    expect(replay.after(2)).toEqual(['f']);
  });

  it('leaves out what is never sent again', () => {
    const replay = createReplay();
    for (const event of ['a', '', 'b']) replay.keep(event);
    expect(replay.after(0)).toEqual(['a', 'b']);
    expect(replay.after(2)).toEqual(['b']);
  });
});
