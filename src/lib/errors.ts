/**
 * An operational failure: network, locked database, bad file, wrong token.
 *
 * The message is one sentence for the operator that names layer, action and identifiers, and says what to do:
 * `arxiv: GET /list/cs.DC/new answered 503 after 3 attempts`. Everything else that is thrown is a bug.
 */
export class AppError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/** Whether what was thrown is the operational failure of that code. */
export function isAppError(thrown: unknown, code: string): thrown is AppError {
  return thrown instanceof AppError && thrown.code === code;
}

/** The message of anything that was thrown, for log lines and sentences. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
