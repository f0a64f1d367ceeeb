import { describe, expect, it } from 'vitest';
import { checkArxiv } from '../../src/app/check-arxiv.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { settingsSchema } from '../../src/config/settings.ts';
import { errorPage, listingPage, sectionsHtml } from '../arxiv/listing-html.ts';
import { loopback, says } from '../arxiv/loopback-arxiv.ts';
import type { Answer } from '../arxiv/loopback-arxiv.ts';
import { temporaryStore } from '../store/store-builders.ts';

const settings = settingsSchema.parse({});
const page = listingPage(sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{}] }]), {
  total: 1,
  archive: 'cs.DC',
});

/** Where the answer comes from, with intervals that no test waits out. */
async function place(answer: Answer) {
  let asked = 0;
  const { url } = await loopback((request, response) => {
    asked += 1;
    answer(request, response);
  });
  const environment = readEnvironment({ DISCORD_TOKEN: 'token', ARXIV_URL: url });
  return { environment, asked: () => asked };
}

const turn = { holder: 'bot', sort: 'page', minIntervalMs: 0, pageIntervalMs: 0, holdMs: 60_000 } as const;

describe('checkArxiv', () => {
  it.each(['with', 'without'])('asks once %s a database', async (how) => {
    const { environment, asked } = await place(says(200, page));
    const store = how === 'with' ? await temporaryStore('sqlite') : null;
    const { check, aheadMs } = await checkArxiv(environment, settings, store);
    expect(check).toMatchObject({ name: 'arxiv', ok: true, found: expect.stringMatching(/cs\.DC is of 2011-02-03$/) });
    expect(Math.abs(aheadMs ?? Infinity)).toBeLessThan(60_000);
    expect(asked()).toBe(1);
  });

  it('tries nothing twice', async () => {
    const { environment, asked } = await place(says(503, 'busy'));
    const { check } = await checkArxiv(environment, settings, null);
    expect(check).toMatchObject({ ok: false, found: expect.stringMatching(/answered 503; nothing is asked before/) });
    expect(asked()).toBe(1);
  });

  it('tells what to do about a refusal, and whoever takes turns on the database asks no more', async () => {
    const { environment, asked } = await place(says(403, errorPage('Access Denied')));
    const store = await temporaryStore('sqlite');
    const mend = expect.stringMatching(/arxiv\.contact .* doctor --arxiv-again/);
    const first = await checkArxiv(environment, settings, store);
    expect(first.check).toMatchObject({ ok: false, found: expect.stringMatching(/“Access Denied”: arXiv asks/), mend });
    const second = await checkArxiv(environment, settings, store);
    expect(second.check).toMatchObject({ ok: false, found: expect.stringMatching(/^nothing is asked since /), mend });
    expect(asked()).toBe(1);
  });

  it('waits for its turn no longer than a person does, and says who has it', async () => {
    const { environment, asked } = await place(says(200, page));
    const store = await temporaryStore('sqlite');
    await store.arxivTurns.take(turn);
    const { check } = await checkArxiv(environment, settings, store, 50);
    expect(check).toMatchObject({ ok: null, found: 'our turn to ask did not come within 0.05 s: bot asks arXiv' });
    await store.arxivTurns.release('bot', { kind: 'success' });
    const next = await checkArxiv(environment, settings, store, 50);
    expect(next.check).toMatchObject({ ok: null, found: expect.stringMatching(/0\.05 s: others ask arXiv, too$/) });
    expect(asked()).toBe(0);
  });

  it('waits for the answer no longer either', async () => {
    const { environment } = await place(() => {});
    const { check } = await checkArxiv(environment, settings, null, 200);
    expect(check).toMatchObject({ ok: false, found: 'arXiv gave no whole answer within 0.2 s' });
  });
});
