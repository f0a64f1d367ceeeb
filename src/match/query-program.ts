import type { LeafNode, QueryNode } from '../query/ast.ts';
import { hasBit } from './bit-set.ts';

/** A query as integers: a leaf is the number of its node (above 0); an operator is followed by the length of its operands, then these. */
export type QueryProgram = readonly number[];

const and = -1;
const or = -2;
const not = -3;
/** Its operands are leaves, and none of them holds. */
const none = -4;

/** The program of a query, for `holds`. */
export function queryProgram(query: QueryNode, nodeOf: (leaf: LeafNode) => number): QueryProgram {
  const program: number[] = [];
  write(query);
  return program;

  function write(node: QueryNode): void {
    switch (node.kind) {
      case 'and':
      case 'or':
        return operation(node.kind === 'and' ? and : or, node.children);
      case 'not':
        return operation(not, [node.child]);
      default:
        program.push(nodeOf(node));
    }
  }

  function operation(operator: number, operands: readonly QueryNode[]): void {
    const at = program.push(operator, 0);
    for (const operand of operands) write(operand);
    program[at - 1] = program.length - at;
  }
}

/** True where one of the nodes is met, and the program, if there is one, is true. */
export function withAnyNode(nodes: readonly number[], program: QueryProgram | null): QueryProgram {
  return both([or, nodes.length, ...nodes], program);
}

/** True where none of the nodes is met, and the program, if there is one, is true. */
export function withoutNodes(nodes: readonly number[], program: QueryProgram | null): QueryProgram {
  return both([none, nodes.length, ...nodes], program);
}

function both(first: QueryProgram, second: QueryProgram | null): QueryProgram {
  return second === null ? first : [and, first.length + second.length, ...first, ...second];
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
    if (holds(memory, operand, met) !== (operator === and)) return operator === or;
  }
  return operator !== or;
}

/** Where the operand that follows the one at `at` begins. */
function after(memory: Int32Array, at: number): number {
  return (memory[at] ?? 0) > 0 ? at + 1 : at + 2 + (memory[at + 1] ?? 0);
}
