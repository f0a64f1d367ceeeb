import type { z } from 'zod';

/** Says in one sentence what is wrong with the first option that does not fit. Discord's clients keep to most limits by themselves. */
export function optionProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  const name = String(issue?.path[0] ?? '');
  switch (issue?.code) {
    case 'too_big':
      return issue.origin === 'string'
        ? `\`${name}\` takes up to ${issue.maximum} characters; please shorten yours.`
        : `\`${name}\` takes a number up to ${issue.maximum}.`;
    case 'too_small':
      return issue.origin === 'string' ? missing(name) : `\`${name}\` takes a number from ${issue.minimum} on.`;
    case 'invalid_value':
      return `\`${name}\` takes one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}.`;
    default:
      return isNumberWanted(issue) ? `\`${name}\` takes a whole number.` : missing(name);
  }
}

/** For who says nothing of what to look for. */
export const missingQuery = 'Please say what to look for, such as `federated learning`.';

function missing(name: string): string {
  return name === 'query' ? missingQuery : unreadable(name);
}

function isNumberWanted(issue: z.core.$ZodIssue | undefined): boolean {
  return issue?.code === 'invalid_type' && (issue.expected === 'number' || issue.expected === 'int');
}

function unreadable(name: string): string {
  return `I cannot read the option \`${name}\`; please choose the command anew and fill it in again.`;
}
