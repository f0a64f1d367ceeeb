/** One REST request as the sandbox saw it. */
export type LoggedRequest = {
  /** ISO 8601, when it came. */
  readonly time: string;
  readonly method: string;
  /** Method and template, as in `POST /channels/:id/messages`; null for a route that is unknown. */
  readonly route: string | null;
  /** The path below the API's root, with the query, without a token. */
  readonly path: string;
  /** What was answered; null where a fault kept the answer back. */
  readonly status: number | null;
  readonly body: unknown;
  /** The JSON that was answered; null where there was none. */
  readonly response: unknown;
};

/** The last `capacity` requests, oldest first. */
export function createRequestLog(capacity = 10_000) {
  let requests: LoggedRequest[] = [];
  return {
    add(request: LoggedRequest): void {
      requests.push(request);
      // Cut in blocks, so that a full log costs nothing per request.
      if (requests.length >= capacity * 2) requests = requests.slice(-capacity);
    },
    list: (): readonly LoggedRequest[] => requests.slice(-capacity),
  };
}
