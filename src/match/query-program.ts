import type { LeafNode, QueryNode } from '../query/ast.ts';

/*
 * A query as integers: a leaf is the number of its node (above 0); an operator is followed by the length of its operands, then these.
 */
const and = -1;
const or = -2;
const not = -3;

/** The program of a query, for `holds`. */
export function queryProgram(query: QueryNode, nodeOf: (leaf: LeafNode) => number): number[] {
  switch (query.kind) {
    case 'and':
    case 'or': {
      const operands = query.children.flatMap((child) => queryProgram(child, nodeOf));
      return [query.kind === 'and' ? and : or, operands.length, ...operands];
    }
    case 'not': {
      const operand = queryProgram(query.child, nodeOf);
      return [not, operand.length, ...operand];
    }
    default:
      return [nodeOf(query)];
  }
}

/**
 * Whether the program that stands in `memory` from `at` on is true where exactly those leaves hold whose node is marked `now`.
 * Cost: O(leaves), until the answer is known; nothing is allocated.
 */
export function holds(memory: Int32Array, at: number, marks: Int32Array, now: number): boolean {
  const operator = memory[at] ?? 0;
  if (operator >= 0) return marks[operator] === now;
  const first = at + 2;
  if (operator === not) return !holds(memory, first, marks, now);
  const end = first + (memory[at + 1] ?? 0);
  for (let operand = first; operand < end; operand = after(memory, operand)) {
    if (holds(memory, operand, marks, now) === (operator === or)) return operator === or;
  }
  return operator === and;
}

/** Where the operand that follows the one at `at` begins. */
function after(memory: Int32Array, at: number): number {
  return (memory[at] ?? 0) >= 0 ? at + 1 : at + 2 + (memory[at + 1] ?? 0);
}
