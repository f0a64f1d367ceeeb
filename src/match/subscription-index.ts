import type { AnnouncedPaper } from '../domain/paper.ts';
import type { LeafNode } from '../query/ast.ts';
import { hasBit, setBit } from './bit-set.ts';
import { createIntLists } from './int-lists.ts';
import { grown } from './int-pool.ts';
import { createLeafFacts } from './leaf-facts.ts';
import { createListNumbers, noList } from './list-numbers.ts';
import { createListingFilters } from './listing-filters.ts';
import { createPhraseTrie, noNode } from './phrase-trie.ts';
import { holds } from './query-program.ts';
import type { QueryProgram } from './query-program.ts';
import { subscriptionEntries } from './subscription-entries.ts';
import type { Entries } from './subscription-entries.ts';
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
   * Cost: O(words of the paper + postings of the phrases met), whatever the number of subscriptions.
   */
  match(announced: AnnouncedPaper): Int32Array;
};

/** Roots of the trie. Phrases of queries without a field hang from `anyField`; every paper meets `always`. */
const root = { always: 1, anyField: 2, title: 3, abstract: 4, comments: 5, facts: 6, filters: 7 };
const roots = 7;

export function createSubscriptionIndex(): SubscriptionIndex {
  const words = createWordSymbols();
  const facts = createLeafFacts();
  const filters = createListingFilters();
  const trie = createPhraseTrie(roots);
  /**
   * A node and a filter have two lists: numbers of subscriptions without a condition, and records of those with one. A record is its own
   * size, the number of the subscription and the condition: side by side they are read faster than one by one from elsewhere.
   */
  const listNumbers = createListNumbers();
  const unconditional = createIntLists();
  const conditional = createIntLists();
  const freeNumbers: number[] = [];
  let count = 0;

  /** The nodes that the paper at hand meets, as a list and as a set. */
  let metNodes = new Int32Array(1024);
  let metCount = 0;
  let met = new Int32Array(1024);
  let matched = new Int32Array(1024);

  return { add, remove, match };

  function add(subscription: SubscriptionFilter): number {
    const number = freeNumbers.pop() ?? count++;
    const { filter, entries } = entriesOf(subscription);
    if (count > matched.length) matched = grown(matched);
    for (const { node, condition } of entries) {
      const list = listNumbers.intern(node, filter);
      if (condition === null) unconditional.append(list, [number]);
      else conditional.append(list, recordOf(number, condition));
    }
    return number;
  }

  function remove(number: number, subscription: SubscriptionFilter): void {
    const { filter, entries } = entriesOf(subscription);
    for (const { node, condition } of entries) {
      const list = listNumbers.find(node, filter);
      const at = list === noList ? null : placeOf(number, list, condition !== null);
      if (at === null) throw new Error(`match: subscription ${number} is not in the index as it is to be removed`);
      if (condition === null) unconditional.cut(list, at, 1);
      else conditional.cut(list, at, recordOf(number, condition).length);
    }
    freeNumbers.push(number);
  }

  function placeOf(number: number, list: number, isConditional: boolean): number | null {
    const { starts, lengths, memory } = (isConditional ? conditional : unconditional).arrays();
    const start = starts[list] ?? 0;
    const end = start + (lengths[list] ?? 0);
    for (let at = start; at < end; at += isConditional ? (memory[at] ?? 1) : 1) {
      if (memory[isConditional ? at + 1 : at] === number) return at - start;
    }
    return null;
  }

  function entriesOf(subscription: SubscriptionFilter): Entries {
    const entries = subscriptionEntries(subscription, {
      always: root.always,
      nodeOf,
      filterOf: filters.intern,
      nodeOfFilter,
    });
    while (trie.size() > metNodes.length) metNodes = grown(metNodes);
    while (trie.size() > 32 * met.length) met = grown(met);
    return entries;
  }

  function nodeOfFilter(filter: number): number {
    return trie.grow(root.filters, filter);
  }

  function nodeOf(leaf: LeafNode): number {
    if (leaf.kind !== 'term') return trie.grow(root.facts, facts.intern(leaf));
    let node = root[leaf.field ?? 'anyField'];
    for (const word of leaf.phrase) node = trie.grow(node, words.intern(word));
    return node;
  }

  function match(announced: AnnouncedPaper): Int32Array {
    for (let index = 0; index < metCount; index++) met[(metNodes[index] ?? noNode) >>> 5] = 0;
    metCount = 0;
    meet(root.always);
    for (const field of ['title', 'abstract', 'comments'] as const) {
      const isAny = field !== 'comments' && trie.hasChildren(root.anyField);
      const isOwn = trie.hasChildren(root[field]);
      if (!isAny && !isOwn) continue;
      const text = words.read(announced.paper[field] ?? '');
      if (isAny) walkFrom(root.anyField, text);
      if (isOwn) walkFrom(root[field], text);
    }
    facts.eachTrue(announced.paper, (fact) => meet(trie.child(root.facts, fact)));
    const passed = filters.passed(announced);
    for (const filter of passed) meet(trie.child(root.filters, filter));
    let found = 0;
    for (let index = 0; index < metCount; index++) found = takeListed(metNodes[index] ?? noNode, passed, found);
    return matched.subarray(0, found);
  }

  function walkFrom(from: number, text: TextSymbols): void {
    for (let at = 0; at < text.length; at++) walk(from, text, at);
  }

  function walk(from: number, text: TextSymbols, at: number): void {
    const { starts, symbols, length } = text;
    for (let index = starts[at] ?? 0; ; index++) {
      const symbol = symbols[index] ?? 0;
      if (symbol === 0) return;
      const node = trie.child(from, symbol);
      if (node === noNode) continue;
      meet(node);
      if (at + 1 < length && trie.hasChildren(node)) walk(node, text, at + 1);
    }
  }

  function meet(node: number): void {
    if (node === noNode || hasBit(met, node)) return;
    setBit(met, node);
    metNodes[metCount] = node;
    metCount += 1;
  }

  /** Writes the subscriptions that match by this node to `matched`, behind the `found` ones, and says how many there are then. */
  function takeListed(node: number, passed: readonly number[], found: number): number {
    let end = found;
    for (const filter of passed) {
      const list = listNumbers.find(node, filter);
      if (list === noList) continue;
      end = takeUnconditional(list, end);
      end = takeVerified(list, end);
    }
    return end;
  }

  /** The hot loop: for a million subscriptions it copies some fifteen thousand numbers a paper. */
  function takeUnconditional(list: number, found: number): number {
    const { starts, lengths, memory } = unconditional.arrays();
    const to = matched;
    const start = starts[list] ?? 0;
    const length = lengths[list] ?? 0;
    for (let index = 0; index < length; index++) to[found + index] = memory[start + index] ?? 0;
    return found + length;
  }

  /** The other one, for some three thousand. */
  function takeVerified(list: number, found: number): number {
    const { starts, lengths, memory } = conditional.arrays();
    const to = matched;
    const paper = met;
    const start = starts[list] ?? 0;
    const endOfList = start + (lengths[list] ?? 0);
    let end = found;
    for (let at = start; at < endOfList; at += memory[at] ?? 1) {
      if (!holds(memory, at + 2, paper)) continue;
      to[end] = memory[at + 1] ?? 0;
      end += 1;
    }
    return end;
  }
}

function recordOf(number: number, condition: QueryProgram): readonly number[] {
  return [condition.length + 2, number, ...condition];
}
