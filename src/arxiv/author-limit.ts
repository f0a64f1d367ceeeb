/** arXiv prints this many authors of a longer list and stops without a word; 101 are printed whole. Source: arxiv-browse, `truncate_author_list_size`. */
const printedAuthors = 100;

/** Whether a printed list of authors must be taken for a cut one. */
export function isCutAuthorList(authors: readonly string[]): boolean {
  return authors.length === printedAuthors;
}

/** Whether the text of a list of authors says that it is cut, as mails, and pages made of them, do: `et al. (84 additional authors not shown)`. */
export function saysAuthorsLeftOut(text: string): boolean {
  return /\bet\s+al\.\s+\(\d+\s+additional\s+authors?\s+not\s+shown\)/.test(text);
}
