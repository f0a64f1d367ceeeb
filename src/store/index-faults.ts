import { blocksOfASegment } from './paper-index.ts';

/** Segments of the index of words that do not have all their blocks, in SQL of both databases: their numbers, in the column `value`. */
export const incompleteSegments = `
  select seq as value from search_segments
  where blocks <> (select count(*) from search_blocks
    where block >= seq * ${blocksOfASegment} and block < (seq + 1) * ${blocksOfASegment})
  order by seq`;
