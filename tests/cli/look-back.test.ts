import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentFor, paperboy, temporaryFolder } from '../builders/paperboy.ts';

const lines = (text: string) => text.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));

/** A database with two subscriptions of a channel that has read the seed listing. */
async function archive() {
  const folder = temporaryFolder();
  const env = environmentFor(folder);
  const place = 'guild: "100000000000000000", channel: "100000000000000001"';
  const file = join(folder, 'subscriptions.yaml');
  writeFileSync(
    file,
    `- {id: learning, ${place}, query: federated OR workflow*}\n- {id: both, ${place}, query: (federated OR workflow*) -online}\n`,
  );
  await paperboy(['subscriptions', 'import', file], { env });
  await paperboy(['ingest', 'seeds/cs.DC-2025-05-23.txt'], { env });
  return env;
}

describe('paperboy why and preview', () => {
  it('tells for every subscription what became of a paper, and replays one beside the others', async () => {
    const env = await archive();
    const why = await paperboy(['why', 'arXiv:2505.16138'], { env });
    expect([why.code, why.stderr]).toEqual([0, '']);
    expect(lines(why.stdout)).toMatchObject([
      {
        paper: '2505.16138',
        subscription: 'both',
        fate: 'waiting',
        match: { matched: false, query: { kind: 'all', holds: false, children: [{ holds: true }, { holds: false }] } },
      },
      {
        subscription: 'learning',
        fate: 'waiting',
        match: { matched: true, score: expect.any(Number), evidence: expect.any(Array) },
        rank: { rank: expect.any(Number), matched: 3 },
        ledger: [{ state: 'pending', subscriptions: ['learning'] }],
      },
    ]);
    const preview = await paperboy(['preview', '--subscription', 'both'], { env });
    expect(JSON.parse(preview.stdout)).toMatchObject({
      days: [{ date: '2025-05-23', papers: 21, matched: 2, sent: 2 }],
      overlaps: [{ subscription: 'learning', papers: 2, share: 1 }],
    });
  });

  it('says in a sentence what it does not know', async () => {
    const env = environmentFor(temporaryFolder());
    expect(await paperboy(['why', '2401.00001'], { env })).toMatchObject({
      code: 1,
      stderr: 'why: 2401.00001 is in no listing and no import that was read\n',
    });
    expect(await paperboy(['preview', '--query', '"gossip'], { env })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^preview: query, column 1: /),
    });
    expect(await paperboy(['preview', '--query', 'a', '--categories', 'cs.LG,?'], { env })).toMatchObject({
      code: 1,
      stderr: 'preview: ? is no category such as cs.LG, cs.* or hep-th\n',
    });
    expect(await paperboy(['preview', '--query', 'a', '--about', '9', '--max', '3'], { env })).toMatchObject({
      code: 1,
      stderr: 'preview: about 9 papers a day cannot come where --max 3 is the most\n',
    });
    expect((await paperboy(['preview', '--query', 'a', '--subscription', 's1'], { env })).code).toBe(2);
  });
});
