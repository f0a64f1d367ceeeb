import { describe, expect, it } from 'vitest';
import { finds } from './build.ts';

/** [query, title, matches] */
type Row = readonly [string, string, boolean];

describe('evaluate', () => {
  it.each<Row>([
    ['molecules', 'A Molecule', true],
    ['gruning', 'Grüning', true],
    ['GRÜNING', 'gruning', true],
    ['graph neural', 'Neural codes on a graph', true],
    ['graph neural', 'Neural codes', false],
    ['graph AND neural', 'Neural graph', true],
    ['graph OR neural', 'Neural', true],
    ['graph | neural', 'Graph', true],
    ['graph | neural', 'Tree', false],
    ['a b OR c d', 'c d', true],
    ['a b OR c d', 'a d', false],
    ['a (b OR c) d', 'a c d', true],
    ['a (b OR c) d', 'c d', false],
    ['graph -survey', 'A graph survey', false],
    ['graph -survey', 'A graph', true],
    ['graph NOT survey', 'A graph survey', false],
    ['tree OR graph -survey', 'A tree survey', true],
    ['tree OR graph -survey', 'A graph survey', false],
    ['graph -(survey review)', 'A graph survey', true],
    ['graph -(survey review)', 'A graph survey and review', false],
    ['NOT survey graph', 'A graph', true],
    ['graph or neural', 'graph neural', false],
    ['graph and not neural', 'graph and neural, or not', true],
  ])('reads %s against “%s” as %s', (text, title, matches) => {
    expect(finds(text, title)).toBe(matches);
  });

  it.each<Row>([
    ['"graph neural network"', 'Graph Neural Networks', true],
    ['"graph neural network"', 'Neural graph network', false],
    ['"graph neural"', 'graph, neural', true],
    ['"graph neural"', 'graph of neural', false],
    ['“graph neural”', 'graph neural', true],
    ['low-density', 'Low density codes', true],
    ['low-density', 'Low-density codes', true],
    ['low-density', 'density is low', false],
    ['"low density"', 'low-density', true],
    ['Feynman–Kac', 'The Feynman-Kac formula', true],
    ['molec*', 'Molecular', true],
    ['molecules*', 'molecule', false],
    ['grün*', 'Gruning', true],
    ['self-supervis*', 'Self-supervised', true],
    ['self-supervis*', 'self and supervised', false],
    ['"A* search"', 'The A* search algorithm', true],
  ])('reads the phrase or prefix %s against “%s” as %s', (text, title, matches) => {
    expect(finds(text, title)).toBe(matches);
  });

  it.each<Row>([
    ['MPI', 'mpi for all', true],
    ['LLMs', 'llms', true],
    ['LLMs', 'One LLM', false],
    ['llms', 'One LLM', true],
    ['MoE', 'MOE', true],
    ['AIDS', 'Aid', false],
    ['aids', 'Aid', true],
    ['Aids', 'Aid', true],
    ['NETWORKS', 'network', true],
    ['GANs-based', 'GANs base', true],
    ['GANs-based', 'GAN based', false],
  ])('reads the acronym rule in %s against “%s” as %s', (text, title, matches) => {
    expect(finds(text, title)).toBe(matches);
  });

  it('looks into title and abstract, and never across them', () => {
    const fields = { title: 'deep graph', abstract: 'neural network', comments: 'in ICML' };
    expect(finds('graph network', fields)).toBe(true);
    expect(finds('"graph neural"', fields)).toBe(false);
    expect(finds('icml', fields)).toBe(false);
  });

  it('keeps to the named field', () => {
    const fields = { title: 'deep graph', abstract: 'neural network', comments: 'in ICML' };
    expect(finds('title:graph', fields)).toBe(true);
    expect(finds('title:neural', fields)).toBe(false);
    expect(finds('ABSTRACT:"neural networks"', fields)).toBe(true);
    expect(finds('title:(graph OR tree) abstract:(-tree network)', fields)).toBe(true);
    expect(finds('title:(graph network)', fields)).toBe(false);
    expect(finds('comments:icml', fields)).toBe(true);
    expect(finds('graph -comments:ICML', fields)).toBe(false);
  });

  it.each([
    ['author:hinton', true],
    ['author:Hinton', true],
    ['author:"j hinton"', true],
    ['author:"J. Hinton"', true],
    ['author:"jane hinton"', true],
    ['author:"Hinton, Jane"', true],
    ['author:"Hinton, J."', true],
    ['author:"hinton j"', true],
    ['author:hint*', true],
    ['author:"k hinton"', false],
    ['author:"jane smith"', false],
    ['author:hint', false],
    ['author:(smith OR hinton)', true],
  ])('finds Jane Hinton, however she is written, by %s: %s', (text, matches) => {
    for (const name of [
      'Jane Hinton',
      'J. Hinton',
      'Hinton, Jane',
      'Jane A. Hinton',
      'Jane Hinton, Jr.',
      'Jane Hìnton',
    ]) {
      expect([name, finds(text, { authors: ['Ada Lovelace', name] })]).toEqual([name, matches]);
    }
  });

  it('finds a name within one author only, and none where the source lost them', () => {
    expect(finds('author:"ada hinton"', { authors: ['Ada Lovelace', 'Jane Hinton'] })).toBe(false);
    expect(finds('author:hinton', { authors: [] })).toBe(false);
    expect(finds('author:"jane hinton"', { authors: ['Jane H. Smith'] })).toBe(false);
  });

  it.each([
    ['cat:cs.LG', true],
    ['cat:CS.lg', true],
    ['cat:cs.*', true],
    ['cat:cs', true],
    ['cat:cs.L*', true],
    ['cat:hep-th', true],
    ['cat:cs.L', false],
    ['cat:cs.CL', false],
    ['cat:math', false],
    ['cat:hep', false],
    ['cat:(math.* OR cs.*)', true],
  ])('reads categories: %s is %s', (text, matches) => {
    expect(finds(text, { categories: ['cs.LG', 'hep-th'] })).toBe(matches);
  });

  it.each([
    ['cat:cs.SY', 'eess.SY'],
    ['cat:eess.SY', 'cs.SY'],
    ['cat:cs.*', 'eess.SY'],
    ['cat:eess', 'cs.SY'],
    ['cat:math.MP', 'math-ph'],
    ['cat:math-ph', 'math.MP'],
    ['cat:cmp-lg', 'cs.CL'],
    ['cat:cmp-lg.*', 'cs.CL'],
    ['cat:cs.CL', 'cmp-lg'],
  ])('knows categories by each of their codes: %s finds a paper of %s', (text, category) => {
    expect(finds(text, { categories: [category] })).toBe(true);
  });

  it.each([
    ['id:2505.15988', '2505.15988', true],
    ['id:2505.15988v2', '2505.15988', true],
    ['id:arXiv:2505.15988', '2505.15988', true],
    ['id:https://arxiv.org/abs/2505.15988v1', '2505.15988', true],
    ['id:2505.*', '2505.15988', true],
    ['id:2505.15989', '2505.15988', false],
    ['id:math.GT/0309136', 'math/0309136', true],
    ['id:math/0309136v1', 'math/0309136', true],
  ])('reads identifiers: %s against %s is %s', (text, id, matches) => {
    expect(finds(text, { id })).toBe(matches);
  });
});
