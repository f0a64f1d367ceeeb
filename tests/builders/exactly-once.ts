import { z } from 'zod';
import { papersIn } from './discord-process.ts';
import type { DiscordProcess, PlacedPost } from './discord-process.ts';
import { rowsOf } from './ledger.ts';

const promiseSchema = z.object({ target: z.string(), paper: z.string(), occasion: z.string(), delivery: z.string() });
const deliverySchema = z.object({
  id: z.string(),
  target: z.string(),
  state: z.string(),
  papers_json: z.string(),
  reason: z.string().nullable(),
  message_id: z.string().nullable(),
});
const papersSchema = z.array(z.object({ paper: z.string(), occasion: z.string() }));

/** The flag of a message that the channels that follow its own have too. */
const crossposted = 1;

/** What is wrong with what arrived, in sentences; none where every promise came exactly once. */
export type Verdict = {
  readonly promises: number;
  readonly messages: number;
  readonly duplicates: number;
  readonly losses: number;
  readonly faults: readonly string[];
};

/**
 * Holds a database at rest against what Discord shows: every promise is in exactly one delivery, every delivery is exactly one message in
 * its channel with exactly its papers, there is no other message anywhere, news is published, and every listing that was read is matched.
 *
 * @param expected what was to be promised, as `target paper occasion`; whatever was promised where left out
 */
export async function verifyExactlyOnce(
  databaseUrl: string,
  discord: DiscordProcess,
  expected?: readonly string[],
): Promise<Verdict> {
  const promises = z.array(promiseSchema).parse(await rowsOf(databaseUrl, 'select * from promises'));
  const deliveries = z.array(deliverySchema).parse(await rowsOf(databaseUrl, 'select * from deliveries'));
  const posts = await discord.posts();
  const promised = promises.map(({ target, paper, occasion }) => `${target} ${paper} ${occasion}`);
  const found = count(posts.flatMap((post) => papersIn(post).map((paper) => `${post.place} ${paper}`)));
  const wanted = count(promises.map(({ target, paper }) => `${target} ${paper}`));
  return {
    promises: promises.length,
    messages: posts.length,
    duplicates: excess(found, wanted),
    losses: excess(wanted, found),
    faults: [
      ...(expected === undefined ? [] : differences('promised', promised, expected)),
      ...differences(
        'in deliveries',
        deliveries.flatMap(promisesOf),
        promises.map((one) => `${one.delivery} ${one.target} ${one.paper} ${one.occasion}`),
      ),
      ...deliveries
        .filter(({ state }) => state !== 'sent')
        .map((one) => `delivery ${one.id} is ${one.state}: ${one.reason}`),
      ...arrivals(deliveries, posts),
      ...posts
        .filter(({ isNews, flags }) => isNews && (flags & crossposted) === 0)
        .map(({ id }) => `message ${id} was not published`),
      ...(await restlessRows(databaseUrl)),
    ],
  };
}

function promisesOf({ id, target, papers_json: papers }: z.infer<typeof deliverySchema>): string[] {
  return papersSchema.parse(JSON.parse(papers)).map(({ paper, occasion }) => `${id} ${target} ${paper} ${occasion}`);
}

/** Each delivery and its message: one of the other, in the same place, with the same papers. */
function arrivals(deliveries: readonly z.infer<typeof deliverySchema>[], posts: readonly PlacedPost[]): string[] {
  const sent = deliveries.filter(({ state }) => state === 'sent');
  return differences(
    'posted',
    posts.map((post) => `${post.id} ${papersAt(post.place, papersIn(post))}`),
    sent.map(({ target, message_id: message, papers_json: json }) => {
      const papers = papersSchema.parse(JSON.parse(json)).map(({ paper }) => paper);
      return `${message} ${papersAt(target, papers)}`;
    }),
  );
}

function papersAt(place: string, papers: readonly string[]): string {
  return `${place}: ${papers.toSorted().join(' ')}`;
}

/** Listings that were saved and not matched. */
async function restlessRows(databaseUrl: string): Promise<string[]> {
  const days = await rowsOf(
    databaseUrl,
    "select archive, date, state from days where state = 'complete' and matched_at is null",
  );
  const papers = await rowsOf(databaseUrl, 'select category, date, paper from announcements where matched_at is null');
  return [
    ...days.map((row) => `a day is not done: ${JSON.stringify(row)}`),
    ...papers.map((row) => `a paper is not matched: ${JSON.stringify(row)}`),
  ];
}

/** Who holds leases; nobody where all processes have stopped politely. */
export async function leaseHolders(databaseUrl: string): Promise<string[]> {
  const held = await rowsOf(databaseUrl, 'select name, holder from leases where holder is not null order by name');
  return held.map(({ name, holder }) => `${String(name)}: ${String(holder)}`);
}

/** How often keys are in the first more often than in the second. */
function excess(first: ReadonlyMap<string, number>, second: ReadonlyMap<string, number>): number {
  return [...first].reduce((sum, [key, times]) => sum + Math.max(0, times - (second.get(key) ?? 0)), 0);
}

function differences(what: string, found: readonly string[], expected: readonly string[]): string[] {
  const [have, want] = [count(found), count(expected)];
  return [...new Set([...found, ...expected])].flatMap((key) => {
    const [is, ought] = [have.get(key) ?? 0, want.get(key) ?? 0];
    return is === ought ? [] : [`${what} ${is} times instead of ${ought}: ${key}`];
  });
}

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
