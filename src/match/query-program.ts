import type { LeafNode, QueryNode } from '../query/ast.ts';
import { hasBit } from './bit-set.ts';

/** A query as integers: a leaf is the number of its node (above 0); an operator is followed by the length of its operands, then these. */
export type QueryProgram = readonly number[];

const and = -1;
const or = -2;
const not = -3;

/** The program of a query, for `holds`. */
export function queryProgram(query: QueryNode, nodeOf: (leaf: LeafNode) => number): QueryProgram {
  switch (query.kind) {
    case 'and':
    case 'or':
      return operation(
        query.kind === 'and' ? and : or,
        query.children.map((child) => queryProgram(child, nodeOf)),
      );
    case 'not':
      return operation(not, [queryProgram(query.child, nodeOf)]);
    default:
      return [nodeOf(query)];
  }
}

/** True where one of the nodes is marked, and the program, if there is one, is true. */
export function withAnyNode(nodes: readonly number[], program: QueryProgram | null): QueryProgram {
  const any = operation(or, [nodes]);
  return program === null ? any : operation(and, [any, program]);
}

/** True where none of the nodes is marked, and the program, if there is one, is true. */
export function withoutNodes(nodes: readonly number[], program: QueryProgram | null): QueryProgram {
  const none = nodes.map((node) => operation(not, [[node]]));
  return operation(and, [...none, ...(program === null ? [] : [program])]);
}

function operation(operator: number, operands: readonly QueryProgram[]): QueryProgram {
  const flat = operands.flat();
  return [operator, flat.length, ...flat];
}

/**
 * Whether the program that stands in `memory` from `at` on is true where exactly those leaves hold whose node is in the set `met`.
 * Cost: O(leaves), until the answer is known; nothing is allocated.
 */
export function holds(memory: Int32Array, at: number, met: Int32Array): boolean {
  const operator = memory[at] ?? 0;
  if (operator > 0) return hasBit(met, operator);
  const first = at + 2;
  if (operator === not) return !holds(memory, first, met);
  const end = first + (memory[at + 1] ?? 0);
  for (let operand = first; operand < end; operand = after(memory, operand)) {
    if (holds(memory, operand, met) === (operator === or)) return operator === or;
  }
  return operator === and;
}

/** Where the operand that follows the one at `at` begins. */
function after(memory: Int32Array, at: number): number {
  return (memory[at] ?? 0) > 0 ? at + 1 : at + 2 + (memory[at + 1] ?? 0);
}
