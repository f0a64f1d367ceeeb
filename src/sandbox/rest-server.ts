import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { ApiError, refuseByStatus } from './api-error.ts';
import type { Answer, Endpoint } from './endpoint.ts';
import type { Fault, createFaults } from './faults.ts';
import { invalidForm } from './form-errors.ts';
import type { createRateLimits } from './rate-limits.ts';
import { readRequestBody } from './request-body.ts';
import type { RequestBody } from './request-body.ts';
import type { createRequestLog } from './request-log.ts';
import { isSnowflake } from './snowflake.ts';
import { botToken } from './world.ts';

type Deps = {
  readonly now: () => number;
  readonly log: Log;
  readonly limits: ReturnType<typeof createRateLimits>;
  readonly faults: ReturnType<typeof createFaults>;
  readonly requestLog: ReturnType<typeof createRequestLog>;
};
type Environment = { Bindings: HttpBindings };
type Outcome = Answer & { readonly headers?: Readonly<Record<string, string>> };

/**
 * The REST API, to be mounted at `/api/v10` and at `/api`: every request passes the right to ask, faults that were
 * ordered, the limits and the reading of its body, in this order, before its endpoint sees it. Each one is logged.
 */
export function createRestServer(endpoints: readonly Endpoint[], deps: Deps): Hono<Environment> {
  const app = new Hono<Environment>();
  for (const endpoint of endpoints) {
    app.on(endpoint.method, endpoint.path, (context) => answerCall(context, endpoint, deps));
  }
  app.all('*', (context) => answerUnknown(context, deps));
  return app;
}

async function answerCall(context: Context<Environment>, endpoint: Endpoint, deps: Deps): Promise<Response> {
  const path = pathBelowRoot(context);
  const time = new Date(deps.now()).toISOString();
  let body: RequestBody = { json: {}, files: [] };
  const record = (status: number | null) =>
    deps.requestLog.add({
      time,
      method: endpoint.method,
      route: `${endpoint.method} ${endpoint.path}`,
      path: withoutToken(path + new URL(context.req.url).search, context.req.param('token')),
      status,
      body: body.json,
    });
  const run = async (): Promise<Outcome> => {
    if (endpoint.access === 'bot') demandToken(context);
    const verdict = deps.limits.count(endpoint, majorParameter(context, endpoint.path));
    if (verdict.refused !== null) {
      const { retryAfterS, global } = verdict.refused;
      const message = 'You are being rate limited.';
      return { status: 429, body: { message, retry_after: retryAfterS, global, code: 0 }, headers: verdict.headers };
    }
    try {
      checkIds(context, endpoint.path);
      const url = new URL(context.req.url);
      const call = {
        params: context.req.param(),
        query: url.searchParams,
        headers: context.req.raw.headers,
        body: body.json,
        files: body.files,
      };
      return { ...endpoint.handle(call), headers: verdict.headers };
    } catch (error) {
      return { ...answerError(error, deps.log), headers: verdict.headers };
    }
  };

  try {
    body = await readRequestBody(context.req.raw);
  } catch (error) {
    const answer = answerError(error, deps.log);
    record(answer.status);
    return respond(answer);
  }
  const fault = deps.faults.take(endpoint.method, path);
  let outcome: Outcome | null = null;
  if (fault?.when !== 'before') outcome = await run().catch((error: unknown) => answerError(error, deps.log));
  if (fault === undefined && outcome !== null) {
    record(outcome.status);
    return respond(outcome);
  }
  record(typeof fault?.status === 'number' ? fault.status : null);
  return fault === undefined ? respond(refuse500) : playFault(context, fault);
}

const refuse500: Answer = { status: 500, body: { message: '500: Internal Server Error', code: 0 } };

function playFault(context: Context<Environment>, fault: Fault): Response {
  if (fault.status === 'reset') {
    context.env.incoming.socket.resetAndDestroy();
    return RESPONSE_ALREADY_SENT;
  }
  // No answer ever comes: the caller gives up, or the sandbox ends.
  if (fault.status === 'timeout') return RESPONSE_ALREADY_SENT;
  if (fault.status === 429) {
    const body = { message: 'You are being rate limited.', retry_after: 1, global: false, code: 0 };
    return respond({ status: 429, body, headers: { 'retry-after': '1', 'x-ratelimit-scope': 'user' } });
  }
  const usual: Readonly<Record<number, readonly [number, string]>> = {
    403: [50013, 'Missing Permissions'],
    404: [10003, 'Unknown Channel'],
  };
  const [code, message] = usual[fault.status] ?? [0, `${String(fault.status)}: a fault that was ordered`];
  return respond({ status: fault.status, body: { message, code: fault.code ?? code } });
}

function answerUnknown(context: Context<Environment>, deps: Deps): Response {
  const { method } = context.req;
  deps.requestLog.add({
    time: new Date(deps.now()).toISOString(),
    method,
    route: null,
    path: pathBelowRoot(context) + new URL(context.req.url).search,
    status: 404,
    body: {},
  });
  return respond(answerError(refuseByStatus(404, 'Not Found'), deps.log));
}

function answerError(error: unknown, log: Log): Answer {
  if (error instanceof ApiError) return { status: error.status, body: error.body };
  log.error(
    { error: messageOf(error), stack: error instanceof Error ? error.stack : undefined },
    'sandbox: a request failed',
  );
  return refuse500;
}

function respond(outcome: Outcome): Response {
  const headers = new Headers({ via: '1.1 paperboy-sandbox', ...outcome.headers });
  if (outcome.body === undefined) return new Response(null, { status: outcome.status, headers });
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(outcome.body), { status: outcome.status, headers });
}

function demandToken(context: Context<Environment>): void {
  if (context.req.header('authorization') !== `Bot ${botToken}`) throw refuseByStatus(401, 'Unauthorized');
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
    if (name === 'token' || isSnowflake(value)) continue;
    const owner = segments[segments.indexOf(`:${name}`) - 1] ?? name;
    const field = `${owner.replace(/s$/, '')}_id`;
    throw invalidForm([{ path: [field], code: 'NUMBER_TYPE_COERCE', message: `Value "${value}" is not snowflake.` }]);
  }
}

function pathBelowRoot(context: Context<Environment>): string {
  return context.req.path.replace(/^\/api(\/v\d+)?/, '');
}

/** Tokens of interactions are secrets even here: whoever reads a log learns good habits. */
function withoutToken(path: string, token: string | undefined): string {
  return token === undefined ? path : path.replace(token, ':token');
}
