import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitGluedAuthors } from '../../src/arxiv/glued-authors.ts';

describe('splitGluedAuthors', () => {
  it.each<[string, string, string]>([
    ['behind a small letter', 'Services for FAIR Computational Workflows', 'Sean R. Wilkinson, Johan Gustafsson'],
    ['behind capitals and a plural', 'Maximal Biclique Enumeration on GPUs', 'Jane Doe, John Roe'],
    ['behind an acronym', 'The Edge of Generative AI', 'Jane Doe, John Roe'],
    ['behind a digit, a bracket, a formula, a question mark', 'Is X (v2)?', 'Jane Doe, John Roe'],
    ['behind a formula', 'Decay of $K^0$', 'Jane Doe, John Roe'],
    [
      'with commas in the title',
      'MoE-CAP: Benchmarking Cost, Accuracy and Performance of Mixture-of-Experts Systems',
      'Yinsicheng Jiang, Man-Kit Sit',
    ],
    [
      'with hyphens, accents, particles, initials',
      'On Networks',
      'Laura Rodríguez-Navas, Ludwig van Beethoven, J.-P. Serre, Li Wei',
    ],
    ['with McDonald and O’Brien', 'On Networks', "Ann McDonald, Flann O’Brien, Pat O'Hara"],
    ['with a collaboration and a single name', 'On Networks', 'Jane Doe, Suhail, John Roe, The CMB-S4 Collaboration'],
  ])('parts title and authors %s', (_what, title, authors) => {
    expect(splitGluedAuthors(title + authors, '')).toEqual({ title, authors: authors.split(', ') });
  });

  it('leaves affiliations in brackets out', () => {
    const { authors } = splitGluedAuthors('On NetworksJane Doe (1 and 2), John Roe ((1) IAS, (2) Princeton)', '');
    expect(authors).toEqual(['Jane Doe', 'John Roe']);
  });

  it.each([
    'MoE-CAP: Benchmarking Cost, Accuracy and Performance of Sparse Systems',
    'DynaServe: Unified and Elastic Execution for Dynamic Disaggregated LLM Serving',
    'Towards Stream-Based Monitoring for EVM Networks',
    'Smaller, Smarter, Closer: The Edge of Collaborative Generative AI',
    'Edge-First Language Model Inference: Models, Metrics, and Tradeoffs',
    'Enumeration with cuMBE',
    'Averaging with FedAvg',
    'Serving LLMs, VLMs and Other Models with vLLM',
    'Benchmarks for PyTorch, TensorFlow, and JAX',
    'The McDonald Criteria, Revisited',
  ])('leaves a title without authors whole: %s', (title) => {
    expect(splitGluedAuthors(title, '')).toEqual({ title, authors: [] });
  });

  it('takes a word that the abstract spells so for no seam', () => {
    const title = 'Comparing PyTorch Lightning, Apache Spark';
    expect(splitGluedAuthors(title, 'We compare PyTorch with others.').authors).toEqual([]);
  });

  it('cuts behind a word that the abstract spells, where several places would do', () => {
    const glued = 'Averaging with FedAvgJane Doe, John Roe';
    expect(splitGluedAuthors(glued, 'FedAvg is widely used.').title).toBe('Averaging with FedAvg');
    expect(splitGluedAuthors(glued, 'We average.')).toEqual({ title: glued, authors: [] });
  });

  it('takes a capital inside a given name for no seam, where the abstract spells the word before', () => {
    const glued = 'On Point CloudsTianZhu Liu, BangYan Hu';
    expect(splitGluedAuthors(glued, 'Clouds of points.').authors).toEqual(['TianZhu Liu', 'BangYan Hu']);
    expect(splitGluedAuthors(glued, '')).toEqual({ title: glued, authors: [] });
  });

  it('does not guess: one name alone, or a list that holds something else, stays in the title', () => {
    expect(splitGluedAuthors('On NetworksJane Doe', '').authors).toEqual([]);
    expect(splitGluedAuthors('On NetworksJane Doe, and more: a survey', '').authors).toEqual([]);
  });

  it('does not look into a line that is longer than any list of authors', () => {
    const long = `On Networks${'Jane Doe, '.repeat(3_000)}John Roe`;
    expect(splitGluedAuthors(long, '')).toEqual({ title: long, authors: [] });
  });

  it('loses no letter, whatever it reads', () => {
    const words = fc.array(
      fc.constantFrom('Jane', 'Doe,', 'McKay', 'GPUs', 'of', 'FedAvg', 'J.', 'Systems', 'ÅkeLi,', '(1)', 'A:'),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(words, fc.boolean(), (parts, glue) => {
        const text = parts.join(glue ? '' : ' ');
        const { title, authors } = splitGluedAuthors(text, '');
        expect(lettersOf(title + authors.join(', '))).toBe(lettersOf(text));
      }),
    );
  });
});

/** Without blanks, and without the affiliations in brackets that are left out of authors on purpose. */
function lettersOf(line: string): string {
  return line.replace(/\(1\)|\s/g, '');
}
