import { z } from 'zod';
import type { ClaimedDelivery, DeliveredPaper } from '../domain/delivery.ts';
import { readableDate } from './dates.ts';
import { decodeCustomId } from './custom-id.ts';

/**
 * The inverse of `renderDelivery`: whether a message of ours shows papers of this delivery and nothing else.
 *
 * Some of them are enough, for a paper that nobody wants any more is left out of a later try. A target is told of a paper once an occasion,
 * so no other delivery of its lane looks the same. Where Discord shows no embeds (without the right to them, or taken off by a
 * moderator) the buttons decide, though a paper and its replacement bear the same. A paper whose identifier is none of arXiv's leaves no
 * trace, and is not recognised.
 */
export function showsDelivery(message: unknown, { date, papers }: Pick<ClaimedDelivery, 'date' | 'papers'>): boolean {
  const shown = shownPapers(message);
  const isAmong = (one: Shown) => papers.some((paper) => isOf(one, paper));
  return (
    shown.length > 0 && shown.every((one) => isAmong(one) && (one.date ?? readableDate(date)) === readableDate(date))
  );
}

/** `isReplacement` and `date` (as readers see it) are null where the message does not say. */
type Shown = { readonly id: string; readonly isReplacement: boolean | null; readonly date: string | null };

function isOf({ id, isReplacement }: Shown, { paper, occasion }: DeliveredPaper): boolean {
  return paper === id && (isReplacement ?? occasion !== 'first') === (occasion !== 'first');
}

const messageSchema = z.object({
  embeds: z.array(
    z.object({
      title: z.string().nullish(),
      description: z.string().nullish(),
      footer: z.object({ text: z.string() }).nullish(),
    }),
  ),
  components: z
    .array(z.object({ components: z.array(z.object({ custom_id: z.string().nullish() })).nullish() }))
    .nullish(),
});

function shownPapers(message: unknown): readonly Shown[] {
  const { success, data: known } = messageSchema.safeParse(message);
  if (!success) return [];
  if (known.embeds.length > 0) {
    return known.embeds.flatMap(({ title, description, footer }) => [
      ...ofDigest(title ?? '', description ?? ''),
      ...ofCard(footer?.text ?? ''),
    ]);
  }
  const buttons = (known.components ?? []).flatMap((row) => row.components ?? []);
  return buttons.flatMap(({ custom_id: customId }) => {
    const pressed = decodeCustomId(customId ?? '');
    return pressed?.action === 'more' ? [{ id: pressed.paper, isReplacement: null, date: null }] : [];
  });
}

/** “cs.DC · replaced · arXiv:2505.15988 · Fri 23 May 2025”, the footer of a card. */
function ofCard(footer: string): Shown[] {
  const [, kind, id, date] = /^(.+) · arXiv:([\w./-]+)(?: · (.+))?$/.exec(footer) ?? [];
  return kind === undefined || id === undefined ? [] : [{ id, isReplacement: replaced.test(kind), date: date ?? null }];
}

/** “3 papers · Fri 23 May 2025”, and three blocks of lines: who and what stands on the second. */
function ofDigest(title: string, description: string): Shown[] {
  const found = /^\d+ papers?(?: · (.+))?$/.exec(title);
  if (!found) return [];
  return description.split('\n\n').flatMap((block) => {
    const [first = '', second = ''] = block.split('\n');
    const id = /^\*\*\d+\.\*\* .*\]\(https:\/\/arxiv\.org\/abs\/([\w./-]+)\)$/.exec(first)?.[1];
    return id === undefined ? [] : [{ id, isReplacement: replaced.test(second), date: found[1] ?? null }];
  });
}

/** How the words of `kindText` for a replacement end a line. */
const replaced = /(?:^|· )replaced(?:, cross-list(?: from [^·]*)?)?(?: · withdrawn)?$/;
