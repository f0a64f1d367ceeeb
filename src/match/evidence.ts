import type { Evidence } from '../domain/match.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import type { AnalysedPaper } from '../query/analyse.ts';
import { positiveLeaves } from '../query/ast.ts';
import { fieldsMatched } from '../query/evaluate.ts';
import type { CompiledSubscription } from './compile.ts';
import { authorsFound, categoryKinds, isWanted } from './filters.ts';
import type { ProfileTerm } from './profile.ts';
import { roundScore } from './score.ts';
import type { ScorePart } from './score.ts';

/** Interests can be a page long; nobody reads more reasons than these. */
const mostTerms = 20;
/** Of what nobody wrote the heaviest parts: a profile that learnt shares a hundred terms with a paper, and a day has thousands of matches. */
const mostUnsaid = 6;

/**
 * Why a paper matched: the terms that stand in it, each in its field, heaviest first, then in the order the subscriber wrote.
 *
 * A term weighs what it adds to the score. What is no topic (authors, categories, identifiers, comments) weighs 0 and comes last.
 */
export function evidenceOf(
  subscription: CompiledSubscription,
  announced: AnnouncedPaper,
  paper: AnalysedPaper,
  parts: readonly ScorePart[],
): Evidence[] {
  const topics = withoutWordsOfPairs([...parts.filter(isSaid), ...heaviestUnsaid(parts)])
    .map(({ term, field, weight }): Evidence => ({ term: sayTerm(term, weight), field, weight: roundScore(weight) }))
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostTerms);
  return withoutRepeats([...topics, ...plainEvidence(subscription, announced, paper)]);
}

/** What nobody wrote says where it comes from. */
function sayTerm({ origin, text }: ProfileTerm, weight: number): string {
  if (origin === 'learned') return `learned: ${weight < 0 ? '−' : ''}${text}`;
  return origin === 'related' ? `related: ${text}` : text;
}

function isSaid({ term: { origin } }: ScorePart): boolean {
  return origin === 'asked' || origin === 'interest';
}

function heaviestUnsaid(parts: readonly ScorePart[]): ScorePart[] {
  return parts
    .filter((part) => !isSaid(part))
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostUnsaid);
}

function isPair({ term }: ScorePart): boolean {
  return !term.asked && term.phrase.length === 2;
}

/**
 * Interests are counted as words and as pairs of words; to a reader `federated learning` says it all. A word of the interests
 * that stands in the field within such a pair gives its weight to the heaviest one. What a query names stays as it is.
 */
function withoutWordsOfPairs(parts: readonly ScorePart[]): ScorePart[] {
  const pairs = parts.filter(isPair).map((part) => ({ ...part }));
  const others = parts.filter((part) => {
    if (isPair(part)) return false;
    if (part.term.asked) return true;
    const holding = pairs
      .filter(
        ({ term, field }) =>
          term.origin === part.term.origin && field === part.field && term.key.split(' ').includes(part.term.key),
      )
      .toSorted((a, b) => b.weight - a.weight)[0];
    if (holding === undefined) return true;
    holding.weight += part.weight;
    return false;
  });
  return [...pairs, ...others];
}

function plainEvidence(
  subscription: CompiledSubscription,
  announced: AnnouncedPaper,
  paper: AnalysedPaper,
): Evidence[] {
  const asked = (subscription.query === null ? [] : positiveLeaves(subscription.query))
    .filter((leaf) => leaf.kind !== 'term' || leaf.field === 'comments')
    .flatMap((leaf) =>
      fieldsMatched(leaf, paper).map((field) => ({ term: leaf.kind === 'id' ? leaf.id : leaf.text, field, weight: 0 })),
    );
  const authors = authorsFound(subscription, paper).map((term) => ({ term, field: 'author' as const, weight: 0 }));
  const categories = categoryKinds(subscription, announced)
    .filter(({ kind }) => isWanted(subscription.kinds, kind))
    .map(({ text }) => ({ term: text, field: 'cat' as const, weight: 0 }));
  return [...asked, ...authors, ...categories];
}

/** The same term may be asked for twice: as `cat:cs.LG` and as a category, or `title:graph` beside `graph`. The first stays. */
function withoutRepeats(evidence: readonly Evidence[]): Evidence[] {
  const keys = new Set<string>();
  return evidence.filter(({ term, field }) => {
    const key = `${field}:${term.toLowerCase()}`;
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
}
