/** A file that came with a request, whole. */
export type UploadedFile = {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
};

/** A REST request after Discord's outer layers: authorised, counted against the limits, its body read. */
export type Call = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The JSON body; an empty object where there was none. */
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
};

/** Without a body the answer is empty. */
export type Answer = { readonly status: number; readonly body?: unknown };

/** How often a route may be called: `count` times in each window of `windowMs`. */
export type Limit = {
  readonly count: number;
  readonly windowMs: number;
  /** Whom it holds for: user (each bot for itself; the usual) or shared (all who use the channel or server together). */
  readonly scope?: 'user' | 'shared';
};

/** One operation of the REST API. */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for each parameter; below `/api/v10`. */
  readonly path: string;
  /** bot: needs the bot's token; open: the path itself carries the right, and the limit of all requests does not count it. */
  readonly access: 'bot' | 'open';
  readonly limit: Limit;
  /** Routes that name the same bucket, and have the same limit, use it up together; without it a route has its own. */
  readonly bucket?: string;
  handle(call: Call): Answer;
};

/** What most routes allow; Discord does not publish its numbers and asks bots to read the headers. */
export const usualLimit: Limit = { count: 50, windowMs: 10_000 };

/** An operation that only reads: `read` gives its body. */
export function readingEndpoint(path: string, read: (call: Call) => unknown): Endpoint {
  return {
    method: 'GET',
    path,
    access: 'bot',
    limit: usualLimit,
    handle: (call) => ({ status: 200, body: read(call) }),
  };
}

/** Makes operations whose paths begin with `root`. */
export function endpointsBelow(root: string, limit = usualLimit) {
  return (method: Endpoint['method'], path: string, handle: Endpoint['handle']): Endpoint => ({
    method,
    path: root + path,
    access: 'bot',
    limit,
    handle,
  });
}

/** The parameter `name`, which the route's path promises. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`sandbox: the route has no parameter ${name}`);
  return value;
}
