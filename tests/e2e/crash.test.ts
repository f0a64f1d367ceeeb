import { describe, expect, it } from 'vitest';
import { expectContract } from '../builders/contract.ts';
import { crashMornings } from '../builders/crash-morning.ts';
import { databaseKinds, emptyDatabase } from '../builders/temporary-database.ts';

/** `npm run crash -- 200` does the same for longer. */
const kills = 20;

describe.each(databaseKinds)('a bot on %s that is killed at random instants of busy mornings', (kind) => {
  it('posts every promise exactly once', async () => {
    const report = await crashMornings({
      kills,
      seed: 4,
      withForum: false,
      newDatabase: () => emptyDatabase(kind),
      beforeEnd: (control) => expectContract(control),
    });
    expect(report).toMatchObject({ kills, duplicates: 0, losses: 0, faults: [] });
    expect(report.promises).toBeGreaterThan(40);
    // The kills were such that it could have gone wrong.
    expect(report.hits.sending).toBeGreaterThan(3);
    expect(report.arrivedPosts).toBeGreaterThan(3);
    process.stdout.write(
      `${kind}: ${JSON.stringify({ ...report.hits, arrivedPosts: report.arrivedPosts, seconds: report.seconds })}\n`,
    );
  }, 240_000);
});
