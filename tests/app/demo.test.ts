import { describe, expect, it } from 'vitest';
import { demoStateFile } from '../../src/app/demo.ts';

describe('demoStateFile', () => {
  it.each([
    ['sqlite:./data/paperboy.db', 'data/local-discord.json'],
    ['sqlite:/srv/paperboy.db', '/srv/local-discord.json'],
    ['sqlite::memory:', null],
    ['postgres://paperboy:secret@database/paperboy', 'data/local-discord.json'],
  ])('is beside the database: %s', (url, file) => {
    expect(demoStateFile(url)).toBe(file);
  });
});
