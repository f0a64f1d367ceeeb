import { describe, expect, it } from 'vitest';
import { discordFailure } from '../../src/discord/failure.ts';
import { createRest } from '../../src/discord/rest.ts';
import { startLocalApi } from './local-api.ts';

/** An error as Node and undici throw it. */
function coded(code: string, message = 'it failed'): Error {
  return Object.assign(new Error(message), { code });
}

describe('discordFailure', () => {
  it.each([
    'EAI_AGAIN',
    'ENOTFOUND',
    'ECONNRESET',
    'ECONNREFUSED',
    'ETIMEDOUT',
    'EPIPE',
    'EPROTO',
    'UND_ERR_SOCKET',
    'UND_ERR_CONNECT_TIMEOUT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_SOCKET_CLOSED',
    'HPE_INVALID_CONSTANT',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('takes %s for the network', (code) => {
    expect(discordFailure(coded(code))).toEqual({ kind: 'network', message: 'it failed' });
  });

  it.each(['ERR_INVALID_ARG_TYPE', 'ERR_OUT_OF_RANGE', 'ERR_INVALID_URL', 'InvalidType', 'MODULE_NOT_FOUND'])(
    'takes %s for a bug',
    (code) => {
      expect(discordFailure(coded(code))).toBeNull();
    },
  );

  it('looks at the causes of an error, and names the one that tells', () => {
    const reset = coded('ECONNRESET', 'read ECONNRESET');
    const failed = new TypeError('fetch failed', { cause: new Error('terminated', { cause: reset }) });
    expect(discordFailure(failed)).toEqual({ kind: 'network', message: 'read ECONNRESET' });
    expect(discordFailure(new TypeError('x is not a function', { cause: coded('ERR_INVALID_ARG_TYPE') }))).toBeNull();
  });

  it('ends where causes go round in a circle', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(discordFailure(first)).toBeNull();
  });

  it('takes an aborted request for one without an answer', () => {
    const aborted = new DOMException('This operation was aborted', 'AbortError');
    expect(discordFailure(aborted)).toEqual({ kind: 'network', message: 'no answer in time' });
  });

  it('takes a connection that was cut for the network', async () => {
    const api = await startLocalApi(() => 'hang up');
    try {
      const thrown: unknown = await createRest({ apiUrl: api.apiUrl, token: 't' })
        .get('/users/@me')
        .catch((error: unknown) => error);
      expect(discordFailure(thrown)).toMatchObject({ kind: 'network' });
    } finally {
      await api.close();
    }
  });
});
