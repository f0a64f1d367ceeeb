import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { browserPackages, importMap, packageAddress } from './page-packages.ts';

/** What the modules and style sheets in `page/` name; their own dependencies are found from there. */
const packageNames = ['@skyra/discord-components-core', 'lit', 'twemoji-colr-font', '@fontsource-variable/noto-sans'];

const pageFolder = fileURLToPath(new URL('page', import.meta.url));

/**
 * The page of the local Discord: `/` (with the import map of this installation), its own files at `/page/*`, and the
 * packages it uses at `/vendor/<package>@<version>/*`. Only these folders are served, and nothing above them.
 *
 * Our files are asked for anew at each load (a developer edits them); those of packages may be kept for a year.
 * @throws AppError 'package-missing' where node_modules lacks a package of the page
 */
export function pageRoutes(): Hono {
  const packages = browserPackages(packageNames, import.meta.url);
  // `<` cannot end the script element early in a path, but the rule is cheaper to keep than to prove.
  const map = JSON.stringify(importMap(packages)).replaceAll('<', '\\u003c');
  const index = packages.reduce(
    (html, served) => html.replaceAll(`/vendor/${served.name}/`, packageAddress(served)),
    readFileSync(`${pageFolder}/index.html`, 'utf8').replace(
      /(<script type="importmap">)[^<]*/,
      (_whole, tag: string) => tag + map,
    ),
  );
  const app = new Hono();

  app.get('/', (c) => {
    c.header('cache-control', 'no-cache');
    c.header('content-security-policy', contentSecurityPolicy(map));
    c.header('referrer-policy', 'no-referrer');
    c.header('x-content-type-options', 'nosniff');
    return c.html(index);
  });
  app.get('/page/*', serveFolder(pageFolder, '/page/', 'no-cache'));
  const vendors = packages.map((served) => {
    const address = packageAddress(served);
    return { address, serve: serveFolder(served.root, address, 'public, max-age=31536000, immutable') };
  });
  // Looked up here: Hono's router finds no route with an @ inside a segment.
  app.get('/vendor/*', (c, next) => {
    const vendor = vendors.find(({ address }) => c.req.path.startsWith(address));
    return vendor ? vendor.serve(c, next) : next();
  });
  return app;
}

/** Serves `folder` at `address`, which ends with a slash. Hono refuses dots and encoded paths that would lead out of it. */
function serveFolder(folder: string, address: string, cacheControl: string): MiddlewareHandler {
  const serve = serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice(address.length - 1) });
  return async (c, next) => {
    const response = await serve(c, next);
    // Nothing is found where nothing comes back. (Headers set in serveStatic's own onFound come too late to be sent.)
    if (!response) return undefined;
    response.headers.set('cache-control', cacheControl);
    response.headers.set('x-content-type-options', 'nosniff');
    return response;
  };
}

/**
 * What a bot posts is text of strangers: scripts run only from this server, and the import map by its hash.
 * Style attributes are open because Lit and the message components write some; images may come from anywhere, as in Discord.
 */
function contentSecurityPolicy(inlineScript: string): string {
  const hash = createHash('sha256').update(inlineScript).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' https: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
