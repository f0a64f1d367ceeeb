/**
 * The canonical identifier that `text` is one form of: versionless, old ones without subject class (`math/0309136`). Null when it is none.
 *
 * Forms: `2505.15988v2`, `arXiv:2505.15988 [cs.DC]`, `math.GT/0309136`, `10.48550/arXiv.2505.15988`, and addresses of arxiv.org, its
 * mirrors and doi.org (`https://arxiv.org/pdf/2505.15988v1.pdf`, also without `https://`, as browsers show them).
 *
 * Source: https://info.arxiv.org/help/arxiv_identifier.html; four digits behind the dot until 1412, five from 1501.
 */
export function canonicalId(text: string): string | null {
  if (text.length > longestForm) return null;
  const bare = text
    .trim()
    .replace(/^(?:https?:\/\/)?(?:[a-z]+\.)?arxiv\.org\/(?:abs|pdf|html|format|src|e-print|ps)\//i, '')
    .replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?10\.48550\/arXiv[.:]/i, '')
    .replace(/^arXiv:\s*/i, '')
    .replace(/\s*\[[A-Za-z.-]+\]$/, '')
    .replace(/[?#].*$/, '')
    .replace(/\.pdf$/i, '')
    .replace(/v[1-9]\d*$/, '');
  return newId(bare) ?? oldId(bare);
}

/** Longer texts are not searched: the search below is not linear. */
const longestForm = 500;

function newId(bare: string): string | null {
  const [, year, month, number] = /^(\d\d)(\d\d)\.(\d{4,6})$/.exec(bare) ?? [];
  if (year === undefined || month === undefined || number === undefined || !isMonth(month)) return null;
  const yearMonth = Number(year + month);
  if (yearMonth < 704) return null;
  return (number.length === 4) === yearMonth <= 1412 ? bare : null;
}

function oldId(bare: string): string | null {
  const [, archive, number] = /^([a-z-]+)(?:\.[A-Z]{2})?\/(\d{7})$/.exec(bare) ?? [];
  if (archive === undefined || number === undefined) return null;
  return oldArchives.has(archive) && isMonth(number.slice(2, 4)) ? `${archive}/${number}` : null;
}

function isMonth(digits: string): boolean {
  return Number(digits) >= 1 && Number(digits) <= 12;
}

/** Every archive that gave identifiers before April 2007. Source: arxiv-base, taxonomy definitions. */
const oldArchives: ReadonlySet<string> = new Set(
  (
    'acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga funct-an gr-qc ' +
    'hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con'
  ).split(' '),
);
