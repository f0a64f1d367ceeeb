import { describe, expect, it } from 'vitest';
import { readable } from '../../src/text/tex.ts';
import { expandTex } from '../../src/text/tex-expand.ts';

describe('expandTex', () => {
  it.each([
    [
      String.raw`(\r{ho} = 0.34, \k{appa}, $\b{eta}$, \c{opyright} 2024, \c{c}, \t{oo})`,
      '(ρ = 0.34, κ, β, © 2024, ç, o͡o)',
    ],
    [String.raw`\ding{182} first, \ding{51}`, '❶ first, ✓'],
    [String.raw`{\char"0995\char"09BE}, \char233`, 'কা, é'],
    [
      String.raw`\ion{H}{ii}, H\,{\sc i}, [O\,\textsc{iii}], $\ion{C}{iv}$, {\sc Turbo}`,
      'H II, H I, [O III], C IV, Turbo',
    ],
  ])('prints %j', (source, seen) => {
    expect(readable(source)).toBe(seen);
  });

  it.each([String.raw`\char92`, String.raw`\char"24`, String.raw`\char"FFFFF`, String.raw`\ding{999}`])(
    'leaves %j, which is one of TeX’s signs or none, as it is',
    (source) => {
      expect(expandTex(source)).toBe(source);
    },
  );
});
