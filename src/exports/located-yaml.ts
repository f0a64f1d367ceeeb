import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { AppError, messageOf } from '../lib/errors.ts';

/** What a YAML or JSON text says, and where it says it. */
export type LocatedYaml = {
  readonly value: unknown;
  /** What stands at a place; undefined where nothing does. */
  valueAt(place: readonly PropertyKey[]): unknown;
  /** `name:line` of a place, or of the nearest one above it that is there. */
  lineOf(place: readonly PropertyKey[]): string;
};

/**
 * Reads YAML (and so JSON) in a way that later complaints can name the line.
 *
 * @throws AppError('bad-yaml') with name, line and column of the first thing that is no YAML
 */
export function readYaml(text: string, name: string): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    throw new AppError('bad-yaml', `${name}:${line}:${col} is not YAML: ${syntax.message}`);
  }
  return {
    value: valueOf(document, name),
    valueAt: (place) => {
      const found = document.getIn(place);
      return isNode(found) ? found.toJS(document) : found;
    },
    lineOf: (place) => {
      for (let length = place.length; length > 0; length -= 1) {
        const node = document.getIn(place.slice(0, length), true);
        if (isNode(node) && node.range) return `${name}:${lines.linePos(node.range[0]).line}`;
      }
      return name;
    },
  };
}

/** Aliases without an anchor, and aliases that would multiply beyond measure, show only here. */
function valueOf(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new AppError('bad-yaml', `${name} cannot be used: ${messageOf(error)}`, { cause: error });
  }
}
