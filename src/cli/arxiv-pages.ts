import { z } from 'zod';
import type { Foundation } from '../app/foundation.ts';
import { readApiWindows } from '../arxiv/api-windows.ts';
import { listingCode } from '../arxiv/category.ts';
import type { ArxivSource } from '../arxiv/addresses.ts';
import { datedPapers } from '../arxiv/dated-papers.ts';
import { harvestOai } from '../arxiv/oai-harvest.ts';
import { parseApiPage } from '../arxiv/parse-api.ts';
import type { ApiPage } from '../arxiv/parse-api.ts';
import { parseOaiPage } from '../arxiv/parse-oai.ts';
import type { OaiPage } from '../arxiv/parse-oai.ts';
import { complaintsAbout } from '../arxiv/unreadable.ts';
import { AppError } from '../lib/errors.ts';
import type { BackfillPage, ReadPages } from '../pipeline/backfill.ts';

/** ISO dates, both inclusive. */
export type Wanted = {
  readonly category: string;
  readonly from: string;
  readonly until: string;
  readonly source: 'api' | 'oai';
};

const dayMs = 24 * 60 * 60_000;

const apiPlaceSchema = z.object({ doneMs: z.int() });
const oaiPlaceSchema = z.object({ from: z.iso.date(), token: z.string().nullable(), expiresAt: z.int().nullable() });

/**
 * The pages of papers that arXiv's API or OAI-PMH gives, and the name of that import.
 *
 * @param onShare told before every page how far the span of time is behind us, 0 to 1
 * @throws AppError where there is no such category, or arXiv is not asked without a token
 */
export function arxivPages(
  wanted: Wanted,
  foundation: Foundation,
  onShare: (share: number) => void,
): { readonly source: string; readonly readPages: ReadPages } {
  const { arxiv, clock, settings } = foundation;
  const code = codeOf(wanted.category);
  if (arxiv === null) {
    throw new AppError(
      'demo',
      'backfill: without DISCORD_TOKEN arXiv is never asked; set it, or import a file with --jsonl',
    );
  }
  const { holidays } = settings.arxiv;
  const fromMs = Date.parse(wanted.from);
  const untilMs = Date.parse(wanted.until) + dayMs;
  const shareAt = (ms: number) => (ms - fromMs) / (untilMs - fromMs);

  const read = async (source: ArxivSource, path: string) => {
    const { bytes, url } = await arxiv.get(source, path);
    return { xml: new TextDecoder().decode(bytes), options: { complain: complaintsAbout(url) } };
  };

  async function readApi(path: string): Promise<ApiPage> {
    const { xml, options } = await read('api', path);
    return parseApiPage(xml, options);
  }

  async function readOai(path: string): Promise<OaiPage> {
    const { xml, options } = await read('oai', path);
    return parseOaiPage(xml, options);
  }

  async function* api(position: unknown): AsyncGenerator<BackfillPage> {
    const done = apiPlaceSchema.nullable().parse(position)?.doneMs ?? fromMs;
    for await (const { page, doneMs } of readApiWindows({ category: code, fromMs: done, untilMs }, readApi)) {
      onShare(shareAt(doneMs));
      yield { papers: datedPapers(page, holidays), position: { doneMs } };
    }
  }

  async function* oai(position: unknown): AsyncGenerator<BackfillPage> {
    const place = oaiPlaceSchema.nullable().parse(position);
    const deps = { readPage: readOai, now: () => clock.now() };
    for await (const { page, next } of harvestOai({ ...wanted, category: code }, place, deps)) {
      onShare(shareAt(Date.parse(next.from)));
      yield { papers: datedPapers(page, holidays), position: next };
    }
  }

  return {
    source: `${wanted.source}:${code}:${wanted.from}:${wanted.until}`,
    readPages: wanted.source === 'api' ? api : oai,
  };
}

function codeOf(category: string): string {
  const code = listingCode(category);
  if (code !== null) return code;
  throw new AppError(
    'bad-category',
    `backfill: ${category} is no category of arXiv; write one such as cs.DC, or an archive such as cs`,
  );
}
