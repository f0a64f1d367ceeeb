import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { readYaml } from '../exports/located-yaml.ts';
import type { LocatedYaml } from '../exports/located-yaml.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import { settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';

/**
 * Reads and checks the settings file.
 *
 * @throws AppError('bad-settings') that lists every problem at once: file and line, key, what was found, what is allowed
 */
export function loadSettings(path: string): Settings {
  const yaml = readYaml(readText(path), path);
  const parsed = settingsSchema.safeParse(yaml.value ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => describe(issue, yaml));
  const heading = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  throw new AppError(
    'bad-settings',
    `settings: ${heading} in ${path}\n${problems.map((line) => `  ${line}`).join('\n')}`,
  );
}

function describe(issue: z.core.$ZodIssue, yaml: LocatedYaml): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysKnownAt(issue.path).join(', ');
    return issue.keys.map((key) => {
      const place = [...issue.path, key];
      return `${yaml.lineOf(place)} ${place.join('.')}: there is no such setting; known here: ${known}`;
    });
  }
  const found = JSON.stringify(yaml.valueAt(issue.path));
  return [`${yaml.lineOf(issue.path)} ${issue.path.join('.')}: found ${found}; ${allowedBy(issue.message)}`];
}

/** What is allowed, without what zod says around it and of what was found. */
function allowedBy(message: string): string {
  return message.replace(/^(Invalid input|Too small|Too big|Invalid option): /, '').replace(/, received \w+$/, '');
}

/** The defaults have every key, so they tell which there are. */
function keysKnownAt(place: readonly PropertyKey[]): string[] {
  let defaults: unknown = settingsSchema.parse({});
  for (const key of place) defaults = Object(defaults)[key];
  return Object.keys(Object(defaults));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError(
      'bad-settings',
      `settings: ${path} cannot be read (${messageOf(error)}); put the file there or set PAPERBOY_CONFIG to its path`,
      { cause: error },
    );
  }
}
