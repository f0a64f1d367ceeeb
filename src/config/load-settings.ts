import { readFileSync } from 'node:fs';
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { AppError, messageOf } from '../lib/errors.ts';
import { settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';

/**
 * Reads and checks the settings file.
 *
 * @throws AppError('bad-settings') that lists every problem at once: file and line, key, what was found, what is allowed
 */
export function loadSettings(path: string): Settings {
  const text = readText(path);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const syntax = document.errors[0];
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    throw new AppError('bad-settings', `settings: ${path}:${line}:${col} is not YAML: ${firstLine(syntax.message)}`);
  }
  const parsed = settingsSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => describe(issue, { path, document, lines }));
  const heading = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  throw new AppError(
    'bad-settings',
    `settings: ${heading} in ${path}\n${problems.map((line) => `  ${line}`).join('\n')}`,
  );
}

type Source = { path: string; document: Document; lines: LineCounter };

function describe(issue: z.core.$ZodIssue, source: Source): string[] {
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAllowedAt(issue.path);
    return issue.keys.map((key) => {
      const place = [...issue.path, key];
      return `${where(place, source)} ${place.join('.')}: there is no such setting; known here: ${allowed.join(', ')}`;
    });
  }
  const found = source.document.getIn(issue.path);
  const shown = JSON.stringify(isNode(found) ? found.toJS(source.document) : found);
  return [`${where(issue.path, source)} ${issue.path.join('.')}: found ${shown}; ${allowedBy(issue.message)}`];
}

/** What is allowed, without what zod says around it and of what was found. */
function allowedBy(message: string): string {
  return message.replace(/^(Invalid input|Too small|Too big|Invalid option): /, '').replace(/, received \w+$/, '');
}

/** The defaults have every key, so they tell which there are. */
function keysAllowedAt(place: readonly PropertyKey[]): string[] {
  let defaults: unknown = settingsSchema.parse({});
  for (const key of place) defaults = Object(defaults)[key];
  return Object.keys(Object(defaults));
}

/** The place in the file of a key, or of the nearest one above it that is there. */
function where(place: readonly PropertyKey[], { path, document, lines }: Source): string {
  for (let length = place.length; length > 0; length -= 1) {
    const node = document.getIn(place.slice(0, length), true);
    if (isNode(node) && node.range) return `${path}:${lines.linePos(node.range[0]).line}`;
  }
  return path;
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

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
