import { z } from 'zod';
import type { Paper } from '../domain/paper.ts';

/** Of a forum as Discord writes it: the tags its posts can bear, and whether they have to bear one. */
export const forumSchema = z.object({
  flags: z.int().nullish(),
  available_tags: z.array(z.object({ id: z.string(), name: z.string(), moderated: z.boolean() })).nullish(),
});

/** Source: Discord, resources/channel, Channel Flags, REQUIRE_TAG. */
const requireTag = 1 << 4;
const mostTags = 5;

/** What people call a tag for whatever a bot like this one posts. */
const general: readonly string[] = ['arxiv', 'papers', 'paper'];

/**
 * Ids of the tags that fit these papers: those named like their categories (`cs.DC`, or all of `cs`), and “arXiv” or “Papers”. Tags for
 * moderators are left to them. Null where the forum requires a tag, and none fits.
 */
export function fittingTags(forum: z.infer<typeof forumSchema>, papers: readonly Paper[]): readonly string[] | null {
  const categories = papers.flatMap(({ primary, categories: all }) => [primary, ...all]);
  const archives = categories.map((category) => category.replace(/\..*/, ''));
  const wanted = new Set([...categories, ...archives, ...general].map((name) => name.toLowerCase()));
  const fitting = (forum.available_tags ?? []).filter(
    ({ name, moderated }) => !moderated && wanted.has(name.trim().toLowerCase()),
  );
  const isRequired = ((forum.flags ?? 0) & requireTag) !== 0;
  return isRequired && fitting.length === 0 ? null : fitting.slice(0, mostTags).map(({ id }) => id);
}
