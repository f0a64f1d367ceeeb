import { z } from 'zod';

/** Trouble to make on purpose, `count` times, on requests that fit `route`. */
export const faultSchema = z.strictObject({
  /** Method and path as in `POST /channels/:id/messages`; a segment that begins with `:` fits any, `*` any method or the rest of a path. */
  route: z
    .string()
    .regex(/^(\*|[A-Z]+) (\*|\/\S*)$/, 'must be a method, a blank and a path, as in “POST /channels/:id/messages”'),
  /** An HTTP status to answer, `timeout` for no answer at all, `reset` for a connection cut. */
  status: z.union([z.int().min(400).max(599), z.enum(['timeout', 'reset'])]),
  /** Whether the request takes no effect (before), or takes effect and only its answer is lost (after). */
  when: z.enum(['before', 'after']).default('before'),
  count: z.int().min(1).max(1_000_000).default(1),
  /** Discord's error code in the body of the answer; the usual one of the status where left out. */
  code: z.int().min(0).optional(),
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
