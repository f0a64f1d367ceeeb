import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';

describe('readEnvironment', () => {
  it('has a default for everything but the token', () => {
    expect(readEnvironment({})).toEqual({
      DISCORD_API_URL: 'https://discord.com/api',
      DATABASE_URL: 'sqlite:./data/paperboy.db',
      ARXIV_URL: 'https://arxiv.org',
      ARXIV_RSS_URL: 'https://rss.arxiv.org',
      ARXIV_API_URL: 'https://export.arxiv.org',
      ARXIV_OAI_URL: 'https://oaipmh.arxiv.org',
      ARXIV_MIN_INTERVAL_MS: 3_000,
      ARXIV_PAGE_INTERVAL_MS: 15_000,
      PAPERBOY_CONFIG: 'config/paperboy.yaml',
      PAPERBOY_CLOCK_RATE: 1,
      PORT: 8420,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readEnvironment({ DISCORD_TOKEN: '' }).DISCORD_TOKEN).toBeUndefined();
  });

  it('reads secrets from the file that NAME_FILE names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-secret-')), 'token');
    writeFileSync(file, 'secret\n');
    expect(readEnvironment({ DISCORD_TOKEN_FILE: file }).DISCORD_TOKEN).toBe('secret');
    expect(() => readEnvironment({ DISCORD_TOKEN_FILE: '/nowhere' })).toThrow('DISCORD_TOKEN_FILE names /nowhere');
  });

  it('names every bad variable at once, with what was found and what is allowed', () => {
    const bad = { PORT: '99999', PAPERBOY_NOW: 'yesterday', LOG_LEVEL: 'loud', ARXIV_URL: 'ftp://x' };
    let message = '';
    try {
      readEnvironment(bad);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('PORT: found "99999"; expected a port, 0 to 65534');
    expect(message).toContain('PAPERBOY_NOW: found "yesterday"; expected an ISO instant');
    expect(message).toContain('LOG_LEVEL: found "loud"; expected one of');
    expect(message).toContain('ARXIV_URL: found "ftp://x"; expected a URL');
  });
});
