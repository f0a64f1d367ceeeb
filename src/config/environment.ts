import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError, messageOf } from '../lib/errors.ts';
import { logLevels } from '../lib/log.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';

const url = z.url({ protocol: /^https?$/, error: 'expected a URL such as https://arxiv.org' });
const milliseconds = z.coerce.number({ error: 'expected milliseconds, 0 or more' }).int().min(0);

const environmentSchema = z.object({
  DISCORD_TOKEN: z.string().min(1).optional(),
  DISCORD_API_URL: url.default('https://discord.com/api'),
  DATABASE_URL: z.string().default('sqlite:./data/paperboy.db'),
  ARXIV_URL: url.default('https://arxiv.org'),
  ARXIV_RSS_URL: url.default('https://rss.arxiv.org'),
  ARXIV_API_URL: url.default('https://export.arxiv.org'),
  ARXIV_OAI_URL: url.default('https://oaipmh.arxiv.org'),
  ARXIV_MIN_INTERVAL_MS: milliseconds.default(3_000),
  ARXIV_PAGE_INTERVAL_MS: milliseconds.default(15_000),
  PAPERBOY_CONFIG: z.string().default('config/paperboy.yaml'),
  PAPERBOY_NOW: z.iso
    .datetime({ offset: true, error: 'expected an ISO instant such as 2025-05-23T00:05:00Z' })
    .optional(),
  PAPERBOY_CLOCK_RATE: z.coerce.number({ error: 'expected a number above 0' }).positive().default(1),
  PORT: z.coerce
    .number({ error: 'expected a port, 0 to 65534 (0: any free one)' })
    .int()
    .min(0)
    .max(65_534)
    .default(8420),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
});

/** Everything Paperboy takes from its environment, checked. */
export type Environment = Readonly<z.infer<typeof environmentSchema>>;

/** The names of the variables, for the test that README documents each. */
export const environmentNames = Object.keys(environmentSchema.shape);

/** Secrets that may also come from a file named by `NAME_FILE`, as container platforms hand them over. */
const secrets = ['DISCORD_TOKEN', 'DATABASE_URL'];

/** What can be used of an environment, and what cannot. */
export type ReadEnvironment = {
  /** What cannot be used has its default here. */
  readonly environment: Environment;
  /** `name` of the variable; the sentence begins with it. */
  readonly problems: readonly { readonly name: string; readonly sentence: string }[];
};

/**
 * Checks `variables` (`process.env`). A variable that is set but empty counts as not set.
 *
 * @throws AppError('bad-environment') that lists every problem at once, never a secret's value
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const { environment, problems } = readUsableEnvironment(variables);
  if (problems.length === 0) return environment;
  const lines = problems.map(({ sentence }) => `  ${sentence}`);
  throw new AppError('bad-environment', `environment: cannot be used\n${lines.join('\n')}`);
}

/** As `readEnvironment`, for whoever goes on without what cannot be used. */
export function readUsableEnvironment(variables: Readonly<Record<string, string | undefined>>): ReadEnvironment {
  const given: Record<string, string> = {};
  const problems: { name: string; sentence: string }[] = [];
  for (const name of environmentNames) {
    const value = variables[name];
    if (value) given[name] = value;
  }
  for (const name of secrets) {
    const file = variables[`${name}_FILE`];
    if (!file || given[name]) continue;
    const secret = readSecret(`${name}_FILE`, file);
    if (secret.ok) given[name] = secret.value;
    else problems.push({ name, sentence: secret.error });
  }
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return { environment: parsed.data, problems };
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0]);
    const found = secrets.includes(name) ? 'its value' : JSON.stringify(given[name]);
    const allowed = issue.message.replace(/^(Invalid input|Invalid option|Too small|Too big): /, '');
    problems.push({ name, sentence: `${name}: found ${found}; ${allowed}` });
  }
  const refused = new Set(problems.map(({ name }) => name));
  const usable = Object.fromEntries(Object.entries(given).filter(([name]) => !refused.has(name)));
  return { environment: environmentSchema.parse(usable), problems };
}

function readSecret(name: string, file: string): Result<string, string> {
  try {
    return ok(readFileSync(file, 'utf8').trim());
  } catch (error) {
    return err(`${name} names ${file}, which cannot be read (${messageOf(error)})`);
  }
}
