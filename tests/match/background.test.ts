import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packBackground, readBackground, withBackground } from '../../src/match/background.ts';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import { phraseIdf } from '../../src/match/inverse-document-frequency.ts';
import { stem } from '../../src/text/stem.ts';

const shipped = readBackground(readFileSync(new URL('../../config/document-frequencies.bin', import.meta.url)));

describe('readBackground', () => {
  it('reads what was packed, to 5 %, and 0 for what was not', () => {
    const counts = Array.from({ length: 500 }, (_, index) => [`term${index}`, 3 + index * 7] as const);
    const background = readBackground(packBackground(5_000, counts));
    expect(background.documentCount).toBe(5_000);
    for (const [term, count] of counts) expect(Math.abs(background.of(term) / count - 1)).toBeLessThan(0.05);
    expect(background.of('unheard')).toBe(0);
  });

  it('refuses bytes that are cut short', () => {
    const bytes = packBackground(10, [['graph', 4]]);
    expect(() => readBackground(bytes.subarray(0, -1))).toThrow('12 bytes');
    expect(() => readBackground(new Uint8Array(3))).toThrow('3 bytes');
  });

  it('knows from the shipped figures that a model is common and a molecule rare', () => {
    const model = shipped.of(stem('model')) / shipped.documentCount;
    expect(model).toBeGreaterThan(0.4);
    expect(shipped.of(stem('molecule')) / shipped.documentCount).toBeLessThan(0.02);
    expect(shipped.of('languag model')).toBeGreaterThan(5_000);
  });
});

describe('withBackground', () => {
  it('lets an archive of another field overrule it', () => {
    const archive = countDocumentFrequencies(
      Array.from({ length: 300 }, () => ({ title: 'Cohomology of manifolds', abstract: null })),
    );
    const merged = withBackground(shipped, archive);
    expect(phraseIdf(['cohomologi'], merged)).toBeLessThan(phraseIdf(['cohomologi'], shipped) - 2);
    expect(phraseIdf(['model'], merged)).toBeLessThan(phraseIdf(['cohomologi'], merged));
  });
});
