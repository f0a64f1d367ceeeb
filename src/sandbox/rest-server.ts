import { setImmediate } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Log } from '../lib/log.ts';
import { refuse, refuseByStatus } from './api-error.ts';
import type { ApiError } from './api-error.ts';
import type { Endpoint } from './endpoint.ts';
import type { createFaults } from './faults.ts';
import { invalidForm } from './form-errors.ts';
import type { createInvalidRequests } from './invalid-requests.ts';
import { faultyOutcome, waits } from './play-fault.ts';
import { rateRefusalBody } from './rate-limits.ts';
import type { createRateLimits } from './rate-limits.ts';
import { parseRequestBody, receiveBody } from './request-body.ts';
import type { SentBody } from './request-body.ts';
import type { createRequestLog } from './request-log.ts';
import { answerError, respond } from './respond.ts';
import type { Outcome } from './respond.ts';
import { isSnowflake } from './snowflake.ts';
import { botToken } from './world.ts';

type Deps = {
  readonly now: () => number;
  readonly log: Log;
  readonly limits: ReturnType<typeof createRateLimits>;
  readonly invalidRequests: ReturnType<typeof createInvalidRequests>;
  readonly faults: ReturnType<typeof createFaults>;
  readonly requestLog: ReturnType<typeof createRequestLog>;
  /** Aborted when the sandbox ends: whoever waits on purpose then waits no longer. */
  readonly closing: AbortSignal;
  /** Whether Discord has taken the token back. */
  readonly isTokenReset: () => boolean;
};
type Environment = { Bindings: HttpBindings };

const slowMs = 2_000;
const largeBytes = 1024 * 1024;

/**
 * The REST API, to be mounted at `/api/v10` and at `/api`: every request passes the front (the ban, the User-Agent), faults
 * that were ordered, the right to ask, the limits and what its body holds, in this order, before its endpoint sees it. What is
 * refused before its body is nobody's to read: it is dropped, and the log has an empty one. Each request is logged.
 */
export function createRestServer(endpoints: readonly Endpoint[], deps: Deps): Hono<Environment> {
  const app = new Hono<Environment>();
  for (const endpoint of endpoints) {
    app.on(endpoint.method, endpoint.path, (context) => answer(context, endpoint, deps));
  }
  const paths = endpoints.map(({ path }) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`));
  app.all('*', (context) => {
    const isKnownPath = paths.some((path) => path.test(pathBelowRoot(context)));
    return answer(context, unknownRoute(context.req.path, isKnownPath), deps);
  });
  return app;
}

async function answer(context: Context<Environment>, route: Endpoint | ApiError, deps: Deps): Promise<Response> {
  const time = new Date(deps.now()).toISOString();
  const endpoint = route instanceof Error ? null : route;
  const method = endpoint?.method ?? context.req.method;
  const path = pathBelowRoot(context);
  const record = (outcome: Outcome | null, body: unknown = {}) => {
    deps.requestLog.add({
      time,
      method,
      route: endpoint === null ? null : `${method} ${endpoint.path}`,
      path: withoutToken(path + new URL(context.req.url).search),
      status: outcome?.status ?? null,
      body,
      response: outcome?.body ?? null,
    });
    if (outcome !== null) deps.invalidRequests.count(outcome.status, outcome.headers?.['x-ratelimit-scope']);
  };
  const finish = (outcome: Outcome, body?: unknown): Response => {
    record(outcome, body);
    return respond(outcome);
  };

  const refusedByFront = frontRefusal(context, deps);
  if (refusedByFront !== null) return finish(refusedByFront);
  if (route instanceof Error) return finish(answerError(route, deps.log));
  const sent = await receiveBody(context.req.raw, mayAsk(context, route, deps));
  if (sent === null) {
    record(null);
    return RESPONSE_ALREADY_SENT;
  }
  const fault = deps.faults.take(method, path);
  if (fault === undefined) {
    const { outcome, body } = await perform(context, route, sent, deps);
    return finish(outcome, body);
  }
  const slow = () => waits(fault.delayMs ?? slowMs, deps.closing);
  if (fault.status === 'slow' && fault.when === 'before' && !(await slow())) return RESPONSE_ALREADY_SENT;
  if (fault.status === 'slow') {
    const { outcome, body } = await perform(context, route, sent, deps);
    record(outcome, body);
    return fault.when === 'before' || (await slow()) ? respond(outcome) : RESPONSE_ALREADY_SENT;
  }
  if (fault.when === 'after') await perform(context, route, sent, deps);
  const { json } = await parseRequestBody(sent);
  const outcome = faultyOutcome(fault, route, deps.limits);
  if (outcome !== null) return finish(outcome, json);
  record(null, json);
  // Otherwise it is a timeout: no answer ever comes, until the caller gives up or the sandbox ends.
  if (fault.status === 'reset') context.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

/** What the front says in Discord's place: to an address that is banned, and to a client that does not say what it is. */
function frontRefusal(context: Context<Environment>, deps: Deps): Outcome | null {
  const bannedForS = deps.invalidRequests.bannedForS();
  if (bannedForS !== null) {
    const headers = { 'retry-after': String(Math.ceil(bannedForS)) };
    return {
      status: 429,
      isFront: true,
      headers,
      page: { type: 'text/plain; charset=UTF-8', text: 'error code: 1015' },
    };
  }
  const agent = context.req.header('user-agent');
  return agent === undefined || agent === '' ? { ...answerError(refuse(40333), deps.log), isFront: true } : null;
}

/** The true answer, after the right to ask, the limits and the body were looked at; and that body, for the log. */
async function perform(
  context: Context<Environment>,
  endpoint: Endpoint,
  sent: SentBody,
  deps: Deps,
): Promise<{ outcome: Outcome; body: unknown }> {
  let headers: Outcome['headers'] = {};
  let json: unknown = {};
  try {
    if (!mayAsk(context, endpoint, deps)) throw refuseByStatus(401, 'Unauthorized');
    const verdict = deps.limits.count(endpoint, majorParameter(context, endpoint.path));
    ({ headers } = verdict);
    if (verdict.refused !== null) {
      return { outcome: { status: 429, body: rateRefusalBody(verdict.refused), headers }, body: json };
    }
    const body = await parseRequestBody(sent);
    ({ json } = body);
    if (body.refusal !== null) throw body.refusal;
    // Large bodies are parsed in one turn and looked at in the next, so that others are heard in between.
    if ((sent.bytes?.length ?? 0) > largeBytes) await setImmediate();
    checkIds(context, endpoint.path);
    const url = new URL(context.req.url);
    const call = {
      params: context.req.param(),
      query: url.searchParams,
      headers: context.req.raw.headers,
      body: json,
      files: body.files,
    };
    return { outcome: { ...endpoint.handle(call), headers }, body: json };
  } catch (error) {
    return { outcome: { ...answerError(error, deps.log), headers }, body: json };
  }
}

/** Only version 10 is spoken here, by its name or without one. */
function unknownRoute(path: string, isKnownPath: boolean): ApiError {
  const version = /^\/api\/v(\d+)(\/|$)/.exec(path)?.[1];
  if (version !== undefined && version !== '10') return refuse(50041);
  return isKnownPath ? refuseByStatus(405, 'Method Not Allowed') : refuseByStatus(404, 'Not Found');
}

function mayAsk(context: Context<Environment>, endpoint: Endpoint, deps: Deps): boolean {
  if (endpoint.access === 'open') return true;
  return !deps.isTokenReset() && context.req.header('authorization') === `Bot ${botToken}`;
}

/** The id that a bucket belongs to. Source: topics/rate-limits: channel, server, or webhook with its token. */
function majorParameter(context: Context<Environment>, path: string): string {
  if (/^\/(channels|guilds)\/:id/.test(path)) return context.req.param('id') ?? '';
  return context.req.param('token') ?? '';
}

/** @throws ApiError 50035 where an id of the path is none */
function checkIds(context: Context<Environment>, path: string): void {
  const segments = path.split('/');
  for (const [name, value] of Object.entries(context.req.param())) {
    if (name === 'token' || name === 'emoji' || isSnowflake(value)) continue;
    const owner = segments[segments.indexOf(`:${name}`) - 1] ?? name;
    const field = `${owner.replace(/s$/, '')}_id`;
    throw invalidForm([{ path: [field], code: 'NUMBER_TYPE_COERCE', message: `Value "${value}" is not snowflake.` }]);
  }
}

function pathBelowRoot(context: Context<Environment>): string {
  return context.req.path.replace(/^\/api(\/v\d+)?/, '');
}

/** Tokens of interactions are secrets even here: whoever reads a log learns good habits. */
function withoutToken(path: string): string {
  return path.replace(/^(\/(?:interactions|webhooks)\/[^/?]+\/)[^/?]+/, '$1:token');
}
