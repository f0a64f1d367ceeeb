import { parseCategory } from '../arxiv/category.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';

/** Reads categories between commas or blanks, in any case: `CS.dc, hep-th` gives `['cs.DC', 'hep-th']`. Else a sentence. */
export function readCategories(text: string): Result<string[], string> {
  const codes: string[] = [];
  for (const written of text.split(/[\s,;]+/).filter((part) => part !== '')) {
    const code = readCategory(written);
    if (!code.ok) return code;
    if (!codes.includes(code.value)) codes.push(code.value);
  }
  return ok(codes);
}

/** One category code in arXiv's own spelling, the one it lists an alias under; else a sentence that says what is wrong. */
export function readCategory(written: string): Result<string, string> {
  const code = parseCategory(written);
  if (code.ok) return code;
  const problem = code.error;
  switch (problem.kind) {
    case 'unknown-archive':
      return err(`arXiv has no archive “${shown(problem.archive)}”. ${looksLike}`);
    case 'undivided-archive':
      return err(`\`${problem.archive}\` has no categories below it; please write just \`${problem.archive}\`.`);
    case 'whole-archive':
      return err(
        `\`${problem.archive}\` is a whole archive; please name its categories, such as \`${problem.example}\`.`,
      );
    default:
      return err(`“${shown(written)}” is no arXiv category. ${looksLike}`);
  }
}

const looksLike = 'A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.';

/** Somebody's text inside a sentence of ours: short, and without anything that Discord would format. */
function shown(text: string): string {
  return text.replace(/[^\p{L}\p{N}. -]/gu, '').slice(0, 40);
}
