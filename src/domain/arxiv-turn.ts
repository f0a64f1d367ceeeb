/**
 * Whose turn it is to ask arXiv: one request at a time to all its hosts, over all processes on a database. What is kept between two
 * requests, and the rules by which it changes. Times are epoch milliseconds of one clock that all who take turns share, rounded down.
 */
export type ArxivTurn = {
  /** Whoever asks now, and until when it is believed to: a dead one's turn lapses. */
  readonly holder: string | null;
  readonly heldUntil: number | null;
  /** When arXiv was asked last, and when for a page; `pageAskedAt` is never after `askedAt`. */
  readonly askedAt: number | null;
  readonly pageAskedAt: number | null;
  /** Nobody asks before, and why. */
  readonly closedUntil: number | null;
  readonly closedReason: string | null;
  /** In a row. 0 while it is closed: arXiv refused us. */
  readonly failures: number;
};

export const firstTurn: ArxivTurn = {
  holder: null,
  heldUntil: null,
  askedAt: null,
  pageAskedAt: null,
  closedUntil: null,
  closedReason: null,
  failures: 0,
};

/** Who wants to ask for what. Spans are real milliseconds. */
export type TurnRequest = {
  /** Nobody else's name. Its own turn it gets again. */
  readonly holder: string;
  readonly sort: 'page' | 'api';
  /** From the last request of any sort. */
  readonly minIntervalMs: number;
  /** From the last page to a page. */
  readonly pageIntervalMs: number;
  /** The longest that the request may take, with its answer. */
  readonly holdMs: number;
};

/** Nobody asks: until when on the clock of the turns, for how many real milliseconds from now, and why, in a clause for people. */
export type Closing = {
  readonly untilMs: number;
  readonly forMs: number;
  readonly reason: string;
  /** arXiv asked us to stop; otherwise it fails, or asked us to wait. */
  readonly isRefusal: boolean;
};

export type TurnAnswer =
  | { readonly kind: 'granted' }
  /** Look again after so many real milliseconds. `holder`: whoever asks now; null where only the interval is to pass. */
  | { readonly kind: 'wait'; readonly waitMs: number; readonly holder: string | null }
  | { readonly kind: 'closed'; readonly closing: Closing };

/** What came of a request. */
export type TurnOutcome = (
  | { readonly kind: 'success' }
  /** It may pass. `closedForMs`: nobody asks before, in real milliseconds. */
  | { readonly kind: 'failure'; readonly reason: string; readonly closedForMs?: number }
  /** 403: nobody asks for a day. */
  | { readonly kind: 'refusal'; readonly reason: string }
  /** Nothing is known of it: it was stopped, or its process died. */
  | { readonly kind: 'abandoned' }
) & {
  /** Since when arXiv has surely had the request, in real milliseconds before now; 0 when left out. The next interval counts from there. */
  readonly seenMsAgo?: number;
};

/** What an operator may want to know. */
export type TurnLook = {
  readonly askedAt: number | null;
  readonly holder: string | null;
  readonly closing: Closing | null;
  readonly failures: number;
};

const hourMs = 60 * 60_000;

/** How long nobody asks after a refusal; also the longest that anything closes. */
const refusedForMs = 24 * hourMs;

/** After so many failures in a row nobody asks for a minute, then for two, four, …, an hour. */
const breakingFailures = 5;
const shortestBreakMs = 60_000;
const longestBreakMs = hourMs;

/** Whoever waits for another's end looks this often. */
const lookAgainMs = 250;

/** Whether `request` has its turn now, and what is to be kept then: `turn` itself where nothing has changed. */
export function takeTurn(
  turn: ArxivTurn,
  request: TurnRequest,
  nowMs: number,
): { readonly turn: ArxivTurn; readonly answer: TurnAnswer } {
  const found = broughtBack(turn, nowMs);
  const closing = closingOf(found, nowMs);
  if (closing !== null) return { turn: found, answer: { kind: 'closed', closing } };
  const spacingMs = Math.max(
    (found.askedAt ?? -Infinity) + request.minIntervalMs - nowMs,
    request.sort === 'page' ? (found.pageAskedAt ?? -Infinity) + request.pageIntervalMs - nowMs : 0,
    0,
  );
  const other = holderAt(found, nowMs);
  if (other !== null && other !== request.holder) {
    const heldMs = (found.heldUntil ?? nowMs) - nowMs;
    const waitMs = Math.max(spacingMs, Math.min(heldMs, lookAgainMs));
    return { turn: found, answer: { kind: 'wait', waitMs, holder: other } };
  }
  if (spacingMs > 0) return { turn: found, answer: { kind: 'wait', waitMs: spacingMs, holder: null } };
  const taken = {
    holder: request.holder,
    heldUntil: nowMs + request.holdMs,
    askedAt: nowMs,
    pageAskedAt: request.sort === 'page' ? nowMs : found.pageAskedAt,
    closedUntil: null,
    closedReason: null,
  };
  return { turn: { ...found, ...taken }, answer: { kind: 'granted' } };
}

/** The turn after what came of `holder`'s request. Where it has lapsed and somebody else's is on, only a refusal still counts. */
export function releaseTurn(turn: ArxivTurn, holder: string, outcome: TurnOutcome, nowMs: number): ArxivTurn {
  const found = broughtBack(turn, nowMs);
  if (found.holder !== holder) return outcome.kind === 'refusal' ? refused(found, outcome.reason, nowMs) : found;
  const askedAt = Math.max(found.askedAt ?? nowMs, nowMs - Math.floor(outcome.seenMsAgo ?? 0));
  const pageAskedAt = found.pageAskedAt === found.askedAt ? askedAt : found.pageAskedAt;
  const free = { ...found, holder: null, heldUntil: null, askedAt, pageAskedAt };
  switch (outcome.kind) {
    case 'success':
      return { ...free, closedUntil: null, closedReason: null, failures: 0 };
    case 'failure':
      return failed(free, outcome.reason, outcome.closedForMs ?? 0, nowMs);
    case 'refusal':
      return refused(free, outcome.reason, nowMs);
    default:
      return free;
  }
}

export function lookAtTurn(turn: ArxivTurn, nowMs: number): TurnLook {
  const found = broughtBack(turn, nowMs);
  const { askedAt, failures } = found;
  return { askedAt, failures, holder: holderAt(found, nowMs), closing: closingOf(found, nowMs) };
}

/** Whoever settled the matter with arXiv opens it again; the intervals stay. */
export function reopenedTurn(turn: ArxivTurn): ArxivTurn {
  return { ...turn, closedUntil: null, closedReason: null, failures: 0 };
}

export function closingOf({ closedUntil, closedReason, failures }: ArxivTurn, nowMs: number): Closing | null {
  if (closedUntil === null || closedUntil <= nowMs) return null;
  return { untilMs: closedUntil, forMs: closedUntil - nowMs, reason: closedReason ?? '', isRefusal: failures === 0 };
}

function holderAt({ holder, heldUntil }: ArxivTurn, nowMs: number): string | null {
  return heldUntil !== null && heldUntil > nowMs ? holder : null;
}

function failed(turn: ArxivTurn, reason: string, closedForMs: number, nowMs: number): ArxivTurn {
  const failures = turn.failures + 1;
  const breakMs =
    failures < breakingFailures ? 0 : Math.min(shortestBreakMs * 2 ** (failures - breakingFailures), longestBreakMs);
  const forMs = Math.min(Math.max(closedForMs, breakMs), refusedForMs);
  if (forMs <= 0) return { ...turn, failures, closedUntil: null, closedReason: null };
  return { ...turn, failures, closedUntil: nowMs + Math.ceil(forMs), closedReason: reason };
}

function refused(turn: ArxivTurn, reason: string, nowMs: number): ArxivTurn {
  return { ...turn, failures: 0, closedUntil: nowMs + refusedForMs, closedReason: reason };
}

/** A clock that was set back would lock everybody out until it is again where it was: all times come back with it. */
function broughtBack(turn: ArxivTurn, nowMs: number): ArxivTurn {
  const aheadMs = Math.max(0, (turn.askedAt ?? nowMs) - nowMs);
  const latestMs = nowMs + refusedForMs;
  if (aheadMs === 0 && (turn.closedUntil ?? 0) <= latestMs) return turn;
  const back = (time: number | null) => (time === null ? null : time - aheadMs);
  return {
    ...turn,
    heldUntil: back(turn.heldUntil),
    askedAt: back(turn.askedAt),
    pageAskedAt: back(turn.pageAskedAt),
    closedUntil: turn.closedUntil === null ? null : Math.min(turn.closedUntil - aheadMs, latestMs),
  };
}
