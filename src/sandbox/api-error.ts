import type { JsonObject } from './json.ts';

/** Discord's refusal of a REST request: thrown by an endpoint, answered as `{message, code, errors?}`. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: JsonObject;

  constructor(status: number, body: JsonObject & { readonly message: string; readonly code: number }) {
    super(`${String(status)} ${String(body.code)}: ${body.message}`);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

/** Status and wording by code. Source: discord/discord-api-docs, topics/opcodes-and-status-codes, July 2026. */
const refusals = {
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10009: [404, 'Unknown Overwrite'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10014: [404, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  10066: [404, 'Unknown application command permissions'],
  10087: [404, 'Unknown Tag'],
  20001: [403, 'Bots cannot use this endpoint'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  30003: [400, 'Maximum number of pinned messages reached for the channel (250)'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30013: [400, 'Maximum number of server channels reached (500)'],
  30015: [400, 'Maximum number of attachments in a message reached (10).'],
  30032: [400, 'Maximum number of application commands reached (100).'],
  30033: [400, 'Maximum number of thread participants reached (1000)'],
  30034: [400, 'Max number of daily application command creates has been reached (200)'],
  30047: [400, 'Maximum number of pinned threads in a forum channel has been reached (1)'],
  40005: [413, 'Request entity too large. Try sending something smaller in size'],
  40009: [400, 'Only one channel can have a parent id modified at a time'],
  40033: [400, 'This message has already been crossposted'],
  40041: [400, 'An application command with that name already exists'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40061: [400, 'Tag names must be unique'],
  40066: [400, 'There are no tags available that can be set by non-moderators'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  40333: [403, 'internal network error'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50016: [
    400,
    'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete',
  ],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50034: [400, 'A message provided was too old to bulk delete'],
  50041: [400, 'Invalid API version'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
  160_002: [400, 'You cannot reply without permission to read message history'],
  160_004: [400, 'A thread has already been created for this message'],
  160_005: [403, 'Thread is locked'],
  160_006: [400, 'Maximum number of active threads reached'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

/** The refusal that Discord gives under `code`. */
export function refuse(code: keyof typeof refusals): ApiError {
  const [status, message] = refusals[code];
  return new ApiError(status, { message, code });
}

/** Discord's words for `code`; undefined for a code that this sandbox never gives by itself. */
export function wordingOf(code: number): string | undefined {
  return new Map<number, readonly [number, string]>(
    Object.entries(refusals).map(([known, refusal]) => [Number(known), refusal]),
  ).get(code)?.[1];
}

/** A refusal by status alone, as Discord's outer layer gives it: `401: Unauthorized`, `404: Not Found`. */
export function refuseByStatus(status: number, reason: string): ApiError {
  return new ApiError(status, { message: `${String(status)}: ${reason}`, code: 0 });
}
