import { describe, expect, it } from 'vitest';
import { archiveNamed, parseSubjects } from '../../src/arxiv/subjects.ts';

describe('parseSubjects', () => {
  it('reads names with commas and codes of every form, in order', () => {
    const text =
      'Distributed, Parallel, and Cluster Computing (cs.DC); Physics and Society (physics.soc-ph); Mathematical Physics (math-ph)';
    expect(parseSubjects(text)).toEqual([
      { name: 'Distributed, Parallel, and Cluster Computing', code: 'cs.DC' },
      { name: 'Physics and Society', code: 'physics.soc-ph' },
      { name: 'Mathematical Physics', code: 'math-ph' },
    ]);
  });

  it('takes the last brackets for the code', () => {
    expect(parseSubjects('Instrumentation (and Methods) (astro-ph.IM)')?.[0]?.code).toBe('astro-ph.IM');
  });

  it.each(['', 'Machine Learning', 'Machine Learning (cs.LG); Distributed, Par', 'Machine Learning (cs.LG', '(cs.LG)'])(
    'gives null for “%s”',
    (text) => {
      expect(parseSubjects(text)).toBeNull();
    },
  );
});

describe('archiveNamed', () => {
  it('gives null where no subject has the name, or two codes fit alike', () => {
    expect(archiveNamed('Computer Science', [[{ name: 'Machine Learning', code: 'cs.LG' }]])).toBeNull();
    const both = [
      { name: 'Machine Learning', code: 'cs.LG' },
      { name: 'Machine Learning', code: 'stat.ML' },
    ];
    expect(archiveNamed('Machine Learning', [both])).toBeNull();
  });
});
