import { expect } from 'vitest';

/** The refusal 50035 with one leaf at `path`, whose steps are parted by dots. */
export function invalidAt(path: string, code: string): object {
  const leaf: object = { _errors: [expect.objectContaining({ code })] };
  return { code: 50035, errors: path.split('.').reduceRight<object>((inner, key) => ({ [key]: inner }), leaf) };
}
