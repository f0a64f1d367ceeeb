import type { Entry, Listing } from '../../src/domain/listing.ts';

/** A paper of the day; what a test is about is named, the rest does not matter. */
function entry(number: number, title: string, abstract: string): Entry {
  return {
    id: `2505.${String(10_000 + number)}`,
    version: null,
    kind: 'new',
    crossFrom: null,
    title,
    authors: ['Jane Hinton', 'Li Wei'],
    authorsTruncated: false,
    abstract,
    categories: ['cs.DC', 'cs.LG'],
    primary: 'cs.DC',
    comments: null,
    journalRef: null,
    doi: null,
    withdrawn: false,
    formats: ['pdf', 'html', 'other'],
  };
}

const entries = [
  entry(1, 'Faster LLM serving in $O(n\\Delta^3)$ steps', 'We serve large language models. '.repeat(30).trim()),
  entry(2, 'A cache for *GPU* inference', 'Inference with less memory.'),
  ...Array.from({ length: 6 }, (_, index) =>
    entry(3 + index, `Federated learning, part ${index + 1}`, 'Clients train at home.'),
  ),
];

/** The listing of 23 May 2025: two papers on serving models, six on federated learning. */
export const smallListing: Listing = {
  source: 'html',
  archive: 'cs.DC',
  date: '2025-05-23',
  complete: true,
  sections: [{ kind: 'new', shown: entries.length, total: entries.length, parsed: entries.length }],
  entries,
};
