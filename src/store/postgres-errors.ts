import { AppError, messageOf } from '../lib/errors.ts';

const network = 'does not answer: check that the server runs, and host and port in DATABASE_URL';
const refused = 'refuses this user: mend user and password in DATABASE_URL';
const busy = 'is locked by another process: wait until its work is done, or stop it, and try again';
const stopped = 'was shut down or restarted: Paperboy goes on once it is up again';
const lostMidway = 'has broken off the connection: look in its log; Paperboy goes on once it is up again';
const untrusted =
  'shows a certificate that is not trusted: mend the certificate, or name its authority with sslrootcert in DATABASE_URL';
const full = 'cannot grow, the disk is full: free some space and try again';
const damaged = 'is damaged: restore a backup';

/**
 * What PostgreSQL's SQLSTATEs, and the network's codes, mean to an operator, and what to do. Codes that are not here are bugs of ours.
 * Source: https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const sentences: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', network],
  ['ETIMEDOUT', network],
  ['EHOSTUNREACH', network],
  ['ENETUNREACH', network],
  ['EHOSTDOWN', network],
  ['ENOENT', 'has no socket there: check that the server runs, and its folder in DATABASE_URL'],
  ['EACCES', 'has a socket that this user may not use: give the user that runs Paperboy the right to'],
  ['ENOTFOUND', 'is on a host that nobody knows: mend the host in DATABASE_URL'],
  ['EAI_AGAIN', 'is on a host whose name cannot be looked up: check the host in DATABASE_URL, and the network'],
  ['ECONNRESET', lostMidway],
  ['EPIPE', lostMidway],
  ['08000', lostMidway],
  ['08003', lostMidway],
  ['08006', lostMidway],
  ['08P01', lostMidway],
  ['25P03', lostMidway],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
  ['ERR_TLS_CERT_ALTNAME_INVALID', untrusted],
  ['CERT_HAS_EXPIRED', untrusted],
  ['28000', refused],
  ['28P01', refused],
  ['3D000', 'does not exist: create it (createdb), or mend its name in DATABASE_URL'],
  ['42501', 'may not be used by this user: grant it the right to create and change tables there'],
  ['25006', 'is read-only, as a standby is: name the primary server in DATABASE_URL'],
  ['40001', busy],
  ['40P01', busy],
  ['55P03', busy],
  ['57014', 'took too long over a statement: look what else the server does, and try again'],
  ['53000', 'has run out of something: look in its log'],
  ['53100', full],
  ['53200', 'has run out of memory: give the server more, and try again'],
  ['53300', 'has no connection left: raise max_connections, or stop another of its users'],
  ['57P01', stopped],
  ['57P02', stopped],
  ['57P03', 'is starting up or shutting down: Paperboy goes on once it is up'],
  ['58030', 'cannot be read or written, the disk reports an error: check the disk, then restore a backup if need be'],
  ['XX001', damaged],
  ['XX002', damaged],
]);

/** What `pg` says itself, without a code. */
const sayings: readonly (readonly [RegExp, string])[] = [
  [/^Connection terminated due to connection timeout$|^timeout expired$/, network],
  [/^timeout exceeded when trying to connect$/, 'is too slow: all connections are in use; look what else it does'],
  [/^Query read timeout$|^Connection terminated|not queryable$/, lostMidway],
  [/^SASL: .*password must be a/, 'wants a password: name one in DATABASE_URL'],
  [/does not support SSL connections$/, 'does not know TLS: take sslmode out of DATABASE_URL, or set it up there'],
];

/** Codes after which the connection is of no use. Class 08 and 57P are the server's word that it has ended it. */
const lostCodes = /^(ECONNRESET|EPIPE|ETIMEDOUT|08...|57P0[1-5]|25P03)$/;

/** An AppError('database-unavailable') naming `name` and the remedy where the operator can mend it; otherwise `thrown` itself. */
export function postgresError(name: string, thrown: unknown): unknown {
  const error = firstOf(thrown);
  const sentence = sentences.get(codeOf(error) ?? '') ?? sayings.find(([saying]) => saying.test(messageOf(error)))?.[1];
  if (sentence === undefined) return thrown;
  return new AppError('database-unavailable', `store: the database ${name} ${sentence} (${messageOf(error)})`, {
    cause: error,
  });
}

/** Whether a connection that threw this is of no use any more. */
export function isLost(thrown: unknown): boolean {
  const error = firstOf(thrown);
  const code = codeOf(error);
  return code === null
    ? /^Query read timeout$|^Connection terminated|not queryable$/.test(messageOf(error))
    : lostCodes.test(code);
}

/** A host with several addresses fails at each of them: one stands for all. */
function firstOf(thrown: unknown): unknown {
  return thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown;
}

function codeOf(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;
}
