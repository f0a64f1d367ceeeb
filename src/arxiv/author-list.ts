/**
 * The names in a list of authors as submitters write it and mails and OAI-PMH hand on, TeX included:
 * `Jane Doe (1 and 2), J. Roe, Jr. and The CMB-S4 Collaboration ((1) IAS, (2) Princeton)` gives Jane Doe, J. Roe Jr., CMB-S4 Collaboration.
 *
 * Names part at commas, colons, `and`, `&` and brackets; affiliations in brackets, `et al.` and `for the` are left out. A bracket that is
 * never closed takes the rest with it, as on arXiv's pages. Cost: linear.
 *
 * Source: arxiv-browse, `split_authors` and `queries_for_authors` (2026-06), which make the links of a listing page.
 */
export function splitAuthors(text: string): string[] {
  const names: string[] = [];
  for (const part of withoutBrackets(text.replace(/\s+/g, ' ')).flatMap(partsOf)) {
    const last = names.at(-1);
    if (last !== undefined && /^(?:[JS]r\.?|[IV]{2,})$/.test(part)) names[names.length - 1] = `${last} ${part}`;
    else if (/\p{L}/u.test(part) && !/^et\.? al\.?$/.test(part)) names.push(part);
  }
  return names;
}

/** What stands outside brackets, in pieces: a bracket parts names too. A closing bracket without an opening one is dropped. */
function withoutBrackets(text: string): string[] {
  const outside: string[] = [];
  let depth = 0;
  for (const piece of text.split(/([()])/)) {
    if (piece === '(') depth += 1;
    else if (piece === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) outside.push(piece);
  }
  return outside;
}

/** One piece without brackets, `and` a comma; `the` before a collaboration, and whom somebody signs for, part names too. */
function partsOf(piece: string): string[] {
  return piece
    .replace(/^and /, ',')
    .split(/ (?:and|&) |[,:]/)
    .flatMap((part) => part.split(/(?<=^| )(?:for|on behalf of) the /i))
    .map((part) => part.trim().replace(/^(?:and )?(?:the (?=.* (?:collaboration|consortium|group|team)\b))?/i, ''))
    .filter((part) => part !== '' && part !== 'and' && part !== '&');
}
