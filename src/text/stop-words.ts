/**
 * English words that carry no topic, folded. They are left out of relevance, never out of a query:
 * who types `"state of the art"` means all four words.
 * With a large archive their idf would do the same; a fresh install with one day's papers needs to be told.
 */
const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also although among an and another any are as at be because been before being
  below between both but by can could did do does doing during each either et al etc few for from further had has have
  having he her here his how however if in into is it its itself just may might more most much must no nor not of off on
  once one only onto or other our out over own per s same several she should since so some such t than that the their
  them then there these they this those through thus to too toward towards two under until up upon us use used using
  very via was we were what when where whether which while who whose why will with within without would yet you your
  paper study show shows propose proposed present approach method methods results based new novel recent`.split(/\s+/),
);

/** True for a folded word that carries no topic. */
export function isStopWord(folded: string): boolean {
  return stopWords.has(folded);
}
