import { z } from 'zod';

/** Trouble to make on purpose, `count` times, on requests that fit `route`. */
export const faultSchema = z
  .strictObject({
    /** Method and path as in `POST /channels/:id/messages`; a segment that begins with `:` fits any, `*` any method or the rest of a path. */
    route: z
      .string()
      .regex(/^(\*|[A-Z]+) (\*|\/\S*)$/, 'must be a method, a blank and a path, as in “POST /channels/:id/messages”'),
    /** An HTTP status to answer, `timeout` for no answer at all, `reset` for a connection cut, `slow` for the true answer, but late. */
    status: z.union(
      [z.int().min(400).max(599), z.enum(['timeout', 'reset', 'slow'])],
      'must be an HTTP status of 400 to 599, “timeout”, “reset” or “slow”',
    ),
    /** Whether the request takes no effect (before), or takes effect and only its answer is lost (after). Slow: whether the wait comes before the effect or after it. */
    when: z.enum(['before', 'after']).default('before'),
    count: z.int().min(1).max(1_000_000).default(1),
    /** Discord's error code in the body of the answer; the usual one of the status where left out. */
    code: z.int().min(0).optional(),
    /** How late, of `slow`; 2 s where left out. */
    delayMs: z.int().min(0).max(600_000).optional(),
    /** Whose limit a 429 tells of: the bot's for the route (user), the bot's for all (global), the resource's (shared); user where left out. */
    scope: z.enum(['user', 'global', 'shared']).optional(),
    /** The wait that a 429 asks for, in seconds and parts of them; 1 where left out. */
    retryAfter: z.number().min(0).max(86_400).optional(),
  })
  .superRefine((fault, context) => {
    const stray = (field: 'delayMs' | 'scope' | 'retryAfter', status: string | number) => {
      if (fault[field] === undefined || fault.status === status) return;
      context.addIssue({ code: 'custom', path: [field], message: `goes only with the status ${String(status)}` });
    };
    stray('delayMs', 'slow');
    stray('scope', 429);
    stray('retryAfter', 429);
  });

export type Fault = Readonly<z.infer<typeof faultSchema>>;

/** The list of trouble that was ordered, oldest first. */
export function createFaults() {
  let ordered: Fault[] = [];
  return {
    order(fault: Fault): void {
      ordered.push(fault);
    },
    clear(): void {
      ordered = [];
    },
    list: (): readonly Fault[] => ordered,
    /** The oldest fault that fits this request, used up by one; undefined where none does. `path` is below the API's root. */
    take(method: string, path: string): Fault | undefined {
      const found = ordered.find((fault) => fits(fault.route, method, path));
      if (found === undefined) return undefined;
      ordered = ordered.flatMap((fault) => {
        if (fault !== found) return [fault];
        return fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : [];
      });
      return found;
    },
  };
}

function fits(route: string, method: string, path: string): boolean {
  const [wantedMethod = '*', wantedPath = '*'] = route.split(' ');
  if (wantedMethod !== '*' && wantedMethod !== method) return false;
  const wanted = wantedPath.split('/');
  const given = path.split('/');
  if (wanted.at(-1) === '*') return wanted.slice(0, -1).every((segment, at) => segmentFits(segment, given[at]));
  return wanted.length === given.length && wanted.every((segment, at) => segmentFits(segment, given[at]));
}

function segmentFits(wanted: string, given: string | undefined): boolean {
  return given !== undefined && (wanted.startsWith(':') || wanted === given);
}
