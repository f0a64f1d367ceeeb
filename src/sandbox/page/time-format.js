/**
 * Times as Discord writes them, in the reader's language and zone.
 */

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const shortDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

/** @type {Record<string, Intl.DateTimeFormat>} */
const styles = {
  t: clock,
  T: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
  d: shortDay,
  D: longDay,
  f: dayAndTime,
  F: new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }),
};

/**
 * @param {number} seconds Unix time, as in `<t:seconds:style>`
 * @param {string} style `t T d D f F R`; others are read as `f`
 * @param {number} [nowMs] epoch milliseconds
 */
export function formatTimestamp(seconds, style, nowMs = Date.now()) {
  const at = seconds * 1000;
  if (Number.isNaN(new Date(at).getTime())) return 'Invalid Date';
  if (style === 'R') return formatRelative(at - nowMs);
  return (styles[style] ?? dayAndTime).format(at);
}

/** @param {string} iso when a message was sent @param {number} [nowMs] */
export function formatSent(iso, nowMs = Date.now()) {
  const at = new Date(iso);
  const days = dayNumber(new Date(nowMs)) - dayNumber(at);
  if (days === 0) return `Today at ${clock.format(at)}`;
  if (days === 1) return `Yesterday at ${clock.format(at)}`;
  return `${shortDay.format(at)}, ${clock.format(at)}`;
}

/** The heading above the messages of one day. @param {string} iso */
export function formatDay(iso) {
  return longDay.format(new Date(iso));
}

/** @param {string} iso @param {string} otherIso */
export function sameDay(iso, otherIso) {
  return dayNumber(new Date(iso)) === dayNumber(new Date(otherIso));
}

/** Days since 1970 on the reader's calendar. @param {Date} at */
function dayNumber(at) {
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / 86_400_000;
}

/** @param {number} deltaMs */
function formatRelative(deltaMs) {
  const seconds = Math.round(deltaMs / 1000);
  const steps = /** @type {const} */ ([
    ['second', 1, 45],
    ['minute', 60, 45],
    ['hour', 3600, 22],
    ['day', 86_400, 26],
    ['month', 2_629_800, 11],
    ['year', 31_557_600, Infinity],
  ]);
  for (const [unit, size, limit] of steps) {
    const count = Math.round(seconds / size);
    if (Math.abs(count) < limit) return relative.format(count, unit);
  }
  return '';
}

/** How long ago something happened, as Discord's lists say it. @param {number} atMs epoch milliseconds @param {number} [nowMs] */
export function formatSince(atMs, nowMs = Date.now()) {
  return formatRelative(Math.min(0, atMs - nowMs));
}

const discordEpochMs = 1_420_070_400_000;

/** When a snowflake was made, in epoch milliseconds. @param {string} id */
export function snowflakeMs(id) {
  return Number(BigInt(id) >> 22n) + discordEpochMs;
}
