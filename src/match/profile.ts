import { positiveLeaves } from '../query/ast.ts';
import type { QueryNode } from '../query/ast.ts';
import type { Phrase, WordPattern } from '../text/phrase.ts';
import { isStopWord } from '../text/stop-words.ts';
import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokens.ts';
import type { Token } from '../text/tokens.ts';

/** One thing a subscription is about. */
export type ProfileTerm = {
  /** Equal for terms that mean the same; a stem or two stems joined by a blank where papers have the same term. */
  readonly key: string;
  /** As the subscriber wrote it. */
  readonly text: string;
  readonly phrase: Phrase;
  /** Null: title and abstract. */
  readonly field: 'title' | 'abstract' | null;
  /** How often it is named. */
  readonly count: number;
  /** True where the query names it; false where only the interests do, or nobody did. */
  readonly asked: boolean;
  readonly origin: TermOrigin;
};

/**
 * Why a profile has a term: the query asks for it, the interests name it, past papers like them speak of it too (`related`), or marks
 * taught it (`learned`).
 */
export type TermOrigin = 'asked' | 'interest' | 'related' | 'learned';

/**
 * What a subscription is about: the terms its query looks for (a phrase is one term), and the words and pairs of adjacent words
 * of its interests. Words that carry no topic are left out of interests; `comments:` and the other fields say nothing of a topic.
 */
export function profileTerms(query: QueryNode | null, interests: string): ProfileTerm[] {
  const terms = new Map<string, ProfileTerm>();
  const add = (term: Omit<ProfileTerm, 'key' | 'count'>): void => {
    const key = keyOf(term.phrase, term.field);
    const known = terms.get(key);
    terms.set(key, known === undefined ? { ...term, key, count: 1 } : { ...known, count: known.count + 1 });
  };
  for (const leaf of query === null ? [] : positiveLeaves(query)) {
    if (leaf.kind !== 'term' || leaf.field === 'comments') continue;
    add({ text: leaf.text, phrase: leaf.phrase, field: leaf.field, asked: true, origin: 'asked' });
  }
  // A comma or a full stop ends a thought: its last word and the next one are no pair.
  for (const thought of interests.split(/[,;:.!?()\n]+/)) {
    let previous: Token | null = null;
    for (const token of tokenize(thought)) {
      const topical = !isStopWord(token.folded);
      if (topical) {
        add({ ...ofInterest, text: thought.slice(token.start, token.end), phrase: [byStem(token)] });
      }
      if (topical && previous !== null) {
        const text = thought.slice(previous.start, token.end);
        add({ ...ofInterest, text, phrase: [byStem(previous), byStem(token)] });
      }
      previous = topical ? token : null;
    }
  }
  return [...terms.values()];
}

const ofInterest = { field: null, asked: false, origin: 'interest' } as const;

/** The stems by which a phrase is counted; a prefix or an acronym counts as the stem it would have as a word. */
export function stemsOf(phrase: Phrase): string[] {
  return phrase.map((word) => {
    switch (word.by) {
      case 'stem':
        return word.stem;
      case 'exact':
        return stem(word.folded);
      default:
        return stem(word.prefix);
    }
  });
}

function byStem(token: Token): WordPattern {
  return { by: 'stem', stem: token.stem };
}

/** `=` and `*` and the colon stand in no stem, so different terms never share a key. */
function keyOf(phrase: Phrase, field: ProfileTerm['field']): string {
  const words = phrase.map((word) =>
    word.by === 'stem' ? word.stem : word.by === 'exact' ? `=${word.folded}` : `${word.prefix}*`,
  );
  return (field === null ? '' : `${field}:`) + words.join(' ');
}
