import { describe, expect, it } from 'vitest';
import { harvestOai } from '../../src/arxiv/oai-harvest.ts';
import type { OaiPlace } from '../../src/arxiv/oai-harvest.ts';
import type { OaiPage } from '../../src/arxiv/parse-oai.ts';
import { AppError } from '../../src/lib/errors.ts';
import { aPaper } from '../builders/domain.ts';

const request = { category: 'cs.DC', from: '2025-01-01', until: '2025-02-15' };

function page(id: string, token: string | null, expiresAt: number | null = null): OaiPage {
  const entries = [{ ...aPaper({ id }), kind: 'new' as const, crossFrom: null }];
  return {
    listing: { source: 'oai', archive: 'cs.DC', date: '2025-06-01', complete: null, sections: [], entries },
    resumptionToken: token === null ? null : { token, expiresAt },
    submitted: new Map(),
    deleted: [],
  };
}

/** Pages by what is asked for: the first day of a window, or a token. */
function oaiWith(pages: Record<string, (() => OaiPage)[]>) {
  const asked: string[] = [];
  const readPage = async (path: string): Promise<OaiPage> => {
    asked.push(path);
    const parameters = new URL(path, 'http://a').searchParams;
    const answers = pages[parameters.get('resumptionToken') ?? parameters.get('from') ?? ''];
    const answer = answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
    if (answer === undefined) throw new Error(`nobody expected ${path}`);
    return answer();
  };
  return { asked, readPage };
}

async function harvest(oai: ReturnType<typeof oaiWith>, place: OaiPlace | null = null, now = 0, category = 'cs.DC') {
  const steps: { id: string | undefined; next: OaiPlace }[] = [];
  for await (const { page: found, next } of harvestOai({ ...request, category }, place, {
    readPage: oai.readPage,
    now: () => now,
  })) {
    steps.push({ id: found.listing.entries[0]?.id, next });
  }
  return steps;
}

const refuses = () => {
  throw new AppError('unreadable-listing', "oai, line 8: arXiv's OAI-PMH answers badResumptionToken: expired");
};

describe('harvestOai', () => {
  it('asks window by window, and on by the token alone, as it came', async () => {
    const token = 'verb%3DListRecords%26skip%3D0';
    const oai = oaiWith({
      '2025-01-01': [() => page('1', token, 9)],
      [token]: [() => page('2', null)],
      '2025-02-01': [() => page('3', null)],
    });
    expect(await harvest(oai)).toEqual([
      { id: '1', next: { from: '2025-01-01', token, expiresAt: 9 } },
      { id: '2', next: { from: '2025-02-01', token: null, expiresAt: null } },
      { id: '3', next: { from: '2025-02-16', token: null, expiresAt: null } },
    ]);
    expect(oai.asked).toEqual([
      '/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs%3Acs%3ADC&from=2025-01-01&until=2025-01-31',
      '/oai?verb=ListRecords&resumptionToken=verb%253DListRecords%2526skip%253D0',
      '/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs%3Acs%3ADC&from=2025-02-01&until=2025-02-15',
    ]);
  });

  it('goes on at a place, and begins its window again where the token has ended', async () => {
    const pages = { '2025-02-01': [() => page('4', null)], t: [() => page('5', null)] };
    const place = { from: '2025-02-01', token: 't', expiresAt: 100 };
    expect((await harvest(oaiWith(pages), place, 99)).map(({ id }) => id)).toEqual(['5']);
    expect((await harvest(oaiWith(pages), place, 100)).map(({ id }) => id)).toEqual(['4']);
  });

  it('begins a window again whose token arXiv refuses', async () => {
    const oai = oaiWith({ '2025-02-01': [() => page('1', 't')], t: [refuses, () => page('2', null)] });
    const place = { from: '2025-02-01', token: null, expiresAt: null };
    expect((await harvest(oai, place)).map(({ id }) => id)).toEqual(['1', '1', '2']);
  });

  it('gives up where tokens are refused again and again, or lead nowhere', async () => {
    const oai = oaiWith({ '2025-01-01': [() => page('1', 't')], t: [refuses] });
    await expect(harvest(oai)).rejects.toThrow(
      /does not go on with the papers of cs\.DC that changed from 2025-01-01 on/,
    );
    const circle = oaiWith({ '2025-01-01': [() => page('1', 't')], t: [() => page('2', 't')] });
    await expect(harvest(circle)).rejects.toThrow(/a page leads to itself/);
  });

  it.each([
    ['cs', 'cs:cs'],
    ['hep-th', 'physics:hep-th'],
    ['cond-mat.soft', 'physics:cond-mat:soft'],
    ['math.AG', 'math:math:AG'],
    ['q-bio.NC', 'q-bio:q-bio:NC'],
  ])('knows the set of %s', async (category, set) => {
    const oai = oaiWith({ '2025-01-01': [() => page('1', null)], '2025-02-01': [() => page('2', null)] });
    await harvest(oai, null, 0, category);
    expect(new URL(oai.asked[0] ?? '', 'http://a').searchParams.get('set')).toBe(set);
  });
});
