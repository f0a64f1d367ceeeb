import { describe, expect, it } from 'vitest';
import { createRequestLog } from '../../src/sandbox/request-log.ts';

const request = (path: string, body: unknown = {}) => ({
  time: '2026-11-22T00:00:00.000Z',
  method: 'GET',
  route: null,
  path,
  status: 404,
  body,
  response: null,
});
const paths = (log: ReturnType<typeof createRequestLog>): string[] => {
  const entries: { path: string }[] = JSON.parse(log.json());
  return entries.map(({ path }) => path);
};

describe('createRequestLog', () => {
  it('keeps the newest requests, as many as it may', () => {
    const log = createRequestLog({ requests: 3, characters: 10_000 });
    expect(paths(log)).toEqual([]);
    for (let n = 1; n <= 8; n += 1) {
      log.add(request(`/${String(n)}`));
      expect(paths(log)).toEqual([n - 2, n - 1, n].filter((kept) => kept > 0).map((kept) => `/${String(kept)}`));
    }
  });

  it('keeps no more text than it may, but always the newest request whole', () => {
    const log = createRequestLog({ requests: 100, characters: 1_000 });
    for (const path of ['/1', '/2']) log.add(request(path, 'x'.repeat(300)));
    expect(paths(log)).toEqual(['/1', '/2']);
    log.add(request('/3', 'x'.repeat(300)));
    expect(paths(log)).toEqual(['/2', '/3']);
    log.add(request('/4', 'x'.repeat(5_000)));
    expect(paths(log)).toEqual(['/4']);
    log.add(request('/5'));
    expect(paths(log)).toEqual(['/5']);
  });
});
