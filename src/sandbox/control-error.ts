/** What somebody at the control API asked for and cannot have: answered as one sentence with its HTTP status. */
export class ControlError extends Error {
  readonly status: 400 | 403 | 404 | 503;

  constructor(status: 400 | 403 | 404 | 503, sentence: string) {
    super(sentence);
    this.name = 'ControlError';
    this.status = status;
  }
}
