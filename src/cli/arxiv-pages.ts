import type { Foundation } from '../app/foundation.ts';
import type { ReadPages } from '../pipeline/backfill.ts';
import { AppError } from '../lib/errors.ts';
export function arxivPages(
  wanted: { category: string; from: string; until: string; source: 'api' | 'oai' },
  _f: Foundation,
): { source: string; readPages: (onShare: (share: number, papers: number) => void) => ReadPages } {
  throw new AppError('x', wanted.category);
}
