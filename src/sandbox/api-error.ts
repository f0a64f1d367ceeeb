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
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  10066: [404, 'Unknown application command permissions'],
  20001: [403, 'Bots cannot use this endpoint'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  30032: [400, 'Maximum number of application commands reached (100).'],
  30034: [400, 'Max number of daily application command creates has been reached (200)'],
  40005: [413, 'Request entity too large. Try sending something smaller in size'],
  40041: [400, 'An application command with that name already exists'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
  50109: [400, 'The request body contains invalid JSON.'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

/** The refusal that Discord gives under `code`. */
export function refuse(code: keyof typeof refusals): ApiError {
  const [status, message] = refusals[code];
  return new ApiError(status, { message, code });
}

/** A refusal by status alone, as Discord's outer layer gives it: `401: Unauthorized`, `404: Not Found`. */
export function refuseByStatus(status: number, reason: string): ApiError {
  return new ApiError(status, { message: `${String(status)}: ${reason}`, code: 0 });
}
