import { z } from 'zod';
import { nonceOf } from '../../src/discord/send.ts';
import { papersIn } from './discord-process.ts';
import type { DiscordProcess } from './discord-process.ts';
import { rowsOf } from './ledger.ts';

/** What a process was about when it was killed, as far as its database tells. One kill may hit several. */
export type Phases = {
  /** It had no lease yet: loading, opening or migrating the database. */
  readonly starting: boolean;
  /** A listing that was out was not read and saved to its end. */
  readonly reading: boolean;
  /** A listing was saved, and what came of it was not committed. */
  readonly matching: boolean;
  /** Posts in hand: nobody knows what became of them. */
  readonly sending: number;
  /** Of those, posts that had arrived, and whose arrival was not recorded: sent again, they would be there twice. */
  readonly arrived: number;
  /** Posts that wait. */
  readonly pending: number;
};

const countSchema = z.object({ count: z.coerce.number() });

/** Looks at what the process `pid` left. `listings` is how many were out for it to read. */
export async function phasesAfter(
  databaseUrl: string,
  discord: DiscordProcess,
  killed: { readonly pid: number; readonly listings: number },
): Promise<Phases> {
  const count = async (statement: string) =>
    countSchema.parse((await rowsOf(databaseUrl, `select count(*) as count from ${statement}`))[0]).count;
  const matched = await count("days where state = 'complete' and matched_at is not null");
  const saved = await count("days where state = 'complete'");
  const underWay = z
    .array(z.object({ id: z.string(), target: z.string(), papers_json: z.string() }))
    .parse(await rowsOf(databaseUrl, "select id, target, papers_json from deliveries where state = 'sending'"));
  const posts = underWay.length > 0 ? await discord.posts() : [];
  const isArrived = ({ id, target, papers_json: papers }: (typeof underWay)[number]) =>
    posts.some((post) =>
      // What begins a thread has no nonce.
      post.nonce === undefined
        ? post.place === target && papersIn(post).every((paper) => papers.includes(paper))
        : post.nonce === nonceOf(id),
    );
  return {
    starting: (await count(`leases where name = 'worker' and holder like 'pid ${killed.pid} %'`)) === 0,
    reading: saved < killed.listings,
    matching: matched < saved,
    sending: underWay.length,
    arrived: underWay.filter(isArrived).length,
    pending: await count('deliveries where settled_at is null'),
  };
}
