import { blocksOfASegment } from './paper-index.ts';

/** Segments of the index of words that do not have all their blocks, in SQL of both databases: their numbers, in the column `value`. */
export const incompleteSegments = `
  select seq as value from search_segments
  where blocks <> (select count(*) from search_blocks
    where block >= seq * ${blocksOfASegment} and block < (seq + 1) * ${blocksOfASegment})
  order by seq`;

/**
 * How many papers at least are not in the index of words, in the column `value`; no row where none is missing, or they are still being indexed
 * after an upgrade. Segments count older states of papers too, so that a few may be missing unseen.
 */
export const papersNotIndexed = `
  select missing as value from (
    select (select count(*) from papers) - (select coalesce(sum(count), 0) from search_segments) as missing
  ) as compared
  where missing > 0 and not exists (select 1 from settings where key = 'search.unindexed')`;
