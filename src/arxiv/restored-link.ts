/**
 * What stood in the author's text where arXiv's page now has a link.
 *
 * arXiv prints an address as `this https URL`, and since 2024 takes any letters behind a dot for a top-level domain, so that a missing
 * blank after a full stop becomes `<a href="http://conditions.QoS">this http URL</a>`. Links that keep their text (identifiers, DOIs,
 * arxiv.org) are what they say.
 */
export function restoredLink(href: string, text: string): string {
  if (!/^this \w+ URL$/.test(text.trim())) return text;
  const host = /^http:\/\/([^/?#:]+)/.exec(href)?.[1];
  return host === undefined || isPlausibleHost(host) ? href : href.slice('http://'.length);
}

/** An https or ftp link had its scheme written out; only a bare `word.Word` becomes an http link by mistake. */
function isPlausibleHost(host: string): boolean {
  const domain = host.slice(host.lastIndexOf('.') + 1);
  if (/^\d+$/.test(domain)) return true;
  if (host.startsWith('www.')) return true;
  // Domains are written small, or the whole address is in capitals; `conditions.QoS` and `matrix.We` are neither.
  if (domain !== domain.toLowerCase() && host !== host.toUpperCase()) return false;
  const small = domain.toLowerCase();
  return /^[a-z]{2}$/.test(small) ? !fileEndings.has(small) : genericDomains.has(small);
}

/** Two letters that are a country or a programming language: in a comment about a paper's code it is the file. */
const fileEndings: ReadonlySet<string> = new Set(['py', 'md', 'sh', 'rs', 'pl', 'ps', 'cc', 'ml']);

/** Longer top-level domains that occur in comments and abstracts; every other long one is a file's ending or the next sentence. */
const genericDomains: ReadonlySet<string> = new Set(
  (
    'com org net edu gov int mil info biz name museum aero xyz online site website tech app dev cloud page blog wiki science academy ' +
    'institute university foundation cern email github google tools software'
  ).split(' '),
);
