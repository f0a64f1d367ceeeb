/** Nothing of Discord's is nested half as deep, or is a longer list; what is more would break or hold up whoever walks it. */
const maxDepth = 32;
export const maxLength = 1_000;
/** Checking this many takes about 200 ms (November 2026, 2 cores); 100 commands of 8,000 characters have some 40,000. */
const maxValues = 60_000;

const code = { quote: 0x22, backslash: 0x5c, comma: 0x2c, openList: 0x5b, closeList: 0x5d, open: 0x7b, close: 0x7d };

/**
 * What forbids to parse `json`, UTF-8: it is nested too deep, or a list, an object or all of it is too long; null for nothing.
 * Text that is no JSON may pass: a parser ends at its first fault. Cost: one look at each byte, whatever they are.
 */
export function jsonExcess(json: Uint8Array): 'deep' | 'long' | null {
  const commas = new Uint32Array(maxDepth + 1);
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case code.quote:
        at = endOfString(json, at);
        break;
      case code.open:
      case code.openList:
        depth += 1;
        values += 1;
        if (depth > maxDepth) return 'deep';
        if (values > maxValues) return 'long';
        commas[depth] = 0;
        break;
      case code.close:
      case code.closeList:
        // Below 0 it is no JSON, which the parser says better.
        if (depth === 0) return null;
        depth -= 1;
        break;
      case code.comma: {
        const before = (commas[depth] ?? 0) + 1;
        commas[depth] = before;
        values += 1;
        if (before >= maxLength || values > maxValues) return 'long';
        break;
      }
    }
  }
  return null;
}

/** Where the string that begins at `start` has its closing quote; the end of `json` where it has none. */
function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== code.quote) at += json[at] === code.backslash ? 2 : 1;
  return at;
}
