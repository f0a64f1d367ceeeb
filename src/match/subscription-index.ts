import type { AnnouncedPaper } from '../domain/paper.ts';
import type { AnalysedPaper } from '../query/analyse.ts';
import { allOf, anyOf } from '../query/ast.ts';
import type { LeafNode, QueryNode } from '../query/ast.ts';
import { createIntPool, grown } from './int-pool.ts';
import { createLeafFacts } from './leaf-facts.ts';
import { createListingFilters } from './listing-filters.ts';
import { createPhraseTrie, noNode } from './phrase-trie.ts';
import { createPostingLists, postingSize } from './posting-lists.ts';
import { holds, queryProgram } from './query-program.ts';
import { requiredLeaves } from './required-leaves.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';
import { createWordSymbols } from './word-symbols.ts';
import type { TextSymbols } from './word-symbols.ts';

/**
 * An index of subscriptions: papers are asked of it, and it answers who wants them.
 *
 * Every phrase that a query names is a path of a trie, and a paper walks the trie from each of its words; what it meets on its way are
 * the phrases that it holds. Each phrase lists the subscriptions that it may decide. A query that is a choice of phrases (most are)
 * matches when one is met; any other is listed under one set of leaves that it cannot do without, and verified once the whole
 * paper was walked, by asking which of its leaves were met. The paper's categories and kinds are told once for all who ask for the same.
 *
 * Result: the same subscriptions as `evaluate` and the filters give one by one.
 */
export type SubscriptionIndex = {
  /** The subscription's number, from 0; numbers of removed ones come again. Cost: microseconds. */
  add(subscription: SubscriptionFilter): number;
  /** @param subscription as it was added */
  remove(number: number, subscription: SubscriptionFilter): void;
  /**
   * Numbers of the subscriptions that the paper matches, each once, in no order. Valid until the next call.
   * Where a subscription has neither query nor authors, every paper of its categories and kinds matches.
   *
   * @param paper `announced.paper`, analysed
   * Cost: O(words of the paper + postings of the phrases met), whatever the number of subscriptions.
   */
  match(announced: AnnouncedPaper, paper: AnalysedPaper): Int32Array;
};

/** Roots of the trie. Phrases of queries without a field hang from `anyField`; every paper meets `always`. */
const root = { always: 1, anyField: 2, title: 3, abstract: 4, comments: 5, facts: 6 };
const roots = 6;

export function createSubscriptionIndex(): SubscriptionIndex {
  const words = createWordSymbols();
  const facts = createLeafFacts();
  const trie = createPhraseTrie(roots);
  const filters = createListingFilters();
  /** A target is the number of a subscription, or `~offset` of a program to verify, before which its subscription's number stands. */
  const postings = createPostingLists();
  const programs = createIntPool();
  const freeNumbers: number[] = [];
  let count = 0;

  /** Papers asked so far; a node or a subscription is marked with it, so that nothing has to be wiped between papers. */
  let now = 0;
  let nodeMarks = new Int32Array(1024);
  let subscriptionMarks = new Int32Array(1024);
  let metNodes = new Int32Array(1024);
  let metCount = 0;
  let matched = new Int32Array(1024);

  return { add, remove, match };

  function add(subscription: SubscriptionFilter): number {
    const number = freeNumbers.pop() ?? count++;
    const filter = filters.intern(subscription);
    const { nodes, condition } = entryOf(subscription);
    const target = condition === null ? number : ~addProgram(number, condition);
    for (const node of nodes) postings.add(node, target, filter);
    while (count > subscriptionMarks.length) {
      subscriptionMarks = grown(subscriptionMarks);
      matched = grown(matched);
    }
    while (trie.size() > nodeMarks.length) {
      nodeMarks = grown(nodeMarks);
      metNodes = grown(metNodes);
    }
    return number;
  }

  function remove(number: number, subscription: SubscriptionFilter): void {
    const { nodes, condition } = entryOf(subscription);
    const memory = programs.memory();
    let removed: number | null = null;
    for (const node of nodes) {
      removed = postings.remove(node, (target) => (target < 0 ? memory[~target] : target) === number);
      if (removed === null) throw new Error(`match: subscription ${number} is not in the index as it is to be removed`);
    }
    if (condition !== null && removed !== null) programs.release(~removed, programOf(number, condition).length);
    freeNumbers.push(number);
  }

  /** Where a subscription is listed, each node once; `condition`: what is left to verify, null where to be listed is enough. */
  function entryOf({ query, authors }: SubscriptionFilter): { nodes: Iterable<number>; condition: QueryNode | null } {
    const [first, ...others] = authors.map(({ text, name }) => ({ kind: 'author', text, name, prefix: false }) as const);
    const author = first === undefined ? null : anyOf(first, ...others);
    const condition = query !== null && author !== null ? allOf(query, author) : (query ?? author);
    if (condition === null) return { nodes: [root.always], condition: null };
    const required = requiredLeaves(condition);
    if (required === null) return { nodes: [root.always], condition };
    const nodes = new Set(required.leaves.map((leaf) => nodeOf(leaf)));
    return { nodes, condition: required.suffices ? null : condition };
  }

  function nodeOf(leaf: LeafNode): number {
    if (leaf.kind !== 'term') return trie.grow(root.facts, facts.intern(leaf));
    let node = root[leaf.field ?? 'anyField'];
    for (const word of leaf.phrase) node = trie.grow(node, words.intern(word));
    return node;
  }

  function programOf(number: number, condition: QueryNode): number[] {
    return [number, ...queryProgram(condition, nodeOf)];
  }

  function addProgram(number: number, condition: QueryNode): number {
    const program = programOf(number, condition);
    const offset = programs.allocate(program.length);
    programs.memory().set(program, offset);
    return offset;
  }

  function match(announced: AnnouncedPaper, paper: AnalysedPaper): Int32Array {
    now += 1;
    metCount = 0;
    meet(root.always);
    for (const field of ['title', 'abstract', 'comments'] as const) {
      const text = words.read(paper.tokens[field]);
      if (field !== 'comments') walkFrom(root.anyField, text);
      walkFrom(root[field], text);
    }
    facts.eachTrue(paper, (fact) => {
      const node = trie.child(root.facts, fact);
      if (node !== noNode) meet(node);
    });
    return subscriptionsMet(filters.mark(announced));
  }

  function walkFrom(from: number, text: TextSymbols): void {
    if (!trie.hasChildren(from)) return;
    for (let at = 0; at < text.length; at++) walk(from, text, at);
  }

  function walk(from: number, text: TextSymbols, at: number): void {
    const { starts, symbols, length } = text;
    const end = starts[at + 1] ?? 0;
    for (let index = starts[at] ?? 0; index < end; index++) {
      const node = trie.child(from, symbols[index] ?? 0);
      if (node === noNode) continue;
      meet(node);
      if (at + 1 < length && trie.hasChildren(node)) walk(node, text, at + 1);
    }
  }

  function meet(node: number): void {
    if (nodeMarks[node] === now) return;
    nodeMarks[node] = now;
    metNodes[metCount] = node;
    metCount += 1;
  }

  /** The hot loop: some thirty thousand postings a paper for a million subscriptions, so it reads the arrays themselves. */
  function subscriptionsMet(passes: Uint8Array): Int32Array {
    const { starts, lengths, memory } = postings.arrays();
    const programMemory = programs.memory();
    let found = 0;
    for (let index = 0; index < metCount; index++) {
      const node = metNodes[index] ?? noNode;
      const length = lengths[node] ?? 0;
      const start = starts[node] ?? 0;
      const end = start + postingSize * length;
      for (let at = start; at < end; at += postingSize) {
        if (passes[memory[at + 1] ?? 0] === 0) continue;
        const target = memory[at] ?? 0;
        const number = target >= 0 ? target : (programMemory[~target] ?? 0);
        if (subscriptionMarks[number] === now) continue;
        subscriptionMarks[number] = now;
        if (target < 0 && !holds(programMemory, ~target + 1, nodeMarks, now)) continue;
        matched[found] = number;
        found += 1;
      }
    }
    return matched.subarray(0, found);
  }
}
