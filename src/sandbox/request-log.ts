/** One REST request as the sandbox saw it. */
export type LoggedRequest = {
  /** ISO 8601, when it came. */
  readonly time: string;
  readonly method: string;
  /** Method and template, as in `POST /channels/:id/messages`; null for a route that is unknown. */
  readonly route: string | null;
  /** The path below the API's root, with the query, without a token. */
  readonly path: string;
  /** What was answered; null where a fault kept the answer back, or nobody was there to hear it. */
  readonly status: number | null;
  readonly body: unknown;
  /** The JSON that was answered; null where there was none: no answer, an empty one, or a page of what stands before Discord. */
  readonly response: unknown;
};

/**
 * The last requests, oldest first: at most `requests` of them, and of JSON text at most `characters`, of one or two bytes
 * each (so 200 MB at worst), the newest request aside. Kept as text: that is how it is read, and how its size is known.
 */
export function createRequestLog(kept = { requests: 10_000, characters: 100_000_000 }) {
  let texts: string[] = [];
  let first = 0;
  let characters = 0;
  return {
    add(request: LoggedRequest): void {
      const added = JSON.stringify(request);
      texts.push(added);
      characters += added.length;
      while (texts.length - first > (characters > kept.characters ? 1 : kept.requests)) {
        characters -= texts[first]?.length ?? 0;
        texts[first] = '';
        first += 1;
      }
      // Cut in blocks, so that a full log costs nothing per request.
      if (first >= kept.requests) {
        texts = texts.slice(first);
        first = 0;
      }
    },
    /** All of it, as a JSON array. */
    json: (): string => `[${texts.slice(first).join(',')}]`,
  };
}
