import type { Paper } from '../domain/paper.ts';
import { tokenize } from '../text/tokens.ts';
import type { Token } from '../text/tokens.ts';
import type { TextField } from './ast.ts';
import { parseAuthorName } from './author-name.ts';
import type { AuthorName } from './author-name.ts';

/** A paper cut into words once, for any number of queries. */
export type AnalysedPaper = {
  /** Canonical identifier in lower case. */
  readonly id: string;
  readonly tokens: Readonly<Record<TextField, readonly Token[]>>;
  readonly authors: readonly AuthorName[];
  readonly categories: readonly string[];
};

/** Offsets of the tokens refer to the text as stored, TeX included. */
export function analysePaper(
  paper: Pick<Paper, 'id' | 'title' | 'abstract' | 'authors' | 'categories' | 'comments'>,
): AnalysedPaper {
  return {
    id: paper.id.toLowerCase(),
    tokens: {
      title: tokenize(paper.title),
      abstract: tokenize(paper.abstract ?? ''),
      comments: tokenize(paper.comments ?? ''),
    },
    authors: paper.authors.map((author) => parseAuthorName(author)).filter((name) => name !== null),
    categories: paper.categories,
  };
}
