import { z } from 'zod';

type Verdict = { readonly ok: boolean; readonly errors: readonly { readonly at: string; readonly why: string }[] };
/** What `../shared/discord` says of a request and of an answer. */
export type Contract = {
  validateRequest(request: { method: string; path: string; body: unknown }): Verdict;
  validateResponse(answer: { method: string; path: string; status: number; body: unknown }): Verdict;
};

/** Entries of `GET control/log`, as far as the contract looks at them. */
const logSchema = z.array(
  z.object({
    method: z.string(),
    path: z.string(),
    status: z.int().nullable(),
    body: z.unknown(),
    // Must be there: a log without answers is no log whose answers are good.
    response: z.unknown(),
  }),
);

export type ContractFault = {
  /** Method and path. */
  readonly call: string;
  /** What was answered; null where nothing was. */
  readonly status: number | null;
  readonly of: 'request' | `answer ${number}`;
  /** Where in the body, and what is wrong there. */
  readonly why: readonly string[];
  readonly body: unknown;
};
export type ContractReport = {
  readonly requests: number;
  readonly answers: number;
  readonly bad: readonly ContractFault[];
};

/**
 * Holds every request of a sandbox's log, and every answer, against the contract.
 *
 * Answers of 500 and above are only ever ordered, and the document has none; a request that got no answer is a request all the same.
 */
export function findFaults(log: unknown, contract: Contract): ContractReport {
  const entries = logSchema.parse(log);
  const bad: ContractFault[] = [];
  let answers = 0;
  for (const { method, path, status, body, response } of entries) {
    const call = `${method} ${path}`;
    const asked = contract.validateRequest({ method, path, body });
    if (!asked.ok) bad.push({ call, status, of: 'request', why: sentences(asked), body });
    if (status === null || status >= 500) continue;
    answers += 1;
    const answered = contract.validateResponse({ method, path, status, body: withNumberedLeaves(response) });
    if (!answered.ok) bad.push({ call, status, of: `answer ${status}`, why: sentences(answered), body: response });
  }
  return { requests: entries.length, answers, bad };
}

function sentences({ errors }: Verdict): string[] {
  return errors.map(({ at, why }) => `${at}: ${why}`);
}

/**
 * The document calls the codes at the leaves of a 50035 tree numbers; Discord's documents and Discord itself give names
 * (`BASE_TYPE_REQUIRED`), and where the two differ the documents are right. So the names are numbered for the validator.
 */
function withNumberedLeaves(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumberedLeaves);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] =>
    key === 'code' && typeof inner === 'string' ? [key, 1] : [key, withNumberedLeaves(inner)],
  );
  return Object.fromEntries(entries);
}
