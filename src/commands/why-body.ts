import type { APIEmbedField } from 'discord.js';
import { readableDate } from '../discord/dates.ts';
import { colours, noMentions, titleOf } from '../discord/embed-paper.ts';
import type { MessageBody } from '../discord/embed-paper.ts';
import { lengthOf, shorten } from '../discord/shorten.ts';
import { relevanceText } from '../discord/relevance-text.ts';
import { whyLine } from '../discord/why-line.ts';
import type { Evidence } from '../domain/match.ts';
import type { AnnouncementKind } from '../domain/paper.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { isWanted } from '../match/filters.ts';
import type { Clause, MatchExplanation } from '../match/explain.ts';
import type { DayRank, Explanation, PaperExplained } from '../pipeline/explain.ts';
import { fateOf } from '../pipeline/fate.ts';
import type { Fate } from '../pipeline/fate.ts';
import { inFields, kindWords } from './failing-text.ts';
import { fateText } from './fate-text.ts';
import { volumeText } from './volume-text.ts';
import { codeSpan, wishText } from './wish-text.ts';

/** Subscriptions told of one by one; beyond, a number. */
const mostTold = 12;

/** Code points of a description, inside Discord's 4,096. */
const longestDescription = 3_800;

/**
 * Code points of what is said of one subscription: of its fate, of each free text it has, and of each field. With a title and the names of
 * the fields they stay inside the 6,000 of a message.
 */
const longestFate = 1_200;
const longestText = 200;
const longestField = 850;

/** Code points of an id: one from a file may be longer. */
const longestId = 100;

/** Terms whose share of the score is named. */
const mostParts = 6;

/** What came of it first; what merely does not match last. */
const order: readonly Fate['kind'][] = [
  'posted',
  'waiting',
  'given-up',
  'not-yet',
  'beyond-cap',
  'beyond-budget',
  'too-little',
  'changed',
  'older',
  'imported',
  'unmatched',
  'unreadable',
];

/** Why a paper came or did not: in full for one subscription, a line each for several. `here`: id of the channel asked in. */
export function whyBody({ paper, explanations }: NonNullable<PaperExplained>, here: string): MessageBody {
  const [only] = explanations;
  const common = { ...titleOf(paper), color: colours.neutral };
  if (explanations.length === 1 && only !== undefined) {
    const description = `${shorten(fateText(only, here), longestFate)}\n\n${subscriptionLine(only, here)}`;
    return { embeds: [{ ...common, description, fields: fieldsOf(only) }], allowed_mentions: noMentions };
  }
  const ranked = explanations.toSorted((a, b) => order.indexOf(fateOf(a).kind) - order.indexOf(fateOf(b).kind));
  const lines: string[] = [];
  for (const explanation of ranked.slice(0, mostTold)) {
    const { subscription } = explanation;
    const name = `${wishText(subscription, 80)} (${codeSpan(subscription.id, longestId)})`;
    const line = `- ${shorten(`${name}\n  ${fateText(explanation, here)}`, 900)}`;
    if (lengthOf([...lines, line].join('\n')) > longestDescription) break;
    lines.push(line);
  }
  const more = ranked.length - lines.length;
  if (more > 0) lines.push(`and ${more} more; name one with \`subscription:\` to hear of it`);
  return { embeds: [{ ...common, description: lines.join('\n') }], allowed_mentions: noMentions };
}

function subscriptionLine({ subscription, target }: Explanation, here: string): string {
  const place =
    target?.kind === 'dm'
      ? 'Your alert'
      : subscription.target === here
        ? 'Subscription'
        : `Subscription of <#${subscription.target}>`;
  return `${place} ${codeSpan(subscription.id, longestId)}: ${wishText(subscription, longestText)}`;
}

function fieldsOf({ match, rank, subscription, day }: Explanation): APIEmbedField[] {
  if (match === null) return [];
  const fields: APIEmbedField[] = [];
  if (match.query !== null) fields.push({ name: 'Query', value: treeText(match.query) });
  const { categories, wanted } = match.kinds;
  if (categories.length > 0) {
    const lines = categories.map(({ text, kind }) => `${mark(isWanted(wanted, kind))} ${text}: ${kindWord(kind)}`);
    fields.push({ name: 'Categories, one is enough', value: fitLines(lines) });
  }
  if (match.authors.wanted.length > 0) {
    const { found } = match.authors;
    const lines = match.authors.wanted.map((name) => `${mark(found.includes(name))} ${codeSpan(name, 60)}`);
    fields.push({ name: 'Authors, one is enough', value: fitLines(lines) });
  }
  const { score } = match;
  if (score !== null)
    fields.push({ name: 'Relevance', value: scoreText({ ...match, score }, rank, subscription, day.date) });
  return fields;
}

/** How relevant it is, by what, and where that put it among the others of its day. */
function scoreText(
  { score, evidence }: MatchExplanation & { readonly score: number },
  rank: DayRank | null,
  subscription: StoredSubscription,
  date: string,
): string {
  const percentile = rank?.percentile ?? null;
  const compared = relevanceText(percentile === null ? null : { percentile, categories: subscription.categories });
  const lines = [
    `${score.toFixed(2)} of 1${compared === '' ? '' : `, ${compared}`}`,
    partsText(evidence),
    whyLine({ evidence, relevance: null }, 400),
    rank === null
      ? ''
      : `Number ${rank.rank} of ${rank.matched} that matched on ${readableDate(date)}; ${volumeText(subscription)}.`,
  ];
  return fitLines(lines.filter((line) => line !== ''));
}

/** What each term adds to the score, over all fields: `` `edge` 0.04 + `inference` 0.03 ``. */
function partsText(evidence: readonly Evidence[]): string {
  const parts = new Map<string, number>();
  for (const { term, weight } of evidence) parts.set(term, (parts.get(term) ?? 0) + weight);
  const named = [...parts].filter(([, weight]) => Math.abs(weight) >= 0.005).slice(0, mostParts);
  return named.map(([term, weight]) => `${codeSpan(term, 40)} ${weight.toFixed(2)}`).join(' + ');
}

/** The query with a mark on every part, one a line, parts of parts indented. */
function treeText(clause: Clause): string {
  return fitLines(linesOf(clause, 0));
}

function linesOf(clause: Clause, depth: number): string[] {
  const indent = '  '.repeat(Math.min(depth, 6));
  const children = clause.children.flatMap((child) => linesOf(child, depth + 1));
  switch (clause.kind) {
    case 'all':
      return [`${indent}- ${mark(clause.holds)} all of`, ...children];
    case 'any':
      return [`${indent}- ${mark(clause.holds)} any of`, ...children];
    case 'not':
      return [`${indent}- ${mark(clause.holds)} without ${clause.children.map(leafText).join('')}`];
    default:
      return [`${indent}- ${mark(clause.holds)} ${leafText(clause)}`];
  }
}

function leafText({ text, found }: Clause): string {
  return `${codeSpan(text, 100)}${found.length > 0 ? ` ${inFields(found)}` : ''}`;
}

function kindWord(kind: AnnouncementKind | null): string {
  return kind === null ? 'it is not there' : kindWords[kind];
}

function mark(holds: boolean): string {
  return holds ? '✅' : '❌';
}

function fitLines(lines: readonly string[]): string {
  const fitting: string[] = [];
  for (const line of lines) {
    if (lengthOf([...fitting, line].join('\n')) > longestField - 2) return [...fitting, '…'].join('\n');
    fitting.push(line);
  }
  return fitting.join('\n');
}
