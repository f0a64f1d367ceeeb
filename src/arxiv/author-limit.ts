/** arXiv prints this many authors of a longer list and stops without a word; 101 are printed whole. Source: arxiv-browse, `truncate_author_list_size`. */
const printedAuthors = 100;

/** Whether a printed list of authors must be taken for a cut one. */
export function isCutAuthorList(authors: readonly string[]): boolean {
  return authors.length === printedAuthors;
}
