/**
 * Whether a comment says that its paper is withdrawn: the only trace on a listing page, which shows a withdrawal as `(replaced)`.
 *
 * `This paper has been withdrawn by the author`, `Withdrawn due to an error`, `Paper withdrawn`; not `replaces the withdrawn 0704.0001`.
 */
export function saysWithdrawn(comments: string | null): boolean {
  return comments !== null && withdrawal.test(comments);
}

const withdrawal =
  /(?:^|[.;:(]\s*)withdrawn\b|\b(?:is|was|been|being|paper|article|submission|manuscript|preprint|work)\s+(?:\w+ly\s+)?withdrawn\b/i;
