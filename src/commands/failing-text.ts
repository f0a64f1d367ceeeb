import type { PaperField } from '../domain/match.ts';
import type { AnnouncementKind } from '../domain/paper.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Clause, MatchExplanation } from '../match/explain.ts';
import { codeSpan } from './wish-text.ts';

/** Code points of each thing that is quoted. */
const longest = 120;

/** Clauses named one by one; beyond, a number. */
const namedClauses = 6;

/** Why a paper does not match, a clause of a sentence for each condition that fails: `` `privacy` is in neither title nor abstract ``. */
export function failingText(match: MatchExplanation, subscription: StoredSubscription): string[] {
  const { query, kinds, authors, interests } = match;
  return [
    ...(kinds.holds ? [] : [kindsText(match)]),
    ...(query === null || query.holds ? [] : [queryText(query)]),
    ...(authors.holds ? [] : [authorsText(authors.wanted)]),
    ...(interests === null || interests.holds
      ? []
      : [`it is too far from what interests this subscription, ${codeSpan(subscription.interests, longest)}`]),
  ];
}

function queryText(query: Clause): string {
  const reasons = reasonsOf(query).join('; ');
  return query.kind === 'all' ? `the query wants ${wantsText(query)}; ${reasons}` : reasons;
}

/** `` `federated` AND `privacy` ``, without what it excludes, which is named where it is there. */
function wantsText({ children }: Clause): string {
  const wanted = children.filter(({ kind }) => kind !== 'not');
  const named = wanted.slice(0, namedClauses).map(({ text }) => codeSpan(text, longest));
  return [...named, ...(wanted.length > namedClauses ? [`${wanted.length - namedClauses} more`] : [])].join(' AND ');
}

/** What is to blame that a clause does not hold: the failing parts of an AND, an OR as a whole, what a NOT excludes. */
function reasonsOf(clause: Clause): string[] {
  switch (clause.kind) {
    case 'all':
      return allReasons(clause.children.filter(({ holds }) => !holds));
    case 'any':
      return [noneText(clause.children)];
    case 'not':
      return clause.children.map((child) => `${codeSpan(clause.text, longest)} excludes it${placesText(child)}`);
    default:
      return [`${codeSpan(bareText(clause), longest)} ${absentText(clause.lookedIn, 1)}`];
  }
}

/** What is missing from the same fields is named together. */
function allReasons(failing: readonly Clause[]): string[] {
  const leaves = Map.groupBy(
    failing.filter(({ kind }) => kind === 'leaf'),
    ({ lookedIn }) => lookedIn.join(' '),
  );
  const missing = [...leaves.values()].map((alike) => {
    const names = list(
      alike.map((leaf) => codeSpan(bareText(leaf), longest)),
      'and',
    );
    return `${names} ${absentText(alike[0]?.lookedIn ?? [], alike.length)}`;
  });
  const reasons = [...missing, ...failing.filter(({ kind }) => kind !== 'leaf').flatMap(reasonsOf)];
  const more = reasons.length - namedClauses;
  return more > 0 ? [...reasons.slice(0, namedClauses), `so it is with ${more} more parts of it`] : reasons;
}

/** Where what is excluded stands; nothing of several things together, which stand in several places. */
function placesText({ kind, text, found }: Clause): string {
  return kind === 'leaf' ? `: ${codeSpan(text, longest)} is ${inFields(found)}` : '';
}

function noneText(children: readonly Clause[]): string {
  const [first] = children;
  const fields = new Set(children.map(({ lookedIn }) => lookedIn.join(' ')));
  if (first === undefined || fields.size > 1 || children.some(({ kind }) => kind !== 'leaf')) {
    return `it has none of ${list(children.map(({ text }) => codeSpan(text, longest)))}`;
  }
  const names = children.map((leaf) => codeSpan(bareText(leaf), longest));
  const none = names.length === 2 ? `neither ${names.join(' nor ')}` : `none of ${list(names)}`;
  return `${none} is ${inAny(first.lookedIn)}`;
}

/** Without the field that a sentence names anyway. */
function bareText({ kind, text }: Clause): string {
  return kind === 'leaf' ? text.replace(/^(?:title|abstract|author|cat|id|comments):/, '') : text;
}

const where: Readonly<Record<PaperField, string>> = {
  title: 'in the title',
  abstract: 'in the abstract',
  author: 'among the authors',
  cat: 'among its categories',
  id: 'its number',
  comments: 'in the comments',
};

function absentText(fields: readonly PaperField[], things: number): string {
  const [field] = fields;
  const verb = things === 1 ? 'is' : 'are';
  return fields.length > 1 || field === undefined
    ? `${verb} in neither title nor abstract`
    : `${verb} not ${where[field]}`;
}

function inAny(fields: readonly PaperField[]): string {
  const [field] = fields;
  return fields.length > 1 || field === undefined ? 'in title or abstract' : where[field];
}

/** `in the title and abstract`. */
export function inFields(fields: readonly PaperField[]): string {
  const [field] = fields;
  return fields.length > 1 || field === undefined ? 'in the title and abstract' : where[field];
}

function kindsText({ kinds: { wanted, categories, announced } }: MatchExplanation): string {
  const inside = categories.filter(({ kind }) => kind !== null);
  const takes = `this subscription takes ${wanted.map((kind) => kindWords[kind]).join(', ')} papers`;
  if (inside.length > 0) {
    const comes = inside.map(({ text, kind }) => `${kind === null ? '' : comesText[kind]} in ${text}`);
    return `it ${comes.join(' and ')} that day, and ${takes}`;
  }
  if (categories.length > 0) {
    return `it is not in ${list(categories.map(({ text }) => text))}`;
  }
  return `it ${list(
    announced.map(({ category, kind }) => `${comesText[kind]} in ${category}`),
    'and',
  )} that day, and ${takes}`;
}

/** What a listing calls the kinds. */
export const kindWords: Readonly<Record<AnnouncementKind, string>> = {
  new: 'new',
  cross: 'cross-listed',
  replace: 'replaced',
  'replace-cross': 'replaced cross-listed',
};

const comesText: Readonly<Record<AnnouncementKind, string>> = {
  new: 'was new',
  cross: 'was cross-listed',
  replace: 'was replaced',
  'replace-cross': 'was replaced as a cross-list',
};

function authorsText(wanted: readonly string[]): string {
  const named = list(wanted.map((name) => codeSpan(name, longest)));
  return wanted.length === 1 ? `${named} is not among the authors` : `nobody of ${named} is among the authors`;
}

function list(words: readonly string[], link = 'or'): string {
  const named = words.slice(0, namedClauses);
  const more = words.length - named.length;
  const all = [...named, ...(more > 0 ? [`${more} more`] : [])];
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${link} ${all.at(-1)}`;
}
