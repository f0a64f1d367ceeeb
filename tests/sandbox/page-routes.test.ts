import { describe, expect, it } from 'vitest';
import { pageRoutes } from '../../src/sandbox/page-routes.ts';

const app = pageRoutes();
const importMapOf = (html: string): Record<string, string> => {
  const found = /<script type="importmap">([^<]*)<\/script>/.exec(html);
  const map: { imports: Record<string, string> } = JSON.parse(found?.[1] ?? '{}');
  return map.imports;
};

describe('pageRoutes', () => {
  it('serves the page with an import map whose every address answers with a script', async () => {
    const page = await app.request('/');
    expect(page.headers.get('content-type')).toContain('text/html');
    const addresses = Object.entries(importMapOf(await page.text()));
    expect(addresses.map(([specifier]) => specifier)).toEqual(
      expect.arrayContaining([
        'lit',
        'lit/decorators.js',
        '@lit/context',
        '@skyra/discord-components-core/discord-message.js',
      ]),
    );
    for (const [specifier, address] of addresses) {
      const answer = await app.request(address);
      expect([specifier, answer.status, answer.headers.get('content-type')]).toEqual([
        specifier,
        200,
        expect.stringContaining('javascript'),
      ]);
    }
  });

  it('lets only its own scripts run', async () => {
    const policy = (await app.request('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+'(?:;|$)/);
    expect(policy).toContain("default-src 'none'");
  });

  it('serves its files anew each time and those of packages for good, the emoji font among them', async () => {
    const own = await app.request('/page/app.js');
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const style = await app.request('/page/theme.css');
    expect(style.headers.get('content-type')).toContain('text/css');
    const font = /url\('([^']+woff2)'\)/.exec(await (await app.request('/')).text())?.[1] ?? '';
    const answer = await app.request(font);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'font/woff2']);
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  it.each([
    '/page/../page-routes.ts',
    '/page/..%2fpage-routes.ts',
    '/page/%2e%2e/page-routes.ts',
    '/page/..%5cpage-routes.ts',
    '/page//etc/passwd',
    '/vendor/lit@3.3.3/../../package.json',
    '/vendor/lit@3.3.3/..%2f..%2fpackage.json',
    '/vendor/zod/package.json',
    '/vendor/lit/index.js',
    '/page/none.js',
  ])('refuses %s', async (path) => {
    // A Request would tidy the path up, so the raw one goes in by hand.
    const answer = await app.fetch(rawRequest(path));
    expect(answer.status).toBe(404);
  });
});

/** A request whose URL no parser has cleaned of its dots. */
function rawRequest(path: string): Request {
  const request = new Request('http://sandbox/');
  Object.defineProperty(request, 'url', { value: `http://sandbox${path}` });
  return request;
}
