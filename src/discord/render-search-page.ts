import type { APIEmbed } from 'discord.js';
import type { SearchHit, SearchPage, SearchRequest } from '../domain/search.ts';
import { authorLine } from './author-line.ts';
import { actionButton, buttonRow, numberRows, turningRow } from './buttons.ts';
import type { ButtonRow } from './buttons.ts';
import { readableDate } from './dates.ts';
import { colours, linkedTitle, noMentions } from './embed-paper.ts';
import type { MessageBody } from './embed-paper.ts';
import { boldMarks, fromFirstMark, markHighlights } from './highlighted.ts';
import { limits } from './limits.ts';
import { escapeLinkText, escapeMarkdown, fitMarkdown, fitPlain, oneLine } from './markdown.ts';
import { lengthOf } from './shorten.ts';

const mostHits = 10;
const longestHit = 700;

const noListing = 'No listing yet: I have not read one so far, so there is nothing to find. The next one starts it.';
const noMore = 'There are no more papers.';
const noneFound = 'No paper so far. Fewer words, or an `OR`, find more.';

/**
 * A page of search results: what was asked, the hits with their words in bold, how many there are, and buttons for the abstracts and for
 * the pages before and after, disabled where there is none.
 *
 * @param shown.id id of the remembered search, for the buttons
 * @param shown.betterId id of the remembered search for what `page` suggests instead
 * @param shown.offset hits before this page
 * @param shown.pageSize hits on a page, 1 to 10
 * @param shown.isArchiveEmpty whether there is no paper yet that any search could find
 */
export function renderSearchPage(shown: {
  readonly request: SearchRequest;
  readonly page: SearchPage;
  readonly id: string;
  readonly betterId?: string | null;
  readonly offset: number;
  readonly pageSize: number;
  readonly isArchiveEmpty?: boolean;
}): MessageBody {
  const { page, offset, pageSize } = shown;
  const hits = page.hits.slice(0, Math.min(pageSize, mostHits));
  const numbers = numberRows(
    hits.map(({ paper }) => paper),
    offset + 1,
  );
  const hasMore = hits.length > 0 && (!page.total.exact || offset + hits.length < page.total.value);
  const turning = offset > 0 || hasMore ? [pagingRow(shown, hasMore)] : [];
  return {
    embeds: [pageEmbed(shown, hits)],
    components: [...numbers, ...turning, ...betterRow(shown)],
    allowed_mentions: noMentions,
  };
}

/** A button that searches for what was probably meant, in place of this page. */
function betterRow({ page: { suggestion }, betterId = null }: Parameters<typeof renderSearchPage>[0]): ButtonRow[] {
  if (suggestion === null || betterId === null) return [];
  const label = fitPlain(`Did you mean: ${oneLine(suggestion)}`, limits.buttonLabel);
  return [buttonRow([actionButton({ label }, { action: 'search', query: betterId, offset: 0 })])];
}

function pageEmbed(
  { request, page, offset, isArchiveEmpty = false }: Parameters<typeof renderSearchPage>[0],
  hits: readonly SearchHit[],
): APIEmbed {
  const title = fitMarkdown(oneLine(`Search: ${request.query}`), limits.embedTitle);
  if (hits.length === 0) {
    const sentence = isArchiveEmpty ? noListing : offset > 0 ? noMore : noneFound;
    return { title, description: [...filters(request), sentence].join('\n\n'), color: colours.neutral };
  }
  const share = Math.floor((limits.embedDescription - 600) / hits.length);
  const list = hits.map((hit, index) => hitLines(hit, offset + index + 1, Math.min(share - 2, longestHit)));
  const total = `${page.total.exact ? '' : 'over '}${page.total.value.toLocaleString('en')}`;
  const place = hits.length === 1 ? `Paper ${offset + 1}` : `Papers ${offset + 1}–${offset + hits.length}`;
  return {
    title,
    description: [...filters(request), ...list].join('\n\n'),
    footer: { text: `${place} of ${total} · a number opens its abstract` },
    color: colours.neutral,
  };
}

/** What narrows the search beside its words, in a line; in at most 500 code points. */
function filters({ category, author, since, until, sort }: SearchRequest): string[] {
  const parts = [
    category === undefined ? '' : `in ${fitPlain(category, 60)}`,
    author === undefined ? '' : `by ${fitPlain(author, 100)}`,
    since === undefined ? '' : `since ${readableDate(fitPlain(since, 20))}`,
    until === undefined ? '' : `until ${readableDate(fitPlain(until, 20))}`,
    sort === 'date' ? 'newest first' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [fitMarkdown(parts.join(', '), 500)];
}

/** A hit in at most `max` code points: title, who and when, and the words around the first one found in the abstract. */
function hitLines({ paper, announced, highlights }: SearchHit, number: number, max: number): string {
  const inField = (field: 'title' | 'abstract') => highlights.filter((highlight) => highlight.field === field);
  const mark = `**${number}.** `;
  const facts = [authorLine(paper, 2, Math.floor(max / 5)), fitMarkdown(paper.primary, 30), readableDate(announced)];
  const about = `\n${facts.filter((fact) => fact !== '').join(' · ')}`;
  const snippet = snippetOf(paper.abstract, inField('abstract'), Math.floor(max / 3));
  const below = snippet === '' ? about : `${about}\n${snippet}`;
  const title = markHighlights(paper.title, inField('title'));
  const room = max - lengthOf(mark) - lengthOf(below);
  return `${mark}${linkedTitle(paper, room, title, (plain) => boldMarks(escapeLinkText(plain)))}${below}`;
}

function snippetOf(abstract: string | null, highlights: SearchHit['highlights'], max: number): string {
  if (abstract === null) return '';
  const line = markHighlights(abstract, highlights);
  const start = lengthOf(line) <= max ? line : fromFirstMark(line, Math.floor(max / 3));
  return fitMarkdown(start, max, (plain) => boldMarks(escapeMarkdown(plain)));
}

function pagingRow(
  { id, offset, pageSize }: { readonly id: string; readonly offset: number; readonly pageSize: number },
  hasMore: boolean,
): ButtonRow {
  const before = { action: 'search', query: id, offset: Math.max(0, offset - pageSize) } as const;
  const after = { action: 'search', query: id, offset: offset + pageSize } as const;
  return turningRow({ id: before, isThere: offset > 0 }, { id: after, isThere: hasMore });
}
