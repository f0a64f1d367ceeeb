import type { DocumentFrequencies } from './document-frequencies.ts';
import { phraseIdf } from './inverse-document-frequency.ts';
import { termWeight } from './paper-vector.ts';
import { stemsOf } from './profile.ts';
import type { ProfileTerm } from './profile.ts';

/** A term of a profile; its weight is below 0 where 👎 spoke against it. */
export type WeighedTerm = { readonly term: ProfileTerm; readonly idf: number; readonly weight: number };

/** What a subscription says, each term weighed by how rare it is. */
export function weighTerms(terms: readonly ProfileTerm[], frequencies: DocumentFrequencies): WeighedTerm[] {
  return terms.map((term) => {
    const idf = phraseIdf(stemsOf(term.phrase), frequencies);
    return { term, idf, weight: termWeight(term.count, idf) };
  });
}
