import { archives } from './taxonomy.ts';

/** The paper that a text names: `id` without version and subject class, `version` where the text says one. */
export type ArxivId = { readonly id: string; readonly version: number | null };

/**
 * The identifier that `text` is one form of; null when it is none, or more than one.
 *
 * Forms: `2505.15988v2`, `arXiv:2505.15988 [cs.DC]` (also with the date that stands on a PDF), `math.GT/0309136`,
 * `10.48550/arXiv.2505.15988`, `oai:arXiv.org:math/0309136`, and addresses of arxiv.org, its mirrors, doi.org, alphaXiv and Hugging Face's
 * papers (`https://arxiv.org/pdf/2505.15988v1.pdf`, also without `https://`, as browsers show them). Prefixes in any case, and in the
 * brackets, quotes and full stops of prose: `(2505.15988).`
 *
 * Source: https://info.arxiv.org/help/arxiv_identifier.html; four digits behind the dot until 1412, five from 1501 on, six to come.
 */
export function parseId(text: string): ArxivId | null {
  if (text.length > longestText) return null;
  const [, bare = '', version] =
    /^(.*?)(?:v([1-9]\d{0,3}))?$/i.exec(withoutAddress(withoutProse(text)).replace(/\.pdf$/i, '')) ?? [];
  const id = newId(bare) ?? oldId(bare.toLowerCase());
  return id === null ? null : { id, version: version === undefined ? null : Number(version) };
}

/** The versionless identifier that `text` is one form of, see `parseId`; null when it is none. It is its own canonical form. */
export function canonicalId(text: string): string | null {
  return parseId(text)?.id ?? null;
}

/** Characters of an address with everything that a reader's programs hang on it. */
const longestText = 500;

function withoutProse(text: string): string {
  return text
    .trim()
    .replace(/^[([{<"'“‘]+/, '')
    .replace(/[.,;:!?)}>"'”’]+$/, '')
    .replace(/(?<!\[[A-Za-z.-]*)\]$/, '')
    .replace(/\s*\[[A-Za-z.-]+\](?:\s+\d{1,2} [A-Z][a-z]{2} \d{4})?$/, '')
    .trim();
}

/** Where papers are shown, each before the identifier. `arxiv.org` may have any number of names before it: `export.`, `ar5iv.labs.`. */
const addresses = [
  /^(?:[a-z0-9-]+\.)*arxiv\.org\/(?:abs|pdf|html|format|src|e-print|ps|dvi|bibtex)\//i,
  /^(?:www\.)?(?:ar5iv\.org|xxx\.lanl\.gov)\/(?:abs|pdf|html|ps)\//i,
  /^(?:www\.)?alphaxiv\.org\/(?:abs|pdf|html|overview)\//i,
  /^(?:www\.)?(?:huggingface\.co|hf\.co)\/papers\//i,
  /^(?:dx\.|www\.)?doi\.org\/(?=10\.48550\/)/i,
];

function withoutAddress(text: string): string {
  // What follows is no part of the identifier; slashes and colons may be escaped.
  const place = text
    .replace(/[?#&].*$/s, '')
    .replace(/%2F/gi, '/')
    .replace(/%3A/gi, ':')
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '');
  return addresses
    .reduce((rest, address) => (rest === place ? rest.replace(address, '') : rest), place)
    .replace(/^doi:\s*/i, '')
    .replace(/^10\.48550\/arXiv[.:]/i, '')
    .replace(/^oai:arXiv\.org:/i, '')
    .replace(/^(?:arXiv preprint\s+)?arXiv\s*[:.\s]\s*/i, '');
}

function newId(bare: string): string | null {
  const [, year, month, number] = /^(\d\d)(\d\d)\.(\d{4,6})$/.exec(bare) ?? [];
  if (year === undefined || month === undefined || number === undefined || !isMonth(month)) return null;
  const yearMonth = Number(year + month);
  // From 91 on the year is one of the last century, which had other identifiers.
  if (yearMonth < 704 || yearMonth >= 9100 || Number(number) === 0) return null;
  return (number.length === 4) === yearMonth <= 1412 ? bare : null;
}

function oldId(bare: string): string | null {
  const [, archive, number] = /^([a-z-]+)(?:\.[a-z-]+)?\/(\d{7})$/.exec(bare) ?? [];
  if (archive === undefined || number === undefined) return null;
  const yearMonth = Number(number.slice(0, 4));
  const isInTime = yearMonth >= 9101 || yearMonth < 704;
  const isNumbered = isMonth(number.slice(2, 4)) && Number(number.slice(4)) > 0;
  return oldArchives.has(archive) && isInTime && isNumbered ? `${archive}/${number}` : null;
}

function isMonth(digits: string): boolean {
  return Number(digits) >= 1 && Number(digits) <= 12;
}

/** Every archive that gave identifiers of its own before April 2007. */
const oldArchives: ReadonlySet<string> = new Set(
  [...archives].filter(([, { group, start }]) => start < '2007-04' && group !== 'grp_test').map(([id]) => id),
);
