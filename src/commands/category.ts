import { parseCategory } from '../arxiv/category.ts';
import { nearCategories } from '../arxiv/near-categories.ts';
import { suggestCategories } from '../arxiv/suggest-categories.ts';
import { categoryName } from '../arxiv/taxonomy.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';

/** Reads categories between commas or blanks, in any case: `CS.dc, hep-th` gives `['cs.DC', 'hep-th']`. Else a sentence. */
export function readCategories(text: string): Result<string[], string> {
  const codes: string[] = [];
  for (const written of withoutNames(text)
    .split(/[\s,;]+/)
    .filter((part) => part !== '')) {
    const code = readCategory(written);
    if (!code.ok) return code;
    if (!codes.includes(code.value)) codes.push(code.value);
  }
  return ok(codes);
}

/** One category code in arXiv's own spelling, the one it lists an alias under; else a sentence that says what is wrong. */
export function readCategory(written: string): Result<string, string> {
  const code = parseCategory(withoutNames(written));
  if (code.ok) return code;
  const problem = code.error;
  switch (problem.kind) {
    case 'unknown-archive':
      return err(`arXiv has no archive “${shown(problem.archive)}”. ${hint(written)}`);
    case 'undivided-archive':
      return err(`\`${problem.archive}\` has no categories below it; please write just \`${problem.archive}\`.`);
    case 'whole-archive':
      return err(
        `\`${problem.archive}\` is a whole archive; please name its categories, such as \`${problem.example}\`.`,
      );
    case 'inactive':
      return err(`arXiv announces no new papers in \`${problem.code}\` (${problem.name}) any more.`);
    default:
      return err(`“${shown(written)}” is no arXiv category. ${hint(written)}`);
  }
}

/**
 * Takes the names out of what suggestions show: `cs.DC — Distributed, Parallel, and Cluster Computing, cs.LG` gives `cs.DC, cs.LG`.
 * Discord leaves the text of a suggestion in the field, and whoever writes on behind it sends that text.
 */
export function withoutNames(text: string): string {
  return text.split(' — ').reduce((read, rest) => {
    const code = /[a-z.-]+$/i.exec(read)?.[0];
    const name = code === undefined ? null : categoryName(code);
    return name !== null && rest.startsWith(name) ? `${read}${rest.slice(name.length)}` : `${read} — ${rest}`;
  });
}

/** What the writer may have meant, by its code or its name, or else what a category looks like. */
function hint(written: string): string {
  const near = nearCategories(written);
  const meant = near.length > 0 ? near : suggestCategories(written, mostMeant).map(({ code }) => code);
  const named = meant.map((code) => `\`${code}\` (${categoryName(code) ?? ''})`);
  return named.length === 0 ? looksLike : `Did you mean ${named.join(' or ')}?`;
}

const mostMeant = 3;

const looksLike = 'A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.';

/** Somebody's text inside a sentence of ours: short, and without anything that Discord would format. */
function shown(text: string): string {
  return text.replace(/[^\p{L}\p{N}. -]/gu, '').slice(0, 40);
}
