import { AppError } from '../lib/errors.ts';

/** What arXiv offers to programs, each at a host of its own: pages, feeds, the export API and OAI-PMH. */
export type ArxivSource = 'page' | 'rss' | 'api' | 'oai';

/** Root of each, or of a mirror below a path: `https://arxiv.org`. */
export type ArxivRoots = Readonly<Record<ArxivSource, string>>;

/** All that is ever asked for. arXiv's robots.txt (read in 2026) forbids `/search`, `/format` and more, and files are not our business. */
const families: readonly (readonly [ArxivSource, RegExp])[] = [
  ['page', /^\/(?:list|catchup)\/./],
  ['rss', /^\/(?:rss|atom)\/./],
  ['api', /^\/api\/query$/],
  ['oai', /^\/oai$/],
];

/**
 * The address of a path of `source`, with its query.
 *
 * @throws AppError('arxiv-off-limits') where arXiv wants no programs, or we have no business there
 */
export function addressOf(roots: ArxivRoots, source: ArxivSource, path: string): URL {
  const url = new URL(`${rootOf(roots, source)}${path}`);
  if (sourceOf(url, roots) === source) return url;
  throw new AppError('arxiv-off-limits', `arxiv: GET ${path} is none of the paths that Paperboy asks for; not asked`);
}

/**
 * Where a redirect of `from` leads, and which source that is.
 *
 * @throws AppError('arxiv-off-limits') where it leads out of arXiv, or to what is not ours to read
 */
export function redirectOf(roots: ArxivRoots, from: URL, location: string): { url: URL; source: ArxivSource } {
  const url = URL.parse(location, from);
  const action = `arxiv: GET ${from.pathname}${from.search} redirects to ${url?.href ?? location}`;
  if (url === null || !isHome(url, roots)) {
    throw new AppError('arxiv-off-limits', `${action}, which is none of arXiv's hosts; not followed`);
  }
  const source = sourceOf(url, roots);
  if (source === null) {
    throw new AppError(
      'arxiv-off-limits',
      `${action}, which is none of the paths that Paperboy asks for; not followed`,
    );
  }
  return { url, source };
}

/** The configured origins, and any of arXiv's hosts over https. */
function isHome(url: URL, roots: ArxivRoots): boolean {
  if (Object.values(roots).some((root) => new URL(root).origin === url.origin)) return true;
  return url.protocol === 'https:' && /(?:^|\.)arxiv\.org$/.test(url.hostname) && url.port === '';
}

/** Which source offers it; null where none does. A mirror's redirect may name a path with its prefix or without. */
function sourceOf(url: URL, roots: ArxivRoots): ArxivSource | null {
  const below = Object.values(roots).flatMap((root) => {
    const { origin, pathname } = new URL(root);
    const prefix = pathname.replace(/\/+$/, '');
    return url.origin === origin && url.pathname.startsWith(`${prefix}/`) ? [url.pathname.slice(prefix.length)] : [];
  });
  const paths = [...below, url.pathname];
  return families.find(([, family]) => paths.some((path) => family.test(path)))?.[0] ?? null;
}

function rootOf(roots: ArxivRoots, source: ArxivSource): string {
  const { origin, pathname } = new URL(roots[source]);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}
